"""The answer to a search: the registrations that one may see, and what may be said of others."""

from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, UUIDField, Value

from cases.merging.tracks import numbers_now
from cases.models import FamilyMember
from cases.scope import Scope
from facts.among import among

from .elsewhere import Elsewhere, elsewhere
from .finding import MOST_HITS, Hit, hits_within
from .question import take_apart


class Answer(NamedTuple):
    """`intakes`: with their `rank`, the best is first."""

    intakes: QuerySet
    elsewhere: Elsewhere


def search(scope: Scope, words: str) -> Answer:
    """Each number begins that of the registration, the family or one of its people; names, dates,
    telephone numbers and e-mail addresses may have a mistake in them."""
    question = take_apart(words)
    stays = numbers_now(question.numbers)
    question = replace(question, numbers=tuple(stays.get(one, one) for one in question.numbers))
    intakes = scope.intakes()
    for number in question.numbers:
        intakes = intakes.filter(_begins_with(number))
    hits: list[Hit] = []
    if question.asked:
        within = intakes.values("family") if question.numbers else scope.families()
        hits = hits_within(question, within)
        intakes = _ranked(intakes, [hit.family for hit in hits])
    elif question.numbers:
        intakes = intakes.annotate(rank=Value(0))
    else:
        intakes = _ranked(intakes, [])
    return Answer(intakes, elsewhere(scope, question, hits))


def _begins_with(number: str) -> Q:
    people = FamilyMember.objects.standing().filter(
        person__number__startswith=number, family=OuterRef("family")
    )
    return (
        Q(registration__number__startswith=number)
        | Q(family__number__startswith=number)
        | Exists(people)
    )


def _ranked(intakes: QuerySet, families: list[UUID]) -> QuerySet:
    """Of the first of `families`, in that order."""
    first = list(dict.fromkeys(families))[:MOST_HITS]
    place = Func(
        Value(first, ArrayField(UUIDField())),
        F("family"),
        function="array_position",
        output_field=IntegerField(),
    )
    return intakes.filter(family__in=among(first)).annotate(rank=place)
