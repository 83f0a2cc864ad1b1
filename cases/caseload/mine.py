"""The files that someone works in, with the day of the last contact: one query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from cases.access import TODAY, Need
from cases.files.listing import NAMELESS, with_stand
from cases.models import Assignment, Contact, Intake
from cases.scope import Scope
from cases.status import SUPPORTED, Status
from facts.among import among
from facts.made_once import rows
from facts.words import many


@dataclass(frozen=True)
class Case:
    """A registration in which someone may write. `own`: it is assigned to them; else they cover
    for `supervisor`, or it was shared with them."""

    registration_id: UUID
    number: str
    family_id: UUID
    family: str
    names: str
    status: Status
    supervisor: str
    own: bool
    happened_on: date
    phone_contact_on: date | None
    welcome_scheduled_on: date | None
    last_contact: date | None

    def days_since_contact(self, today: date) -> int:
        """Since the registration where there was none."""
        return (today - (self.last_contact or self.happened_on)).days

    def contact_words(self, today: date) -> str:
        """gisteren, 12 dagen, nog geen in 3 dagen"""
        days = self.days_since_contact(today)
        if self.last_contact:
            return {0: "vandaag", 1: "gisteren"}.get(days) or many(days, "dag", "dagen")
        return f"nog geen in {many(days, 'dag', 'dagen')}" if days else "nog geen"

    @property
    def supported(self) -> bool:
        return self.status in SUPPORTED


def cases_of(scope: Scope) -> list[Case]:
    """All in which someone may write, the longest without contact first."""
    found = rows(_cases, registrations=scope.registrations(Need.WRITE))
    cases = [_case(scope.user, *row) for row in found]
    return sorted(cases, key=lambda case: (case.last_contact or case.happened_on, case.number))


COLUMNS = (
    "registration_id",
    "registration__number",
    "family_id",
    "family__number",
    "names",
    "status",
    "supervisor",
    "assigned",
    "happened_on",
    "phone_contact_on",
    "welcome_scheduled_on",
    "last_contact",
)


def _cases(*, registrations: Collection[UUID]) -> QuerySet:
    last_contact = (
        Contact.objects.standing()
        .filter(registration=OuterRef("registration"))
        .order_by("-happened_on")
        .values("happened_on")[:1]
    )
    assigned = (
        Assignment.objects.standing()
        .open_on(TODAY)
        .filter(registration=OuterRef("registration"))
        .order_by("-happened_on")
        .values("supervisor")[:1]
    )
    intakes = with_stand(Intake.objects.standing().filter(registration__in=among(registrations)))
    return intakes.annotate(
        last_contact=Subquery(last_contact), assigned=Subquery(assigned)
    ).values_list(*COLUMNS)


def _case(user: Any, *row: Any) -> Case:
    registration, number, family, family_number, names, status, supervisor, assigned, *days = row
    people = " en ".join(name or NAMELESS for name in names)
    return Case(
        registration,
        number,
        family,
        family_number,
        people,
        Status(status),
        supervisor or "",
        assigned == user.pk,
        *days,
    )
