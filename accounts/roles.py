"""What each role may do: a sentence for people, and the permissions that follow from it.

`manage.py sync_roles` writes this to groups; tests/accounts/test_roles.py keeps the outcome, so
that every change of rights shows in a review.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Expression, QuerySet

from facts import made_once

VIEW_REPORTS = "reporting.view_reports"
MANAGE_PEOPLE = "accounts.manage_people"
APPROVE_RESET = "accounts.approve_reset"
WRITE_EDITIONS = "reporting.write_editions"
APPROVE_EDITIONS = "reporting.approve_editions"
READ_ACCESS_LOG = "accounts.read_access_log"
READ_SURVEY_REPORT = "surveys.read_survey_report"


@dataclass(frozen=True)
class Role:
    name: str
    prose: str
    permissions: frozenset[str] = frozenset()


PROCESS_SUPERVISOR = Role(
    "procesbegeleider",
    "Ondersteunt gezinnen: houdt de dossiers van de eigen gezinnen bij.",
    frozenset({"cases.support_families", "cases.open_in_emergency"}),
)
TEAM_MANAGER = Role(
    "teammanager",
    "Ziet de caseload en de wachtlijst van het eigen team, en de kwartaalcijfers; keurt een "
    "publicatie goed.",
    frozenset(
        {
            VIEW_REPORTS,
            APPROVE_EDITIONS,
            APPROVE_RESET,
            "cases.manage_team",
            "cases.open_in_emergency",
            "cases.judge_emergency",
        }
    ),
)
REPORTING_STAFF = Role(
    "rapporteur",
    "Berekent, schrijft en publiceert de kwartaalcijfers, met een ander die goedkeurt. Houdt de "
    "enquêtes. Ziet nooit een naam.",
    frozenset(
        {
            VIEW_REPORTS,
            WRITE_EDITIONS,
            APPROVE_EDITIONS,
            "surveys.manage_rounds",
            READ_SURVEY_REPORT,
        }
    ),
)
ADMINISTRATOR = Role(
    "functioneel beheerder",
    "Beheert medewerkers, teams, lijsten en periodes. Ziet geen dossiers.",
    frozenset({MANAGE_PEOPLE, APPROVE_RESET}),
)
PRIVACY_OFFICER = Role(
    "functionaris gegevensbescherming",
    "Ziet wie in welk dossier keek, en leest wat mensen in een enquête schrijven als eerste na. "
    "Verandert geen dossiers.",
    frozenset(
        {"cases.judge_emergency", READ_ACCESS_LOG, "surveys.review_remarks", READ_SURVEY_REPORT}
    ),
)

ROLES = (PROCESS_SUPERVISOR, TEAM_MANAGER, REPORTING_STAFF, ADMINISTRATOR, PRIVACY_OFFICER)


def may(user: Any, permission: str) -> bool:
    """Whether one of the user's roles gives `permission`. A superuser has no right by being one.

    Asked once a request: the answer stays with `user`, which each request loads anew.
    """
    if not hasattr(user, "_held_by_roles"):
        held = made_once.rows(_permissions_of, user=user.pk) if user.pk else []
        user._held_by_roles = {f"{app}.{codename}" for app, codename in held}
    return user.is_active and permission in user._held_by_roles


def _permissions_of(*, user: UUID) -> QuerySet:
    held = Permission.objects.filter(group__user=user)
    return held.values_list("content_type__app_label", "codename")


def held_by(user: Any, **beside: Expression) -> dict[str, Any]:
    """The codenames of everything that the roles of `user` allow: for a menu, not for a door.

    `beside`: what is read in the same query, such as how many of something waits. What is nothing
    for all of these permissions isn't there.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return {}
    rows = Permission.objects.filter(group__in=user.groups.all()).values("codename", **beside)
    held: dict[str, Any] = {}
    for row in rows:
        held[row.pop("codename")] = True
        held |= {name: value for name, value in row.items() if value is not None}
    return held


def who_may(*permissions: str) -> QuerySet:
    """The colleagues with an open account to whom a role gives one of `permissions`, by name."""
    codenames = [permission.split(".")[1] for permission in permissions]
    groups = Group.objects.filter(permissions__codename__in=codenames)
    people = get_user_model().objects.filter(is_active=True, groups__in=groups)
    return people.distinct().order_by("name", "pk")


@transaction.atomic
def sync_roles() -> None:
    """Make the groups say exactly what stands above. Doing it twice changes nothing."""
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role.name)
        group._change_reason = "Gelijkgezet met wat in accounts/roles.py staat"
        group.permissions.set([_permission(name) for name in sorted(role.permissions)])


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
