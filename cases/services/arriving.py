"""How people come in: a registration with how it arrived, and nobody twice without being seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cases.access import shut_families
from cases.models import Arrival, Code, Family, Person, Registration
from cases.searching.duplicates import Duplicate, likely_duplicates
from facts.dates import AMSTERDAM
from facts.recording import recording
from facts.verbs import add

from .assigning import assign
from .registering import NewPerson, register

ARRIVING_LOCK = 0x0F_A1_1E  # any constant will do, as long as nothing else uses it


class LikelyKnown(ValidationError):
    """`duplicates`: those that nobody said of that it is someone else."""

    def __init__(self, duplicates: list[Duplicate]) -> None:
        self.duplicates = duplicates
        super().__init__("Deze persoon is waarschijnlijk al bekend. Kies hoe je verder gaat.")


@dataclass(frozen=True)
class HowItCame:
    """By whom and by what channel; see Arrival."""

    channel: str
    announcer: str
    consent: bool
    announcer_name: str = ""
    note: str = ""


def register_arrival(
    *,
    applicants: Sequence[Person | NewPerson],
    happened_on: date,
    came: HowItCame,
    by: Any,
    family: Family | None = None,
    route: Code | None = None,
    referrer: Code | None = None,
    not_these: Collection[UUID] = (),
    supervise: bool = False,
) -> Registration:
    """A registration and how it came in; with `supervise`, `by` supports it from that day on.

    Raises LikelyKnown when someone new is likely known already, unless that was seen: `not_these`
    are the ids of people who are somebody else. One at a time, so of two who register the same
    person at once the second is shown the first (T89). Raises ValidationError as `register` does.
    """
    with transaction.atomic():
        _one_at_a_time()
        with recording(by=by) as now:
            if happened_on > now.at.astimezone(AMSTERDAM).date():
                raise ValidationError(
                    {"happened_on": "Deze dag moet nog komen. Kies vandaag of een eerdere dag."}
                )
        new_ones = [someone for someone in applicants if isinstance(someone, NewPerson)]
        refuse_known(new_ones, not_these, by=by)
        registration = register(
            applicants=applicants,
            happened_on=happened_on,
            family=family,
            route=route,
            referrer=referrer,
            by=by,
        )
        with recording(by=by, reason="Aanmelding") as now:
            add(Arrival(registration=registration, **vars(came)), at=now)
        if supervise:
            assign(registration=registration, supervisor=by, on=happened_on, by=by)
    return registration


def refuse_known(people: Sequence[NewPerson], not_these: Collection[UUID], *, by: Any) -> None:
    """Raises LikelyKnown. Of a family that is shut to `by` nobody is known."""
    shut = shut_families(by) if by else frozenset()
    found = {one.person: one for someone in people for one in likely_duplicates(someone, shut)}
    unseen = [one for person, one in found.items() if person not in not_these]
    if unseen:
        raise LikelyKnown(list(found.values()))


def _one_at_a_time() -> None:
    """Until the transaction ends. Before the clock is read, as an import does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ARRIVING_LOCK])
