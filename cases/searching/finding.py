"""Who is meant: people ranked by how many of the asked pieces they have."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from cases.models import FamilyMember, Intake, SearchKey
from facts.among import among
from facts.made_once import rows

from .question import Question

MOST_HITS = 100  # families in one answer
FORGIVING = 0.4  # the share of what was asked that someone must have
BESIDE_THE_BEST = 0.7  # and of what the best one has: nobody looks beyond who fits wholly
MOST_ANYWHERE = 30  # people outside one's own files (of a family): more is a common name
MOST_CANDIDATES = 500  # people that are compared, outside one's own files

Ids = Collection[UUID]
PIECES = ArrayField(CharField(max_length=64))


class Shared(Func):
    """How many of the asked pieces someone has: the second array counted within the first."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS piece WHERE piece = ANY("
    output_field = IntegerField()


@dataclass(frozen=True)
class Hit:
    """A person, in a family; `score`: which share of what was asked fits, from 0 to 1."""

    person: UUID
    family: UUID
    score: float


def hits_within(question: Question, families: Collection[UUID] | QuerySet) -> list[Hit]:
    """Those who are likely meant among the people of `families`, best first: who has most of what
    was asked, and then the least besides."""
    asked = question.asked
    least = _at_least(FORGIVING, asked)
    found = rows(_members_with, families=families, asked=asked, least=least)
    return likely(Hit(person, family, shared / len(asked)) for person, family, shared in found)


def hits_anywhere(question: Question, least: float, besides: Collection[UUID] = ()) -> list[Hit]:
    """Some of those who have all of it, wherever they are; or else at least that share of it.
    Whoever is in the families `besides` only isn't looked at: they change nothing for the rest."""
    asked = question.asked
    if not asked:  # everybody has all of nothing
        return []
    if whole := rows(_whole, asked=asked, besides=besides):
        return [Hit(person, family, 1.0) for person, family in whole]
    keys = _keys(besides).filter(having(asked, least))[:MOST_CANDIDATES]
    keys = SearchKey.objects.filter(pk__in=keys.values("pk"))
    best_first = _scored(keys, "pieces", asked, _at_least(least, asked)).order_by("-shared")
    shared = best_first.values_list("pk", "shared")[:MOST_ANYWHERE]
    scores = {person: many / len(asked) for person, many in shared}
    found = rows(_members, people=scores, besides=besides) if scores else []
    return likely(Hit(person, family, scores[person]) for person, family in found)


def having(asked: Sequence[str], least: float) -> Q:
    """A condition that all keys with that share of `asked` meet, and few others.

    Who may miss two of twelve has at least one of any three groups of four whole. The index finds
    a group of pieces together far quicker than each piece with all who have it.
    """
    groups = len(asked) - _at_least(least, asked) + 1
    condition = Q()
    for group in range(groups):
        condition |= Q(pieces__contains=list(asked[group::groups]))
    return condition


def likely(hits: Iterable[Hit]) -> list[Hit]:
    """Without those who are much less like it than the best one."""
    best_first = sorted(hits, key=lambda hit: -hit.score)
    least = BESIDE_THE_BEST * best_first[0].score if best_first else 0
    return [hit for hit in best_first if hit.score >= least]


def families_of_number(number: str) -> set[UUID]:
    """Of the family, the registration or the person with this very number. Three queries: with OR
    it would be a walk through all there are."""
    intakes, members = Intake.objects.standing(), FamilyMember.objects.standing()
    found = (
        intakes.filter(family__number=number).values_list("family_id", flat=True)[:1],
        intakes.filter(registration__number=number).values_list("family_id", flat=True),
        members.filter(person__number=number).values_list("family_id", flat=True),
    )
    return {family for rows in found for family in rows}


def _members_with(*, families: Ids | QuerySet, asked: Sequence[str], least: int) -> QuerySet:
    members = FamilyMember.objects.standing().filter(
        family__in=among(families), person__search_key__pieces__overlap=_pieces(asked)
    )
    scored = _scored(members, "person__search_key__pieces", asked, least)
    best_first = scored.order_by("-shared", "size", "family__number")
    return best_first.values_list("person_id", "family_id", "shared")[: 3 * MOST_HITS]


def _whole(*, asked: Sequence[str], besides: Ids) -> QuerySet:
    """Who has all of it, with the family."""
    members = FamilyMember.objects.standing().exclude(family__in=among(besides))
    whole = members.filter(person__search_key__pieces__contains=_pieces(asked))
    return whole.values_list("person_id", "family_id")[:MOST_ANYWHERE]


def _members(*, people: Ids, besides: Ids) -> QuerySet:
    members = FamilyMember.objects.standing().filter(person__in=among(people))
    return members.exclude(family__in=among(besides)).values_list("person_id", "family_id")


def _keys(besides: Ids) -> QuerySet:
    """Of who is in another family too."""
    outside = FamilyMember.objects.standing().exclude(family__in=among(besides))
    return SearchKey.objects.filter(Exists(outside.filter(person=OuterRef("person"))))


def _scored(rows: QuerySet, pieces: str, asked: Sequence[str], least: int) -> QuerySet:
    """Who has at least that many of what was asked. `shared`: how many; `size`: of how many."""
    return rows.annotate(
        shared=Shared(F(pieces), _pieces(asked)),
        size=Func(F(pieces), function="cardinality", output_field=IntegerField()),
    ).filter(shared__gte=least)


def _pieces(asked: Sequence[str]) -> Value:
    return Value(list(asked), PIECES)


def _at_least(share: float, asked: Sequence[str]) -> int:
    return ceil(share * len(asked) - 1e-9)
