"""One page of a list of the team's trajectories, in words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Window

from accounts.models import User
from cases.caseload.team_lists import SORTS, with_stand_of_team
from cases.models import Applicant, Intake
from cases.status import Status
from facts.words import enumeration, many, short_day

ROWS_A_PAGE = 100


@dataclass(frozen=True)
class TeamRow:
    registration_id: UUID
    number: str
    family_id: UUID
    family: str
    names: str
    status: str
    registered: str
    contact: str
    waits: str
    supervisor: str


COLUMNS = (
    "registration_id",
    "registration__number",
    "family_id",
    "family__number",
    "status",
    "happened_on",
    "last_contact",
    "waits_since",
    "assigned",
)


def page_of(rows: QuerySet, sort: str, page: int, today: date) -> tuple[list[TeamRow], int]:
    """With how many there are on all pages (0 beyond the last). Four queries: which rows, what is
    shown of them, whose they are, and who registered.

    Which comes first: with more tables beside a hundred thousand rows the planner loses its way.
    """
    first = (page - 1) * ROWS_A_PAGE
    counted = rows.annotate(number=Window(Count("pk"))).order_by(*SORTS[sort])
    numbers = dict(counted.values_list("pk", "number")[first:][:ROWS_A_PAGE])
    which = list(numbers)
    shown = with_stand_of_team(Intake.objects.filter(pk__in=which)).order_by(*SORTS[sort])
    found = list(shown.values_list(*COLUMNS))
    supervisors = User.objects.in_bulk({row[-1] for row in found if row[-1]})
    names = _names([row[0] for row in found])
    lines = [_row(row, supervisors.get(row[-1]), names[row[0]], today) for row in found]
    return lines, next(iter(numbers.values()), 0)


def _names(registrations: list[UUID]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    applicants = Applicant.objects.standing().filter(registration__in=registrations)
    for registration, first, last in applicants.order_by("position").values_list(
        "registration_id", "person__first_name", "person__last_name"
    ):
        names[registration].append(f"{first} {last}".strip() or "naam niet in beeld")
    return names


def _row(row: Any, supervisor: User | None, names: list[str], today: date) -> TeamRow:
    registration, number, family, family_number, status, registered, contact, waits, _ = row
    return TeamRow(
        registration,
        number,
        family,
        family_number,
        enumeration(names),
        Status(status).label,
        short_day(registered),
        many((today - contact).days, "dag", "dagen") if contact else "nog geen",
        "" if supervisor else many((today - waits).days, "dag", "dagen"),
        supervisor.name if supervisor else "",
    )
