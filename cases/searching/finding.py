"""Who is meant: people ranked by how many of the asked pieces they have."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from cases.models import FamilyMember, Intake, SearchKey

from .question import Question

MOST_HITS = 100  # families in one answer
FORGIVING = 0.4  # the share of what was asked that someone must have
BESIDE_THE_BEST = 0.7  # and of what the best one has: nobody looks beyond who fits wholly
MOST_ANYWHERE = 30  # people outside one's own files: more is a common name
MOST_CANDIDATES = 500  # people that are compared, outside one's own files

PIECES = ArrayField(CharField(max_length=64))


class Shared(Func):
    """How many of the asked pieces someone has: the second array counted within the first."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS piece WHERE piece = ANY("
    output_field = IntegerField()


@dataclass(frozen=True)
class Hit:
    """A person, in a family; `score`: which share of what was asked fits, from 0 to 1.
    `registration`: one of the family's that the searcher may see, of a hit within their rights."""

    person: UUID
    family: UUID
    score: float
    registration: UUID | None = None


def hits_within(question: Question, intakes: QuerySet) -> list[Hit]:
    """Those who are likely meant among the people of the families of `intakes`, best first."""
    rows = intakes.filter(
        family__members__withdrawn_at__isnull=True,
        family__members__person__search_key__pieces__overlap=list(question.asked),
    )
    rows = _scored(rows, "family__members__person__search_key__pieces", question)
    best_first = rows.order_by("-score", "-likeness", "registration__number")
    found = best_first.values_list(
        "family__members__person_id", "family_id", "score", "registration_id"
    )
    return likely(Hit(*row) for row in found[: 3 * MOST_HITS])


def hits_anywhere(question: Question, least: float, besides: Collection[UUID] = ()) -> list[Hit]:
    """Some of those who have all of it, wherever they are; or else at least that share of it.
    Whoever is in the families `besides` only isn't looked at: they change nothing for the rest."""
    members = FamilyMember.objects.standing().exclude(family__in=besides)
    keys = SearchKey.objects.all()
    if besides:
        keys = keys.filter(Exists(members.filter(person=OuterRef("person"))))
    whole = keys.filter(pieces__contains=list(question.asked))
    scores = dict.fromkeys(whole.values_list("pk", flat=True)[:MOST_ANYWHERE], 1.0)
    if not scores:
        keys = keys.filter(having(question.asked, least))[:MOST_CANDIDATES]
        rows = _scored(SearchKey.objects.filter(pk__in=keys.values("pk")), "pieces", question)
        best_first = rows.filter(score__gte=least).order_by("-score")
        scores = dict(best_first.values_list("pk", "score")[:MOST_ANYWHERE])
    rows = members.filter(person__in=list(scores)).values_list("person_id", "family_id")
    return likely(Hit(person, family, scores[person]) for person, family in rows)


def having(asked: Sequence[str], least: float) -> Q:
    """A condition that all keys with that share of `asked` meet, and few others.

    Who may miss two of twelve has at least one of any three groups of four whole. The index finds
    a group of pieces together far quicker than each piece with all who have it.
    """
    groups = len(asked) - ceil(least * len(asked) - 1e-9) + 1
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


def _scored(rows: QuerySet, pieces: str, question: Question) -> Any:
    """`score`: the share of what was asked; `likeness`: also of all that someone has."""
    asked = list(question.asked)
    shared = Cast(Shared(F(pieces), Value(asked, PIECES)), FloatField())
    union = Func(F(pieces), function="cardinality", output_field=FloatField()) + len(asked)
    rows = rows.annotate(shared=shared, score=F("shared") / float(len(asked)))
    likeness = ExpressionWrapper(F("shared") / (union - F("shared")), FloatField())
    return rows.filter(score__gte=FORGIVING).annotate(likeness=likeness)
