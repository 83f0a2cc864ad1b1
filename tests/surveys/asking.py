"""Families whose people may be asked, and a round that asks them. Everyone is invented."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from cases.models import Consent, FamilyMember, Person, Registration
from cases.services import NewPerson, add_person, note, register, start
from facts.verbs import correct
from surveys.models import Round
from surveys.services import rounds
from tests.cases.office import colleague
from tests.cast import code, family_of

TODAY = date.today()
LAST_YEAR = TODAY - timedelta(days=300)
NEXT_MONTH = TODAY + timedelta(days=30)


def reporter(name: str = "rik") -> User:
    return colleague(name, "rapporteur")


def a_parent(number: int, *, consent: bool = True, **fields: Any) -> Registration:
    """A mother whose trajectory runs since last year, who may be mailed."""
    fields = {"email": f"ouder{number}@example.org"} | fields
    registration = register(
        applicants=[NewPerson(f"Ouder{number}", "Dorpstraat", role="mother", **fields)],
        happened_on=LAST_YEAR,
        by=None,
    )
    start_(registration)
    if consent:
        say(registration)
    return registration


def parents(many: int) -> list[Registration]:
    return [a_parent(number) for number in range(many)]


def a_child_of(registration: Registration, age: int, email: str = "kind@example.org") -> Person:
    """A child of this age who may be mailed."""
    born = date(TODAY.year - age, 1, 1)
    child = NewPerson("Lot", "Dorpstraat", role="child", birth_date=born, email=email)
    person = add_person(family=family_of(registration), person=child, by=None)
    say(registration, person)
    return person


def start_(registration: Registration) -> None:
    start(registration=registration, on=LAST_YEAR, by=None)


def mother_of(registration: Registration) -> Person:
    return registration.applicants.standing().get(position=1).person


def dies(person: Person, on: date = TODAY) -> FamilyMember:
    """Their trajectory, if they have one, goes on."""
    member = person.memberships.standing().get()
    return correct(member, by=None, reason="Gehoord", died_on=on)


def say(
    registration: Registration, person: Person | None = None, *, kind: str = "survey_mail",
    given: bool = True,
) -> Consent:  # fmt: skip
    consent = Consent(
        registration=registration,
        person=person or mother_of(registration),
        kind=code("consent_kind", kind),
        given=given,
        given_by="self",
        happened_on=LAST_YEAR,
    )
    return note(consent, by=None)


def a_round(by: User | None = None, **rules: Any) -> Round:
    """A draft with the questions that stand ready, until next month."""
    round = rounds.make_round(name=rules.pop("name", "Voorjaar"), like=None, by=by)
    rounds.change_rules(round=round, by=by, **{"ends_on": NEXT_MONTH} | rules)
    round.refresh_from_db()
    return round


def a_running_round(many: int = 10, by: User | None = None, **rules: Any) -> Round:
    """With so many parents invited, whose letters wait."""
    parents(many)
    round = a_round(by, **rules)
    rounds.start(round=round, by=by, today=TODAY)
    round.refresh_from_db()
    return round
