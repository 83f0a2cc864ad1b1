"""The family and its people: who they are, what they wish, who holds custody."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.models import (
    Custody,
    DesiredSituation,
    Family,
    FamilyComposition,
    FamilyMember,
    Person,
    PlacementReason,
    Role,
)
from cases.searching.pieces import pieces_of

from . import shares
from .chance import Chance
from .names import FIRST_NAMES, LAST_NAMES
from .rows import Rows


@dataclass
class Household:
    """What the rest of the file needs to know of a family. `known`: since when we know of it."""

    id: str
    known: date
    applicants: list[str] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)  # role -> id
    children: dict[str, date] = field(default_factory=dict)  # id -> birth date


class Numbers:
    """Readable numbers, in series of our own: so that nobody takes these rows for real ones."""

    REGISTRATION, FAMILY, ADULT, CHILD, COMPLAINT = "SA", "SG", "SP", "SK", "SKL"

    def __init__(self) -> None:
        self.last: dict[str, int] = {}

    def next(self, series: str) -> str:
        self.last[series] = self.last.get(series, 0) + 1
        return f"{series}{self.last[series]:07}"


def write_household(rows: Rows, numbers: Numbers, known: date, *, started: bool) -> Household:
    """A family with its people. Of one that never started we know little."""
    chance = rows.chance
    household = Household(rows.add(Family, number=numbers.next(Numbers.FAMILY)), known)
    applicant = chance.one_of(shares.APPLICANT)
    _write_adults(rows, numbers, household, applicant, started=started)
    _write_children(rows, numbers, household, applicant, started=started)
    composition = chance.one_of(shares.COMPOSITION)
    if composition:
        rows.fact(
            FamilyComposition,
            known,
            family_id=household.id,
            composition_id=f"family_composition.{composition}",
        )
    if started:
        _write_wishes(rows, household)
        _write_custody(rows, household)
    return household


def _write_adults(
    rows: Rows, numbers: Numbers, household: Household, applicant: str, *, started: bool
) -> None:
    applying = {"both": [Role.MOTHER, Role.FATHER], "child": []}.get(applicant, [applicant])
    for role in applying:
        household.applicants.append(_write_person(rows, numbers, household, role))
    for role in (Role.MOTHER, Role.FATHER):
        if started and role not in applying and rows.chance.happens(shares.OTHER_PARENT):
            _write_person(rows, numbers, household, role)


def _write_children(
    rows: Rows, numbers: Numbers, household: Household, applicant: str, *, started: bool
) -> None:
    chance = rows.chance
    many = chance.one_of(shares.CHILDREN if started else shares.CHILDREN_NOT_STARTED)
    for _ in range(max(many, applicant == "child")):
        # A few are born after we came to know the family.
        birth_date = chance.day(household.known - timedelta(19 * 365), date(2024, 8, 31))
        _write_person(rows, numbers, household, Role.CHILD, birth_date)
    if applicant == "child":
        household.applicants.append(next(iter(household.children)))


def _write_person(
    rows: Rows,
    numbers: Numbers,
    household: Household,
    role: str,
    birth_date: date | None = None,
) -> str:
    number = numbers.next(Numbers.CHILD if role == Role.CHILD else Numbers.ADULT)
    known = {
        "first_name": rows.chance.choice(FIRST_NAMES),
        "last_name": rows.chance.choice(LAST_NAMES),
        "email": "" if birth_date else f"{number.lower()}@example.org",
        "phone": "" if birth_date else f"06{number[-7:]:>08}",
    }
    person = rows.add(Person, number=number, **known)
    rows.find_by(person, pieces_of(**known, birth_date=birth_date))
    rows.fact(
        FamilyMember,
        max(household.known, birth_date or household.known),
        person_id=person,
        family_id=household.id,
        role=str(role),
        birth_date=birth_date,
    )
    if birth_date:
        household.children[person] = birth_date
    elif role:
        household.parents[str(role)] = person
    return person


def _write_wishes(rows: Rows, household: Household) -> None:
    chance: Chance = rows.chance
    family = {"family_id": household.id}
    for code in chance.several_of(shares.DESIRED_SITUATION, chance.one_of(shares.WISHES)):
        rows.fact(
            DesiredSituation, household.known, situation_id=f"desired_situation.{code}", **family
        )
    for code in chance.several_of(shares.PLACEMENT_REASON, chance.one_of(shares.REASONS)):
        rows.fact(PlacementReason, household.known, reason_id=f"placement_reason.{code}", **family)


def _write_custody(rows: Rows, household: Household) -> None:
    """One answer a pair of parent and child, over all children or over none."""
    holders = rows.chance.one_of(shares.CUSTODY)
    if holders is None:
        return
    for role, parent in household.parents.items():
        for child in household.children:
            holds = rows.chance.happens(0.5) if holders == "mixed" else role in holders
            rows.fact(Custody, household.known, parent_id=parent, child_id=child, holds=holds)
