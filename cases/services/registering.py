"""Registering: a family, its people, and the registration of one or two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from cases.models import Applicant, Code, Family, FamilyMember, Intake, Person, Registration, Role
from cases.models.numbers import take_number
from cases.searching import index_people
from facts.recording import Recording, recording
from facts.verbs import add


@dataclass(frozen=True)
class NewPerson:
    """Someone who isn't known yet. An empty role is 'niet in beeld'."""

    first_name: str
    last_name: str
    role: str = ""
    birth_date: date | None = None
    email: str = ""
    phone: str = ""
    died_on: date | None = None


def register(
    *,
    applicants: Sequence[Person | NewPerson],
    happened_on: date,
    by: Any,
    family: Family | None = None,
    route: Code | None = None,
    referrer: Code | None = None,
) -> Registration:
    """A new registration of one person or two together, in `family` (None: a new one).

    Raises ValidationError, in Dutch, when there are none or more than two, or when someone who is
    known belongs to another family.
    """
    if not 1 <= len(applicants) <= 2:
        raise ValidationError("Een aanmelding is van één persoon, of van twee samen.")
    with recording(by=by, reason="Aanmelding") as now:
        family = family or _written(Family(number=take_number("G")), now)
        registration = _written(Registration(number=take_number("A")), now)
        intake = Intake(
            registration=registration,
            family=family,
            happened_on=happened_on,
            route=route,
            referrer=referrer,
        )
        add(intake, at=now)
        people = [_member(someone, family, now) for someone in applicants]
        for position, person in enumerate(people, start=1):
            applicant = Applicant(registration=registration, person=person, position=position)
            add(applicant, at=now)
        index_people(people)
    return registration


def add_person(*, family: Family, person: NewPerson, by: Any) -> Person:
    """Add someone to a family: a child, another parent."""
    with recording(by=by, reason="Gezinslid toegevoegd") as now:
        added = _member(person, family, now)
        index_people([added])
    return added


def _member(someone: Person | NewPerson, family: Family, now: Recording) -> Person:
    if isinstance(someone, Person):
        if not someone.memberships.standing().filter(family=family).exists():
            raise ValidationError(f"{someone} hoort niet bij gezin {family}.")
        return someone
    person = Person(
        number=take_number("K" if someone.role == Role.CHILD else "P"),
        first_name=someone.first_name,
        last_name=someone.last_name,
        email=someone.email,
        phone=someone.phone,
    )
    member = FamilyMember(
        person=_written(person, now),
        family=family,
        role=someone.role,
        birth_date=someone.birth_date,
        died_on=someone.died_on,
    )
    add(member, at=now)
    return person


def _written(row: Any, now: Recording) -> Any:
    row._history_user, row._change_reason = now.by, now.reason
    row.full_clean()
    row.save()
    return row
