"""One invented colleague per role, each with a password made on this machine."""

import secrets

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import ROLES

NAMES = {
    "procesbegeleider": "Pim Procesbegeleider",
    "teammanager": "Tess Teammanager",
    "rapporteur": "Rik Rapporteur",
    "functioneel beheerder": "Fay Functioneelbeheer",
    "functionaris gegevensbescherming": "Gea Gegevensbescherming",
}


def make_logins() -> dict[str, tuple[str, str]]:
    """Role -> (e-mail, password). Existing accounts get a new password."""
    team, _ = Team.objects.get_or_create(name="Team Noord")
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
