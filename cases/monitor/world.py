"""Who is who in a book and in the database: families, people, registrations, accounts, teams.

These are made once and never removed; their facts come and go. Names and ways to reach someone are
read as they stand, so those are brought up to date in place (the history keeps what they were).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import Model
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Team, User
from cases.forms.family import PersonForm
from cases.models import Family, FamilyMember, Intake, Person, Registration
from cases.models.numbers import keep_clear_of
from facts.bulk import BATCH
from facts.dates import start_of_day
from facts.models import Fact
from facts.recording import Recording

from .lines import Line

M = TypeVar("M", bound=Model)
Lines = dict[str, list[Line]]


@dataclass
class World:
    at: Recording
    families: dict[str, Family] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    registrations: dict[str, Registration] = field(default_factory=dict)
    accounts: dict[str, User] = field(default_factory=dict)
    family_of: dict[str, str] = field(default_factory=dict)  # of a person or a registration
    first_known: dict[str, datetime] = field(default_factory=dict)  # a new family's first sign
    stood: set[Hashable] = field(default_factory=set)  # identities that were there before
    updated: set[Hashable] = field(default_factory=set)  # identities brought up to date
    family_ids: set[UUID] = field(default_factory=set)
    person_ids: set[UUID] = field(default_factory=set)
    registration_ids: set[UUID] = field(default_factory=set)
    complaint_numbers: set[str] = field(default_factory=set)
    died_on: dict[UUID, date] = field(default_factory=dict)  # of which a book knows nothing

    _firsts: dict[type[Fact], bool] = field(default_factory=dict)

    def is_new(self, family: str) -> bool:
        """Whether this import is the family's first."""
        return self.families[family].pk not in self.stood

    def is_first_of(self, model: type[Fact]) -> bool:
        """Whether nothing of the kind was ever stored: asked before this import stores any."""
        if model not in self._firsts:
            self._firsts[model] = not model.objects.exists()
        return self._firsts[model]


def settle_who_is_who(lines: Lines, at: Recording) -> World:
    """Find everyone the book names, make those who are new, and bring names up to date."""
    world = World(at)
    world.families = _found_or_made(Family, _numbers(lines["Gezinnen"]), world)
    world.people = _settle_people(lines["Personen"], world)
    world.registrations = _found_or_made(Registration, _numbers(lines["Aanmeldingen"]), world)
    world.accounts = _settle_accounts(lines["Procesbegeleiders"], world)
    world.complaint_numbers = set(_numbers(lines["Klachten"]))
    for sheet in ("Personen", "Aanmeldingen"):
        world.family_of |= {line.number: line.data["family"] for line in lines[sheet]}
    for line in lines["Aanmeldingen"]:
        known = start_of_day(line.data["recorded_on"] or line.data["happened_on"])
        family = line.data["family"]
        world.first_known[family] = min(known, world.first_known.get(family, known))
    _set_scope(world)
    keep_clear_of([*world.families, *world.people, *world.registrations, *world.complaint_numbers])
    return world


def _numbers(lines: Iterable[Line]) -> list[str]:
    return [line.number for line in lines]


def _found(model: type[M], numbers: list[str], world: World) -> dict[str, M]:
    found: dict[str, M] = {}
    for start in range(0, len(numbers), BATCH):
        for row in model._default_manager.filter(number__in=numbers[start : start + BATCH]):
            found[row.number] = row  # type: ignore[attr-defined]
            world.stood.add(row.pk)
    return found


def _found_or_made(model: type[M], numbers: list[str], world: World) -> dict[str, M]:
    found = _found(model, numbers, world)
    made = {number: model(number=number) for number in numbers if number not in found}
    _make(made.values(), world.at)
    return found | made


def _settle_people(lines: list[Line], world: World) -> dict[str, Person]:
    own = PersonForm.own_fields
    people = _found(Person, _numbers(lines), world)
    made, changed = {}, []
    for line in lines:
        person = people.get(line.number)
        if person is None:
            made[line.number] = Person(
                number=line.number, **{name: line.data[name] for name in own}
            )
        elif _bring_up_to_date(person, {name: line.data[name] for name in own}):
            changed.append(person)
    _make(made.values(), world.at)
    _update(changed, list(own), world)
    return people | made


def _settle_accounts(lines: list[Line], world: World) -> dict[str, User]:
    """All accounts there are, by e-mail address. One made here can't sign in until invited."""
    accounts = {user.email.lower(): user for user in User.objects.all()}
    teams = {team.name: team for team in Team.objects.all()}
    named = {line.data["team"] for line in lines} - {""}
    teams |= (new_teams := {name: Team(name=name) for name in named - set(teams)})
    _make(new_teams.values(), world.at)
    made: dict[str, User] = {}
    changed: dict[str, User] = {}
    # Someone with several rows belongs to the team of the latest.
    for line in sorted(lines, key=lambda line: line.data["happened_on"]):
        email, team = line.data["email"], teams.get(line.data["team"])
        values = {"name": line.data["name"], "team_id": team and team.pk}
        if email in made:
            _bring_up_to_date(made[email], values)
        elif email not in accounts:
            made[email] = User(email=email, password=make_password(None), **values)
        elif _bring_up_to_date(accounts[email], values):
            changed[email] = accounts[email]
    _make(made.values(), world.at)
    _update(changed.values(), ["name", "team"], world)
    return accounts | made


def _bring_up_to_date(row: Model, values: dict[str, Any]) -> bool:
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


def _make(rows: Iterable[Model], at: Recording) -> None:
    if rows := list(rows):
        bulk_create_with_history(
            rows,
            type(rows[0]),
            batch_size=BATCH,
            default_user=at.by,
            default_change_reason=at.reason,
            default_date=at.at,
        )


def _update(rows: Iterable[Model], fields: list[str], world: World) -> None:
    if rows := list(rows):
        world.updated |= {row.pk for row in rows}
        bulk_update_with_history(
            rows,
            type(rows[0]),
            fields,
            batch_size=BATCH,
            default_user=world.at.by,
            default_change_reason=world.at.reason,
            default_date=world.at.at,
        )


def _set_scope(world: World) -> None:
    """The book is the whole truth about the families it names: about their people and their
    registrations, those in the book and those that stand for them."""
    world.family_ids = {family.pk for family in world.families.values()}
    known = world.family_ids & world.stood
    members = FamilyMember.objects.standing().filter(family_id__in=known)
    intakes = Intake.objects.standing().filter(family_id__in=known)
    world.person_ids = {person.pk for person in world.people.values()}
    world.person_ids |= set(members.values_list("person_id", flat=True))
    dead = FamilyMember.objects.standing().exclude(died_on=None)
    dead = dead.filter(person_id__in=world.person_ids)
    world.died_on = dict(dead.values_list("person_id", "died_on"))
    world.registration_ids = {row.pk for row in world.registrations.values()}
    world.registration_ids |= set(intakes.values_list("registration_id", flat=True))
