"""One invented colleague per role, each with a password made on this machine."""

import secrets
from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import PROCESS_SUPERVISOR, ROLES
from cases.models import Assignment, Cover
from cases.services import note

NAMES = {
    "procesbegeleider": "Pim Procesbegeleider",
    "teammanager": "Tess Teammanager",
    "rapporteur": "Rik Rapporteur",
    "functioneel beheerder": "Fay Functioneelbeheer",
    "functionaris gegevensbescherming": "Gea Gegevensbescherming",
}


TEAM = "Team Noord"
COVERED_FOR = timedelta(days=60)


def make_logins() -> dict[str, tuple[str, str]]:
    """Role -> (e-mail, password). Existing accounts get a new password."""
    team, _ = Team.objects.get_or_create(name=TEAM)
    logins = {}
    for role in ROLES:
        email = f"{role.name.split()[-1]}@demo.example.org"
        password = secrets.token_urlsafe(9)
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name=NAMES[role.name], team=team, invited_at=timezone.now()
        )
        user.set_password(password)
        user._change_reason = "Demo"
        user.save()
        user.groups.set([Group.objects.get(name=role.name)])
        logins[role.name] = (email, password)
    return logins


def give_the_supervisor_families() -> None:
    """Who signs in as a process supervisor sees work: she covers for a colleague of her team."""
    role = PROCESS_SUPERVISOR.name
    substitute = User.objects.filter(email=f"{role.split()[-1]}@demo.example.org").first()
    today = timezone.localdate()
    if substitute is None or Cover.objects.open_on(today).filter(substitute=substitute).exists():
        return
    at_work = Assignment.objects.standing().open_on(today)
    absent = (
        User.objects.filter(team=substitute.team, pk__in=at_work.values("supervisor"))
        .exclude(pk=substitute.pk)
        .order_by("name")
        .first()
    )
    if absent is not None:
        spell = {"happened_on": today, "ended_on": today + COVERED_FOR}
        reason = "Voorbeeld: verlof"
        note(Cover(absent=absent, substitute=substitute, reason=reason, **spell), by=None)
