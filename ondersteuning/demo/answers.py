"""Rounds that are over, for the demo: whom we would have asked and what they would have said.
Nobody was asked: all answers are invented, the same every time."""

from datetime import date, timedelta
from random import Random

from facts.dates import end_of_day
from surveys.choosing.groups import LABELS
from surveys.models import Given, Group, Question, Response, Round
from surveys.services.rounds import make_round

LASTED = timedelta(days=30)
ASKED = {"parent_running": 46, "parent_closed": 38}
ANSWERED = {"parent_running": 21, "parent_closed": 16}
SKIPS = 0.06


def a_round_that_is_over(
    name: str, ended: date, *, content: int, like: Round | None = None
) -> Round:
    """`content`: how much so people are; the higher, the more."""
    round = make_round(name=name, like=like, by=None)
    groups = [
        Group.objects.create(round=round, key=key, label=LABELS[key], invited=many)
        for key, many in ASKED.items()
    ]
    round.state, round.ends_on, round.ended_at = Round.State.ENDED, ended, end_of_day(ended)
    round.started_at = round.ended_at - LASTED
    round.save()
    chance = Random(content)  # noqa: S311  not a secret: the same every time
    questions = round.questions.exclude(kind=Question.Kind.TEXT)
    for group in groups:
        many = ANSWERED[group.key]
        Response.objects.bulk_create(Response(round=round, group=group) for _ in range(many))
        Given.objects.bulk_create(
            _given(question, group, chance, content)
            for question in questions
            for _ in range(many)
            if chance.random() > SKIPS
        )
    return round


def _given(question: Question, group: Group, chance: Random, content: int) -> Given:
    given = Given(group=group, question=question)
    if question.kind == Question.Kind.SCALE:
        lowest, highest = question.lowest or 0, question.highest or 0
        middle = lowest + (highest - lowest) * (0.5 + content / 20)
        given.number = min(max(round(chance.gauss(middle, 1.6)), lowest), highest)
        return given
    options = question.options
    weights = range(len(options) + content, content, -1)
    wanted = chance.randint(1, 3) if question.kind == Question.Kind.SEVERAL else 1
    chosen = set(chance.choices(options, weights, k=wanted))
    given.options = [one for one in options if one in chosen]
    return given
