"""What someone may see at this moment, for a page that asks more than one thing of it: which rows
to show, and on which ground each was seen. Never kept after the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.roles import may
from cases import grounds_in_sql
from cases.access import GROUNDS, MANAGE_TEAM, Ground, Need, grounds_of, visible_to
from cases.models import Intake
from facts.among import among

# Of each registration its family and the grounds that hold, the first one first.
Held = dict[UUID, tuple[UUID, list[Ground]]]


@dataclass(frozen=True)
class Scope:
    """`held`: all of it, read at once; None for who leads a team, and sees too much for that:
    then each question asks anew."""

    user: Any
    held: Held | None

    @classmethod
    def of(cls, user: Any) -> Self:
        """One query, or none for who leads a team."""
        return cls(user, None if may(user, MANAGE_TEAM) else _held_by(user))

    def intakes(self, needs: Need = Need.READ) -> QuerySet:
        """As `visible_to`."""
        if self.held is None:
            return visible_to(self.user, needs)
        return Intake.objects.standing().filter(registration__in=among(self.registrations(needs)))

    def families(self) -> set[UUID] | QuerySet:
        """Of all that may be seen, for `among`."""
        if self.held is None:
            return visible_to(self.user).values("family")
        return {family for family, _ in self.held.values()}

    def registrations(self, needs: Need) -> list[UUID]:
        if self.held is None:
            return list(visible_to(self.user, needs).values_list("registration", flat=True))
        return [
            registration
            for registration, (_, grounds) in self.held.items()
            if any(needs in ground.allows for ground in grounds)
        ]

    def seen(self, registrations: Iterable[UUID]) -> set[UUID]:
        """Those of `registrations` that may be seen."""
        asked = set(registrations)
        if self.held is not None:
            return asked & self.held.keys()
        within = visible_to(self.user).filter(registration__in=among(asked))
        return set(within.values_list("registration", flat=True))

    def grounds_of(self, families: Iterable[UUID]) -> dict[UUID, Ground]:
        """As `cases.access.grounds_of`."""
        if self.held is None:
            return grounds_of(self.user, families)
        asked = set(families)
        found: dict[UUID, list[Ground]] = {}
        for family, grounds in self.held.values():
            if family in asked:
                found.setdefault(family, []).append(grounds[0])
        return {family: min(grounds, key=GROUNDS.index) for family, grounds in found.items()}


def _held_by(user: Any) -> Held:
    held: Held = {}
    with connection.cursor() as cursor:
        rows = tuple(ground.registrations for ground in GROUNDS)
        cursor.execute(*grounds_in_sql.all_of(rows, user))
        for registration, family, place in sorted(cursor, key=lambda row: row[2]):
            held.setdefault(registration, (family, []))[1].append(GROUNDS[place])
    return held
