"""Who may see what: the whole of it, on one screen (docs/adr/0005-toegang.md says why).

Every way to a registration or a family goes through here: pages, lists, counts, exports, jobs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.models import User
from cases import grounds, grounds_in_sql
from cases.grounds import MANAGE_TEAM, SUPPORT_FAMILIES, TODAY, shut_to
from cases.models import Intake
from facts import made_once


class Need(StrEnum):
    READ = "lezen"
    WRITE = "schrijven"
    ASSIGN = "toewijzen"


@dataclass(frozen=True)
class Ground:
    """`code`: as it stands in the read log. `name`: on screen. `registrations`: of a user, those
    that it holds for. `allows`: what it is good for."""

    code: str
    name: str
    registrations: Callable[[Any], QuerySet]
    allows: frozenset[Need]


READ = frozenset({Need.READ})
WORK = frozenset({Need.READ, Need.WRITE})
LEAD = frozenset({Need.READ, Need.ASSIGN})

# In this order: the first that holds is the one that the read log names.
GROUNDS = (
    # The process supervisor with the open assignment of a trajectory that isn't closed.
    Ground("own_case", "eigen toewijzing", grounds.own_case, WORK),
    # Who looks after the families of a colleague who is away, from a day until a day.
    Ground("cover", "waarneming", grounds.cover, WORK),
    # The manager of the team that has it, or had it last.
    Ground("team", "eigen team", grounds.team, LEAD),
    # Every manager, of a registration that nobody ever had.
    Ground("team", "nog zonder begeleider", grounds.waiting, LEAD),
    # Who had it when the trajectory was closed, for thirty days.
    Ground("aftercare", "nazorg", grounds.aftercare, READ),
    # To whom it was shared, with a reason, by a giver, until a moment.
    Ground("grant", "gedeeld", grounds.shared("write_shared"), WORK),
    Ground("grant", "gedeeld", grounds.shared("read_shared"), READ),
    # Who opened this one file in an emergency, for at most an hour.
    Ground("emergency", "noodtoegang", grounds.emergency, READ),
)


def visible_to(user: Any, needs: Need = Need.READ) -> QuerySet:
    """The standing intakes (a registration with its family) of all that `user` may see. Shut on
    every ground: a family with someone of whom `user` is kin or acquaintance."""
    good = tuple(ground.registrations for ground in GROUNDS if needs in ground.allows)
    intakes = Intake.objects.standing().exclude(family__in=shut_to(user))
    return intakes.filter(registration__in=grounds_in_sql.ids_of(good, user))


def ground_of(
    user: Any, family: Any, needs: Need = Need.READ, intakes: QuerySet | None = None
) -> Ground | None:
    """The first ground on which `user` may see the file of a family, or only these `intakes` of
    it. None: there is none."""
    if shut_to(user).filter(family=family).exists():
        return None
    if intakes is None:
        intakes = Intake.objects.standing().filter(family=family)
    for ground in GROUNDS:
        rows = ground.registrations(user).filter(registration__in=intakes.values("registration"))
        if needs in ground.allows and rows.exists():
            return ground
    return None


def grounds_of(user: User, families: Iterable[UUID]) -> dict[UUID, Ground]:
    """Of each of these families that `user` may see the first ground. One query, however many."""
    rows = tuple(ground.registrations for ground in GROUNDS)
    with connection.cursor() as cursor:
        cursor.execute(*grounds_in_sql.first_of(rows, user, list(families)))
        return {family: GROUNDS[place] for family, place in cursor.fetchall()}


def shut_families(user: Any) -> frozenset[UUID]:
    """Of these `user` isn't even told that they are there."""
    return frozenset(family for (family,) in made_once.rows(_shut, user=user.pk))


def _shut(*, user: UUID) -> QuerySet:
    return shut_to(user).values_list("family")


__all__ = [
    "GROUNDS",
    "MANAGE_TEAM",
    "SUPPORT_FAMILIES",
    "TODAY",
    "Ground",
    "Need",
    "ground_of",
    "grounds_of",
    "shut_families",
    "shut_to",
    "visible_to",
]
