"""Who is who in a family: parents, children, custody, and where the children live."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from cases.models import Custody, Family, FamilyMember, Placement, Result, Role
from cases.models.support import RETURNED_HOME
from cases.timeline.sentences import MEASURE
from facts.words import enumeration, short_day, spell

from .held import held

UNKNOWN = "niet in beeld"
ROLE_WORDS = dict(Role.choices)
ORDER = (Role.MOTHER, Role.FATHER, Role.OTHER, "")


@dataclass(frozen=True)
class Spell:
    """A placement. `words`: sinds 3 mei 2023: in het netwerk, met maatregel."""

    id: UUID
    first: date
    last: date | None
    measure: bool | None
    residence: str
    words: str


@dataclass(frozen=True)
class Pair:
    """A parent and a child; `holds` None: not in view, and then there is no `id`."""

    parent: "Member"
    holds: bool | None
    id: UUID | None


@dataclass
class Member:
    """Someone of the family, in words. `custody`, `pairs`, `placements`, `returned`: of a child;
    `holds_custody` of whoever holds it. `no_contact`: since when they don't want to be approached.
    """

    id: UUID
    membership: UUID
    number: str
    name: str
    role: str
    birth_date: date | None
    died_on: date | None
    phone: str = ""
    email: str = ""
    no_contact: str = ""
    custody: str = ""
    holds_custody: str = ""
    pairs: list[Pair] = field(default_factory=list)
    placements: list[Spell] = field(default_factory=list)
    returned: str = ""

    @property
    def born(self) -> str:
        return short_day(self.birth_date) or UNKNOWN

    @property
    def died(self) -> str:
        return short_day(self.died_on)

    @property
    def role_words(self) -> str:
        return ROLE_WORDS.get(self.role, "Rol niet in beeld")


@dataclass(frozen=True)
class People:
    adults: list[Member]
    children: list[Member]


def people_of_family(family: Family, at: datetime | None = None) -> People:
    """Everybody, the children by age; four queries."""
    rows = held(FamilyMember, at).filter(family=family).select_related("person")
    members = [_member(row) for row in rows.order_by("birth_date", "person__number")]
    children = [member for member in members if member.role == Role.CHILD]
    adults = [member for member in members if member.role != Role.CHILD]
    adults.sort(key=lambda member: ORDER.index(member.role))
    _tell_custody(children, adults, at)
    _tell_placements(children, at)
    _tell_returns(children, at)
    return People(adults, children)


def _member(row: FamilyMember) -> Member:
    person = row.person
    name = f"{person.first_name} {person.last_name}".strip() or "Naam niet in beeld"
    days = row.birth_date, row.died_on
    reached = person.phone, person.email
    return Member(person.pk, row.pk, person.number, name, row.role, *days, *reached)


def _by_child(children: list[Member]) -> dict[UUID, Member]:
    return {child.id: child for child in children}


def _tell_custody(children: list[Member], adults: list[Member], at: datetime | None) -> None:
    """'gezag: Sanne Dorpstraat (moeder)', or that it isn't in view."""
    rows = held(Custody, at).filter(child__in=list(_by_child(children)))
    answers = {(row.parent_id, row.child_id): row for row in rows}
    over: dict[UUID, int] = defaultdict(int)
    for child in children:
        for adult in adults:
            row = answers.get((adult.id, child.id))
            if row or adult.role in (Role.MOTHER, Role.FATHER):
                child.pairs.append(Pair(adult, row and row.holds, row and row.pk))
                over[adult.id] += bool(row and row.holds)
        child.custody = _custody_in_words(child)
    for adult in adults:
        if any(pair.parent is adult and pair.id for child in children for pair in child.pairs):
            adult.holds_custody = f"gezag over {over[adult.id]} van {len(children)}"


def _custody_in_words(child: Member) -> str:
    holders = [_who(pair.parent) for pair in child.pairs if pair.holds]
    others = [_who(pair.parent) for pair in child.pairs if pair.holds is False]
    if holders:
        return enumeration(holders)
    return f"niet bij {enumeration(others)}" if others else UNKNOWN


def _who(member: Member) -> str:
    return f"{member.name} ({member.role_words.lower()})" if member.role else member.name


def _tell_placements(children: list[Member], at: datetime | None) -> None:
    by_child = _by_child(children)
    rows: Any = held(Placement, at).filter(child__in=list(by_child)).select_related("residence")
    for row in rows.order_by("-happened_on"):
        residence = row.residence.label if row.residence else ""
        home = residence or "verblijfplaats niet in beeld"
        words = f"{spell(row.happened_on, row.ended_on)}: {home}, {MEASURE[row.measure]}"
        by_child[row.child_id].placements.append(
            Spell(row.pk, row.happened_on, row.ended_on, row.measure, residence, words)
        )


def _tell_returns(children: list[Member], at: datetime | None) -> None:
    by_child = _by_child(children)
    rows = held(Result, at).filter(child__in=list(by_child), result=RETURNED_HOME)
    for child, day in rows.order_by("happened_on").values_list("child_id", "happened_on"):
        by_child[child].returned = short_day(day)
