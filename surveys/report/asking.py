"""What was asked in a round and what was said to it, to be told or laid beside another round."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from surveys.models import Question, Round
from surveys.models.rounds import SMALLEST_GROUP
from surveys.wording import Wording, in_dutch

from .changing import Share
from .counting import Tally, remarks_written, tallies_of
from .figures import Figure, words_of


@dataclass(frozen=True)
class Counted:
    """A round with its questions, Dutch words and tallies."""

    round: Round
    questions: Mapping[str, Question]
    wording: Wording
    groups: Mapping[str, Tally]
    everybody: Tally


def counted(rounds: Iterable[Round]) -> list[Counted]:
    """Each in its place, in seven queries whatever their number."""
    rounds = list(rounds)
    prefetch_related_objects(rounds, "questions", "groups")
    tallies, written, words = tallies_of(rounds), remarks_written(rounds), in_dutch(rounds)
    found = []
    for one in rounds:
        groups = {group.label: tallies[one.pk, group.pk] for group in one.groups.all()}
        of_no_group = tallies[one.pk, None] + Tally(answers=written.get(one.pk, Counter()))
        everybody = sum(groups.values(), of_no_group)
        questions = {question.key: question for question in one.questions.all()}
        found.append(Counted(one, questions, words[one.pk], groups, everybody))
    return found


def share_of(figure: Figure, tally: Tally) -> Share | None:
    """Everything that is told of answers goes through here."""
    if figure.of_answers and figure.rests_on(tally) < SMALLEST_GROUP:
        return None
    base = figure.base(tally) if figure.base else 0
    return Share(figure.value(tally), figure.of(tally), base)


def same_question(question: Question | None, other: Counted | None) -> bool:
    """Whether another round asked the same: by key and kind, with the same choices."""
    if other is None or question is None:
        return other is not None
    then = other.questions.get(question.key)
    return then is not None and all(
        getattr(then, name) == getattr(question, name)
        for name in ("kind", "options", "lowest", "highest")
    )


def reworded(question: Question, now: Counted, before: Counted) -> bool:
    """Whether people read other words than the time before."""
    parts = [f"question.{question.key}", *(f"option.{question.key}.{o}" for o in question.options)]
    return any(words_of(now.wording, one) != words_of(before.wording, one) for one in parts)
