"""Who is who in a family: parents, children, custody, and where the children live."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cases.models import Custody, Family, FamilyMember, Placement, Role
from facts.words import enumeration, short_day, spell

UNKNOWN = "niet in beeld"
ROLE_WORDS = dict(Role.choices)
ORDER = (Role.MOTHER, Role.FATHER, Role.OTHER, "")


@dataclass
class Member:
    """Someone of the family, in words. `custody` and `placements`: of a child."""

    id: UUID
    number: str
    name: str
    role: str
    born: str
    phone: str = ""
    email: str = ""
    custody: str = ""
    placements: list[str] = field(default_factory=list)

    @property
    def role_words(self) -> str:
        return ROLE_WORDS.get(self.role, "Rol niet in beeld")


@dataclass(frozen=True)
class People:
    adults: list[Member]
    children: list[Member]


def people_of_family(family: Family) -> People:
    """Everybody, the children by age; three queries."""
    members = [
        _member(*row)
        for row in FamilyMember.objects.standing()
        .filter(family=family)
        .order_by("birth_date", "person__number")
        .values_list(
            "person_id",
            "person__number",
            "person__first_name",
            "person__last_name",
            "role",
            "birth_date",
            "person__phone",
            "person__email",
        )
    ]
    children = [member for member in members if member.role == Role.CHILD]
    adults = [member for member in members if member.role != Role.CHILD]
    adults.sort(key=lambda member: ORDER.index(member.role))
    _tell_custody(children, members)
    _tell_placements(children)
    return People(adults, children)


def _member(
    person: UUID,
    number: str,
    first_name: str,
    last_name: str,
    role: str,
    birth_date: date | None,
    phone: str,
    email: str,
) -> Member:
    name = f"{first_name} {last_name}".strip() or "Naam niet in beeld"
    born = short_day(birth_date) or UNKNOWN
    return Member(person, number, name, role, born, phone, email)


def _tell_custody(children: list[Member], members: list[Member]) -> None:
    """'gezag: Sanne Dorpstraat (moeder)', or that it isn't in view."""
    people = {member.id: member for member in members}
    holders, others = defaultdict(list), defaultdict(list)
    rows = Custody.objects.standing().filter(child__in=[child.id for child in children])
    for child, parent, holds in rows.order_by("parent__number").values_list(
        "child_id", "parent_id", "holds"
    ):
        if member := people.get(parent):
            (holders if holds else others)[child].append(_who(member))
    for child in children:
        if holders[child.id]:
            child.custody = enumeration(holders[child.id])
        elif others[child.id]:
            child.custody = f"niet bij {enumeration(others[child.id])}"
        else:
            child.custody = UNKNOWN


def _who(member: Member) -> str:
    return f"{member.name} ({member.role_words.lower()})" if member.role else member.name


MEASURE_WORDS = {True: "met maatregel", False: "zonder maatregel", None: "maatregel niet in beeld"}


def _tell_placements(children: list[Member]) -> None:
    by_child: dict[UUID, list[str]] = {child.id: child.placements for child in children}
    rows = Placement.objects.standing().filter(child__in=list(by_child))
    for child, first, last, residence, measure in rows.order_by("-happened_on").values_list(
        "child_id", "happened_on", "ended_on", "residence__label", "measure"
    ):
        home = residence or "verblijfplaats niet in beeld"
        by_child[child].append(f"{spell(first, last)}: {home}, {MEASURE_WORDS[measure]}")
