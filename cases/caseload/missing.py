"""What is still blank on some files and counts as not in view in the figures of the quarter.

The same conditions as the figures have (cases.standing), asked for a few families only; a test
holds the two against each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cases.in_view import (
    BLANKS,
    COMPOSITION,
    CUSTODY_IN_FAMILY,
    CUSTODY_OF_PARENT,
    MEASURE,
    RESIDENCE,
    ROLE,
    ROUTE,
    Blank,
)
from cases.models import (
    Applicant,
    Custody,
    FamilyComposition,
    FamilyMember,
    Intake,
    Placement,
    Role,
    StatusChange,
)
from cases.status import STARTED_EVER, Status
from facts.among import among
from facts.made_once import rows

# Of each family, of each kind: the registrations, persons or family of which it is blank.
Blanks = dict[Blank, set[UUID]]
Missing = dict[UUID, Blanks]
Ids = Collection[UUID]
PARENTS = (Role.MOTHER, Role.FATHER)


@dataclass(frozen=True)
class World:
    """The families that were asked for, as far as they count."""

    intakes: list[tuple[UUID, UUID, bool]]  # registration, family, without a route
    started: set[UUID]
    members: dict[UUID, tuple[UUID, str]]  # person -> family, role
    children: set[UUID]


def missing_in(families: Iterable[UUID], today: date) -> Missing:
    """What is blank of the files of `families`; six queries."""
    world = _world(set(families), today)
    found: Missing = defaultdict(lambda: defaultdict(set))
    applicants = _without_role(world, found)
    _without_composition(world, found)
    _without_custody(world, applicants, found)
    _without_placement(world, today, found)
    return found


def said_of(missing: Blanks) -> list[Blank]:
    """In order. Where a parent's custody is missing, that says it of the family too."""
    said = [blank for blank in BLANKS if missing.get(blank)]
    if CUSTODY_OF_PARENT in said and CUSTODY_IN_FAMILY in said:
        said.remove(CUSTODY_IN_FAMILY)
    return said


def in_words(missing: Blanks) -> list[str]:
    """Of one family or of several together."""
    return [blank.words(len(missing[blank])) for blank in said_of(missing)]


def _world(families: set[UUID], today: date) -> World:
    intakes = rows(_intakes, families=families, today=today)
    started = {family for _, family, _, status in intakes if status in STARTED_EVER}
    people = rows(_members, families=families)
    return World(
        intakes=[(registration, family, not route) for registration, family, route, _ in intakes],
        started=started,
        members={person: (family, role) for person, family, role, _ in people},
        children={
            person
            for person, family, role, born in people
            if role == Role.CHILD and family in started and (born is None or born <= today)
        },
    )


def _without_role(world: World, found: Missing) -> set[UUID]:
    """Of the registrations; also those without a route. Returns everybody who registered."""
    families = {registration: family for registration, family, _ in world.intakes}
    named = rows(_applicants, registrations=families)
    for registration, person in named:
        if not world.members.get(person, (None, ""))[1]:
            found[families[registration]][ROLE].add(registration)
    for registration, family, without_route in world.intakes:
        if without_route:
            found[family][ROUTE].add(registration)
    return {person for _, person in named}


def _without_composition(world: World, found: Missing) -> None:
    families = {family for _, family, _ in world.intakes}
    for family in families.difference(*rows(_compositions, families=families)):
        found[family][COMPOSITION].add(family)


def _without_custody(world: World, applicants: set[UUID], found: Missing) -> None:
    parents, families = set(), set()
    for parent, child in rows(_custody, children=world.children):
        parents.add(parent)
        families.add(world.members[child][0])
    for person, (family, role) in world.members.items():
        if role in PARENTS and person in applicants - parents and family in world.started:
            found[family][CUSTODY_OF_PARENT].add(person)
    for family in world.started - families:
        found[family][CUSTODY_IN_FAMILY].add(family)


def _without_placement(world: World, today: date, found: Missing) -> None:
    measures: dict[UUID, set[bool | None]] = defaultdict(set)
    residences: dict[UUID, str | None] = {}
    for child, measure, residence, still in rows(_spells, children=world.children, today=today):
        measures[child].add(measure)
        if still:
            residences.setdefault(child, residence)
    for child, known in measures.items():
        if known == {None}:
            found[world.members[child][0]][MEASURE].add(child)
    for child, residence in residences.items():
        if residence is None:
            found[world.members[child][0]][RESIDENCE].add(child)


def _intakes(*, families: Ids, today: date) -> QuerySet:
    changes = StatusChange.objects.standing().filter(
        registration=OuterRef("registration"), happened_on__lte=today
    )
    latest = changes.order_by("-happened_on", "-status").values("status")[:1]
    return (
        Intake.objects.standing()
        .filter(family__in=among(families), happened_on__lte=today)
        .annotate(status=Coalesce(Subquery(latest), Value(Status.NOT_STARTED)))
        .values_list("registration_id", "family_id", "route_id", "status")
    )


def _members(*, families: Ids) -> QuerySet:
    members = FamilyMember.objects.standing().filter(family__in=among(families))
    return members.values_list("person_id", "family_id", "role", "birth_date")


def _applicants(*, registrations: Ids) -> QuerySet:
    applicants = Applicant.objects.standing().filter(registration__in=among(registrations))
    return applicants.values_list("registration_id", "person_id")


def _compositions(*, families: Ids) -> QuerySet:
    known = FamilyComposition.objects.standing().filter(family__in=among(families))
    return known.values_list("family_id")


def _custody(*, children: Ids) -> QuerySet:
    answers = Custody.objects.standing().filter(child__in=among(children))
    return answers.values_list("parent_id", "child_id")


def _spells(*, children: Ids, today: date) -> QuerySet:
    return (
        Placement.objects.standing()
        .filter(child__in=among(children), happened_on__lte=today)
        .annotate(still=Q(ended_on__isnull=True) | Q(ended_on__gt=today))
        .order_by("-happened_on", F("residence__position").asc(nulls_last=True))
        .values_list("child_id", "measure", "residence_id", "still")
    )
