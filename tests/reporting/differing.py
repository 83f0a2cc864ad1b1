"""A small office in the quarter May to July 2024, drawn, changed, and drawn again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import (
    Code,
    Complaint,
    Custody,
    Family,
    FamilyMember,
    InstitutionInvolvement,
    Intake,
    Person,
    Placement,
    Registration,
    SupportRequest,
)
from cases.services import NewPerson, add_person, close, note, register, start
from facts.dates import Dates
from facts.recording import instant_of_a_draw
from reporting.differences import FigureDifference, Side, compare
from reporting.figures import REPORT, Percentage, count
from reporting.models import Activity
from reporting.services.publishing import canonical
from reporting.services.running import as_json
from tests.cast import code

MAY, JUNE, JULY_1 = date(2024, 5, 6), date(2024, 6, 3), date(2024, 7, 1)
SPAN = date(2024, 5, 1), date(2024, 7, 31)
NEXT = date(2024, 8, 1), date(2024, 10, 31)
WRONG = {"by": None, "reason": "Stond verkeerd"}
NOBODY: set[str] = set()
Said = dict[str, dict[str, tuple[set[str], set[str]]]]


@dataclass
class Office:
    """Sanne's trajectory runs and her Lot lives elsewhere; that of Bram was closed in June; Els
    has not started."""

    sanne: Registration
    bram: Registration
    els: Registration
    lot: Person
    placement: Placement
    involvement: InstitutionInvolvement
    request: SupportRequest
    complaint: Complaint
    activity: Activity

    def intake(self, registration: Registration) -> Intake:
        return registration.intakes.standing().get()

    def family(self, registration: Registration) -> Family:
        return self.intake(registration).family

    def person(self, registration: Registration) -> Person:
        return registration.applicants.standing().get(position=1).person

    def member(self, person: Person) -> FamilyMember:
        return person.memberships.standing().get()


def an_office() -> Office:
    sanne, bram, els = (
        register(
            applicants=[NewPerson(name, "Voorbeeld", role=role)],
            happened_on=day,
            by=None,
            route=code("registration_route", "self"),
        )
        for name, role, day in (
            ("Sanne", "mother", MAY), ("Bram", "father", MAY), ("Els", "mother", JUNE),
        )
    )  # fmt: skip
    start(registration=sanne, on=MAY, by=None)
    start(registration=bram, on=MAY, by=None)
    close(registration=bram, on=JUNE, reason=code("closing_reason", "own_choice"), by=None)
    family = sanne.intakes.get().family
    lot = add_person(
        family=family, person=NewPerson("Lot", "Voorbeeld", "child", date(2015, 1, 1)), by=None
    )
    kept = {"by": None}
    noted: list[Any] = [
        Placement(child=lot, happened_on=MAY, residence=code("residence", "network")),
        InstitutionInvolvement(
            family=family, happened_on=MAY,
            institution=some("certified_institution", 0), region=some("youth_region", 0),
        ),
        SupportRequest(family=family, happened_on=MAY, request=some("support_request", 0)),
        Complaint(number="K-1", family=family, happened_on=JUNE),
        Activity(section=some("activity_section", 0), title="Een middag", happened_on=JUNE),
    ]  # fmt: skip
    note(Custody(parent=sanne.applicants.get().person, child=lot, holds=True), **kept)
    return Office(sanne, bram, els, lot, *(note(one, **kept) for one in noted))


def some(name: str, place: int) -> Any:
    return Code.objects.in_list(name).order_by("position")[place]


def registered(day: date) -> Registration:
    return register(applicants=[NewPerson("Nora", "Nieuw", "mother")], happened_on=day, by=None)


def came(*numbers: str) -> tuple[set[str], set[str]]:
    return set(numbers), NOBODY


def went(*numbers: str) -> tuple[set[str], set[str]]:
    return NOBODY, set(numbers)


# --- Draws -----------------------------------------------------------------------------------
def drawn(span: tuple[date, date] = SPAN) -> Dates:
    """As it is known this very moment."""
    return Dates(*span, instant_of_a_draw())


def side(dates: Dates) -> Side:
    return Side(dates, as_json(count(REPORT, dates)))


def bytes_of(dates: Dates) -> bytes:
    return canonical(as_json(count(REPORT, dates)), dates)


def compared(earlier: Dates, later: Dates) -> list[FigureDifference]:
    """What came less what went is the difference, and nothing is without a cause: always."""
    sides = side(earlier), side(later)
    found = compare(REPORT, *sides)
    named = {one.key for one in found}
    for key in {**sides[0].figures, **sides[1].figures}:
        if sides[0].figures.get(key, 0) != sides[1].figures.get(key, 0):
            assert key in named, key
    for one in found:
        declared, _ = REPORT.find(one.key)
        if not isinstance(declared, Percentage):
            assert one.explained == one.difference, one
            assert not {"other", "rule"} & one.parts.keys(), one
        for part in one.parts.values():
            everyone = [*part.gained, *part.lost]
            assert len(everyone) == len(set(everyone)), one
    return found


def said(found: list[FigureDifference]) -> Said:
    """Key -> cause -> (numbers that came, numbers that went)."""
    names = {
        str(pk): number
        for model in (Registration, Family, Person)
        for pk, number in model.objects.values_list("pk", "number")
    }
    return {
        one.key: {
            cause: tuple({names.get(each, each) for each in ids} for ids in (p.gained, p.lost))
            for cause, p in one.parts.items()
        }
        for one in found
    }


def after(change: Callable[[], Any], span: tuple[date, date] = SPAN) -> Said:
    """What `change` does to the quarter; what was drawn before it stays as it was, to the byte."""
    before = drawn()
    frozen = bytes_of(before)
    change()
    assert bytes_of(before) == frozen
    return said(compared(before, drawn(span)))
