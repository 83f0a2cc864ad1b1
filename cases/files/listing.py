"""The list of files: a row a registration, searched and sorted within what someone may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

from cases.access import TODAY
from cases.models import Applicant, Assignment, FamilyMember, StatusChange
from cases.status import Status
from facts.words import short_day

ROWS_A_PAGE = 100
NAMELESS = "naam niet in beeld"
LAST_PAGE = 50  # further on nobody leafs: one searches

# What the address may ask for, and the columns that it means; the number decides in the end.
SORTS = {
    "beste": ("rank", "registration__number"),
    "nummer": ("registration__number",),
    "gezin": ("family__number", "registration__number"),
    "langst": ("since", "registration__number"),
    "kortst": ("-since", "registration__number"),
    "begeleider": ("supervisor", "registration__number"),
}


@dataclass(frozen=True)
class Asked:
    """What someone wants to see of the list."""

    words: str = ""
    status: Status | None = None
    sort: str = "nummer"
    page: int = 1


class Row(NamedTuple):
    family_id: UUID
    number: str
    family: str
    names: str
    status: str
    since: str
    supervisor: str


def page_of_files(intakes: QuerySet, asked: Asked) -> tuple[list[Row], bool]:
    """One page of rows, and whether there are more. `intakes`: within a scope; where words were
    asked, the answer to a search."""
    intakes = with_stand(intakes)
    if asked.status is not None:
        intakes = intakes.filter(status=asked.status)
    first = (asked.page - 1) * ROWS_A_PAGE
    sort = "nummer" if asked.sort == "beste" and not asked.words else asked.sort
    rows = intakes.order_by(*SORTS[sort]).values_list(
        "family_id",
        "registration__number",
        "family__number",
        "names",
        "status",
        "since",
        "supervisor",
    )[first : first + ROWS_A_PAGE + 1]
    shown = [_row(*row) for row in rows]
    return shown[:ROWS_A_PAGE], len(shown) > ROWS_A_PAGE


def with_stand(intakes: QuerySet) -> QuerySet:
    """Intakes with their `status`, `since` when, `supervisor` today and applicants' `names`."""
    return intakes.annotate(**_stand())


@cache
def _stand() -> dict[str, Any]:
    """Made once: making them takes longer than what they ask."""
    changes = StatusChange.objects.standing().filter(registration=OuterRef("registration"))
    latest = changes.order_by("-happened_on", "-status")
    open_one = (
        Assignment.objects.standing()
        .open_on(TODAY)
        .filter(registration=OuterRef("registration"))
        .order_by("-happened_on")
    )
    name = Trim(Concat("person__first_name", Value(" "), "person__last_name"))
    applicants = (
        Applicant.objects.standing()
        .filter(registration=OuterRef("registration"))
        .order_by("position")
        .values(name=_with_death(name))
    )
    return {
        "status": Coalesce(Subquery(latest.values("status")[:1]), Value(Status.NOT_STARTED)),
        "since": Coalesce(Subquery(latest.values("happened_on")[:1]), "happened_on"),
        "supervisor": Subquery(open_one.values("supervisor__name")[:1]),
        "names": ArraySubquery(applicants),
    }


def _with_death(name: Trim) -> Case:
    """Sanne Dorpstraat (overleden)"""
    died = FamilyMember.objects.standing().filter(person=OuterRef("person"), died_on__isnull=False)
    known = Coalesce(NullIf(name, Value("")), Value(NAMELESS))
    return Case(When(Exists(died), then=Concat(known, Value(" (overleden)"))), default=name)


STATUS_WORDS = {int(status): status.label for status in Status}


def _row(
    family_id: UUID,
    number: str,
    family: str,
    names: Iterable[str],
    status: int,
    since: date,
    supervisor: str | None,
) -> Row:
    people = " en ".join(name or NAMELESS for name in names)
    return Row(
        family_id,
        number,
        family,
        people,
        STATUS_WORDS[status],
        short_day(since),
        supervisor or "nog niemand",
    )
