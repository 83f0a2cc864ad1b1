"""Which lines of the read log are about a file, a person or a colleague."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import AccessLine
from cases.door import people_of
from cases.merging.tracks import what_went_into
from cases.models import Family, Intake
from facts.dates import end_of_day, start_of_day

LINES_A_PAGE = 50


@dataclass(frozen=True)
class Sought:
    """What someone looks for in the log. Empty: all of it."""

    person: UUID | None = None
    family: Family | None = None
    actors: list[UUID] | None = None
    first_day: date | None = None
    last_day: date | None = None
    action: str = ""
    outcome: str = ""
    before: int | None = field(default=None)  # only lines with a lower number: the next page


def lines_about(family: Family) -> QuerySet:
    """Every line that asked for the file, or for a registration of it, or showed one of its people;
    also of what went into one of these since.

    Two sources as a union of ids, as everywhere: with OR the whole log would be walked.
    """
    registrations = Intake.objects.standing().filter(family=family)
    asked_for = [family.pk, *registrations.values_list("registration_id", flat=True)]
    people = people_of([family.pk])
    went_in = what_went_into([*asked_for, *people])
    by_object = AccessLine.objects.filter(
        object_type__in=("gezin", "aanmelding"),
        object_id__in=[str(pk) for pk in {*asked_for, *went_in}],
    )
    by_subject = AccessLine.objects.filter(subjects__overlap=[*people, *went_in])
    ids = by_object.order_by().values("pk").union(by_subject.order_by().values("pk"))
    return AccessLine.objects.filter(pk__in=ids)


def sought_lines(sought: Sought) -> QuerySet:
    """The lines that are looked for, newest first."""
    lines = lines_about(sought.family) if sought.family else AccessLine.objects.all()
    if sought.person:
        lines = lines.filter(subjects__overlap=[sought.person, *what_went_into([sought.person])])
    if sought.actors is not None:
        lines = lines.filter(actor__in=sought.actors)
    if sought.first_day:
        lines = lines.filter(at__gte=start_of_day(sought.first_day))
    if sought.last_day:
        lines = lines.filter(at__lte=end_of_day(sought.last_day))
    asked = {"action": sought.action, "outcome": sought.outcome}
    return lines.filter(**{name: value for name, value in asked.items() if value})


def page_of_lines(lines: QuerySet, before: int | None) -> tuple[list[AccessLine], int | None]:
    """One page, newest first, and the number before which the next page begins (None: no more).

    By number and not by offset: while someone reads, lines are added on top.
    """
    older = Q(number__lt=before) if before else Q(number__isnull=False)
    found: list[Any] = list(
        lines.filter(older).select_related("actor").order_by("-number")[: LINES_A_PAGE + 1]
    )
    shown = found[:LINES_A_PAGE]
    return shown, shown[-1].number if len(found) > LINES_A_PAGE else None
