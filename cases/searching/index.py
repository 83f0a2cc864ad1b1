"""The only writer of search keys. Whoever adds or changes a person calls `index_people`."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F as Column
from django.db.models import FilteredRelation, Q, QuerySet

from cases.models import FamilyMember, Person, SearchKey
from facts.models import Fact

from .pieces import pieces_of

BATCH = 2_000
F = TypeVar("F", bound=Fact)


def index_people(people: Iterable[Any]) -> int:
    """Make the search keys of `people` (rows or ids) say what is known of them now. Set-based:
    two queries for two thousand. Returns how many."""
    ids = sorted({getattr(person, "pk", person) for person in people})
    done = 0
    for start in range(0, len(ids), BATCH):
        done += _write(_known(Person.objects.filter(pk__in=ids[start : start + BATCH])))
    return done


def index_who_it_is_about(fact: F) -> F:
    """Of a fact that says when someone was born or where they belong: make them findable by it."""
    if isinstance(fact, FamilyMember):
        index_people([fact.person_id])
    return fact


def index_everybody() -> Iterator[int]:
    """Rebuild, a batch at a time; gives how many were done after each."""
    last = UUID(int=0)
    while rows := list(_known(Person.objects.filter(pk__gt=last)).order_by("pk")[:BATCH]):
        last = rows[-1][0]
        yield _write(rows)


def stale_people() -> list[str]:
    """The numbers of those whose key isn't what it should be: somebody forgot to index them."""
    keys = dict(SearchKey.objects.values_list("person_id", "pieces"))
    numbers = dict(Person.objects.values_list("pk", "number"))
    return sorted(
        numbers[row[0]]
        for row in _known(Person.objects.all())
        if keys.get(row[0]) != pieces_of(*row[1:])
    )


def _known(people: QuerySet) -> QuerySet:
    """What the pieces are made of; the birth date of how they stand in their family today."""
    standing = FilteredRelation("memberships", condition=Q(memberships__withdrawn_at__isnull=True))
    return people.annotate(standing=standing, born=Column("standing__birth_date")).values_list(
        "pk", "first_name", "last_name", "email", "phone", "born"
    )


def _write(rows: Iterable[tuple[UUID, str, str, str, str, date | None]]) -> int:
    keys = [SearchKey(person_id=row[0], pieces=pieces_of(*row[1:])) for row in rows]
    SearchKey.objects.bulk_create(
        keys, update_conflicts=True, unique_fields=["person"], update_fields=["pieces"]
    )
    return len(keys)
