"""What is counted of a round: whole tallies of a coarse group, never a row of somebody.

Questions that nobody answered, and options that nobody chose, count as none.
"""

from collections import Counter
from dataclasses import dataclass, field

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


def tallies_of(round: Round) -> dict[Group, Tally]:
    """A tally a group, in five queries whatever the number of answers."""
    groups = list(round.groups.all())
    not_reached, answered = _not_reached(round), _by_group(Response.objects.filter(round=round))
    answers: dict[object, Counter[str]] = {one.pk: Counter() for one in groups}
    chosen: dict[object, Counter[tuple[str, str]]] = {one.pk: Counter() for one in groups}
    given = Given.objects.filter(question__round=round).values_list(
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


def remarks_written(round: Round) -> Counter[str]:
    """Question -> how many wrote something, whatever became of it."""
    rows = Remark.objects.filter(question__round=round).values_list("question__key")
    return Counter(dict(rows.annotate(many=Count("pk")).order_by()))


def _not_reached(round: Round) -> dict[object, int]:
    """By what was known at the end of the round: what comes back later changes no report."""
    first = Q(
        letters__kind=Letter.Kind.INVITATION,
        letters__state__in=NOT_ARRIVED,
        letters__finished_at__lte=F("round__ended_at"),
    )
    return _by_group(Invitation.objects.filter(first, round=round, answered=False))


def _by_group(rows) -> dict[object, int]:
    return dict(rows.values_list("group_id").annotate(many=Count("pk")).order_by())
