"""What is counted of a round: whole tallies of a coarse group, never a row of somebody.

Questions that nobody answered, and options that nobody chose, count as none.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, F, Q

from surveys.models import Given, Group, Invitation, Letter, Remark, Response, Round

NOT_ARRIVED = [Letter.State.BOUNCED, Letter.State.REFUSED, Letter.State.SKIPPED]


@dataclass(frozen=True)
class Tally:
    """Of one group, or of all together.

    `answers`: question -> how many answered it. `chosen`: (question, option or number) -> how many
    chose it.
    """

    invited: int = 0
    not_reached: int = 0
    answered: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.invited + other.invited,
            self.not_reached + other.not_reached,
            self.answered + other.answered,
            self.answers + other.answers,
            self.chosen + other.chosen,
        )


def tallies_of(rounds: Iterable[Round]) -> dict[Group, Tally]:
    """A tally a group, in four queries whatever the number of rounds and answers."""
    rounds = list(rounds)
    groups = list(Group.objects.filter(round__in=rounds))
    not_reached = _not_reached(rounds)
    answered = _by_group(Response.objects.filter(round__in=rounds))
    answers: dict[object, Counter[str]] = {one.pk: Counter() for one in groups}
    chosen: dict[object, Counter[tuple[str, str]]] = {one.pk: Counter() for one in groups}
    given = Given.objects.filter(question__round__in=rounds).values_list(
        "group_id", "question__key", "options", "number"
    )
    for group, question, options, number, many in given.annotate(many=Count("pk")).order_by():
        answers[group][question] += many
        for one in options if number is None else [str(number)]:
            chosen[group][question, one] += many
    return {
        one: Tally(
            one.invited,
            not_reached.get(one.pk, 0),
            answered.get(one.pk, 0),
            answers[one.pk],
            chosen[one.pk],
        )
        for one in groups
    }


def remarks_written(rounds: Iterable[Round]) -> dict[UUID, Counter[str]]:
    """Of each round, question -> how many wrote something, whatever became of it."""
    rows = Remark.objects.filter(question__round__in=rounds).order_by()
    found: dict[UUID, Counter[str]] = {}
    for round, question, many in rows.values_list("question__round", "question__key").annotate(
        many=Count("pk")
    ):
        found.setdefault(round, Counter())[question] = many
    return found


def _not_reached(rounds: list[Round]) -> dict[object, int]:
    """By what was known at the end of the round: what comes back later changes no report."""
    first = Q(
        letters__kind=Letter.Kind.INVITATION,
        letters__state__in=NOT_ARRIVED,
        letters__finished_at__lte=F("round__ended_at"),
    )
    return _by_group(Invitation.objects.filter(first, round__in=rounds, answered=False))


def _by_group(rows) -> dict[object, int]:
    return dict(rows.values_list("group_id").annotate(many=Count("pk")).order_by())
