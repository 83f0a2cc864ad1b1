"""What a merge would do, worked out without doing it: what moves, what stands already, what
clashes. Two queries for each kind of fact, whatever their number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, UniqueConstraint

from cases.models import Person
from facts.models import Fact

from .pairing import Pairing
from .relations import FACTS, ROWS, Does, Relation

OWN_FIELDS = ("first_name", "last_name", "email", "phone")
PLACES = (1, 2)


@dataclass
class Step:
    """What happens to the facts of one relation. `moved`: what stands, and what will.

    `clashed`: what goes, and what stands in its place. `without_place`: see Relation.place.
    """

    relation: Relation
    moved: list[tuple[Fact, Fact]] = field(default_factory=list)
    double: list[Fact] = field(default_factory=list)
    ended: list[Fact] = field(default_factory=list)
    clashed: list[tuple[Fact, Fact]] = field(default_factory=list)
    without_place: list[Fact] = field(default_factory=list)

    @property
    def withdrawn(self) -> list[Fact]:
        """What goes without coming back elsewhere."""
        return [*self.double, *self.ended, *(fact for fact, _ in self.clashed)]


@dataclass
class Plan:
    """`rows`: of each relation that isn't a fact, its rows. `people`: of someone who stays, what
    was empty and becomes known from whom."""

    pairing: Pairing
    steps: list[Step]
    rows: dict[Relation, list[Model]]
    people: list[tuple[Person, Person, list[str]]]


def plan_of(pairing: Pairing) -> Plan:
    goes = pairing.goes
    return Plan(
        pairing,
        [_step(relation, goes) for relation in FACTS],
        {relation: _pointing(relation, goes) for relation in ROWS},
        list(_filled_people(pairing.people)),
    )


def _pointing(relation: Relation, ids: Iterable[UUID]) -> list[Any]:
    which = Q()
    for name in relation.fields:
        which |= Q(**{f"{name}__in": list(ids)})
    rows = relation.model._default_manager.filter(which)
    if relation in FACTS:
        rows = rows.standing().order_by("recorded_at", "pk")
    return list(rows)


def _step(relation: Relation, goes: Mapping[UUID, UUID]) -> Step:
    step = Step(relation)
    going = _pointing(relation, goes)
    if relation.does is Does.ENDS:
        step.ended = going
        return step
    gone = {fact.pk for fact in going}
    stands = _pointing(relation, goes.values()) if going else []
    table = _Table(relation, [fact for fact in stands if fact.pk not in gone])
    for fact in going:
        content = {
            name: goes.get(value, value) if name in relation.columns else value
            for name, value in fact.content().items()
        }
        if content.get("registration_id") != getattr(fact, "registration_id", None):
            content |= dict.fromkeys(relation.resets, False)
        table.place(step, fact, content)
    step.moved += table.filled()
    return step


class _Table:
    """The facts that will stand, by what they say and by each thing that can be said only once."""

    def __init__(self, relation: Relation, stands: Iterable[Fact]) -> None:
        self.relation, self.keys = relation, list(_keys(relation.model))
        self.contents: set[tuple] = set()
        self.by_key: dict[tuple, Fact] = {}
        self.fills: dict[UUID, tuple[Fact, dict[str, Any]]] = {}
        for fact in stands:
            self._note(fact, fact.content())

    def place(self, step: Step, fact: Fact, content: dict[str, Any]) -> None:
        """Put one more where it belongs."""
        if tuple(content.values()) in self.contents:
            step.double.append(fact)
            return
        place = self.relation.place
        clash = self._clash(content, without=place)
        if clash is not None:
            self._clashed(step, fact, content, clash)
            return
        if place:
            own_first = sorted(PLACES, key=lambda number: number != content[place])
            free = (n for n in own_first if self._clash(content | {place: n}) is None)
            content = content | {place: next(free, None)}
            if content[place] is None:
                step.without_place.append(fact)
                return
        new = type(fact)(**content, recorded_by_id=fact.recorded_by_id)
        step.moved.append((fact, new))
        self._note(fact, content)

    def filled(self) -> Iterator[tuple[Fact, Fact]]:
        """What stays, with what it lacked."""
        for fact, known in self.fills.values():
            content = fact.content() | known
            yield fact, type(fact)(**content, recorded_by_id=fact.recorded_by_id)

    def _clashed(self, step: Step, fact: Fact, content: dict[str, Any], stands: Fact) -> None:
        if self.relation.place:
            step.double.append(fact)
            return
        step.clashed.append((fact, stands))
        _, known = self.fills.get(stands.pk, (stands, {}))
        empty = [
            name
            for name in self.relation.fills
            if known.get(name, getattr(stands, name)) in (None, "")
            and content[name] not in (None, "")
        ]
        if empty:
            self.fills[stands.pk] = stands, known | {name: content[name] for name in empty}

    def _note(self, fact: Fact, content: dict[str, Any]) -> None:
        self.contents.add(tuple(content.values()))
        for key in self._keys_of(content):
            self.by_key[key] = fact

    def _clash(self, content: dict[str, Any], without: str = "") -> Fact | None:
        found = (self.by_key.get(key) for key in self._keys_of(content, without))
        return next(filter(None, found), None)

    def _keys_of(self, content: dict[str, Any], without: str = "") -> Iterator[tuple]:
        for columns, only_open in self.keys:
            if without not in columns and not (only_open and content["ended_on"] is not None):
                yield columns, tuple(content[name] for name in columns)


def _keys(model: type[Model]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """What can stand only once, as the database has it; and whether that holds of open ones."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            columns = tuple(model._meta.get_field(name).attname for name in constraint.fields)
            yield columns, "ended_on__isnull" in dict(constraint.condition.children)


def _filled_people(pairs: Mapping[UUID, UUID]) -> Iterator[tuple[Person, Person, list[str]]]:
    people = Person.objects.in_bulk([*pairs, *pairs.values()])
    for gone, kept in pairs.items():
        names = [n for n in OWN_FIELDS if getattr(people[gone], n) and not getattr(people[kept], n)]
        if names:
            for name in names:
                setattr(people[kept], name, getattr(people[gone], name))
            yield people[kept], people[gone], names
