"""What is counted of a round: whole tallies of a coarse group, never a row of somebody.

Questions that nobody answered, and options that nobody chose, count as none.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, prefetch_related_objects

from surveys.models import Given, Invitation, Letter, Remark, Response, Round

# A round, and a group in it, or None.
Cell = tuple[UUID, UUID | None]
NOT_ARRIVED = [Letter.State.BOUNCED, Letter.State.REFUSED, Letter.State.SKIPPED]
Missed = Counter[str]  # one of NOT_ARRIVED -> how many it befell


@dataclass(frozen=True)
class Tally:
    """Of one group, or of all together.

    `missed`: whom the invitation didn't reach, by what became of it. `answers`: question -> how
    many answered it. `chosen`: (question, option or number) -> how many chose it.
    """

    invited: int = 0
    missed: Missed = field(default_factory=Counter)
    answered: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.invited + other.invited,
            self.missed + other.missed,
            self.answered + other.answered,
            self.answers + other.answers,
            self.chosen + other.chosen,
        )

    @property
    def not_reached(self) -> int:
        return self.missed.total()


def tallies_of(rounds: Iterable[Round]) -> dict[Cell, Tally]:
    """A tally for each group of each round, and one for the answers of a round that bear no group
    (surveys.services.batches); in four queries whatever the number of rounds and answers, of which
    one is of the groups of `rounds`, if these weren't fetched with them."""
    rounds = list(rounds)
    prefetch_related_objects(rounds, "groups")
    invited: dict[Cell, int] = {(one.pk, None): 0 for one in rounds}
    for round in rounds:
        invited |= {(round.pk, group.pk): group.invited for group in round.groups.all()}
    missed = missed_of(rounds)
    for round in rounds:  # of which the letters are no more (surveys.services.clearing)
        kept = [one for one in round.groups.all() if one.missed is not None]
        missed |= {(round.pk, one.pk): Counter(one.missed) for one in kept}
    answered = _by_cell(Response.objects.filter(round__in=rounds))
    answers: dict[Cell, Counter[str]] = {one: Counter() for one in invited}
    chosen: dict[Cell, Counter[tuple[str, str]]] = {one: Counter() for one in invited}
    given = Given.objects.filter(question__round__in=rounds).values_list(
        "question__round", "group_id", "question__key", "options", "number"
    )
    for *cell, question, options, number, many in given.annotate(many=Count("pk")).order_by():
        answers[*cell][question] += many
        for one in options if number is None else [str(number)]:
            chosen[*cell][question, one] += many
    return {
        cell: Tally(
            many, missed.get(cell, Counter()), answered.get(cell, 0), answers[cell], chosen[cell]
        )
        for cell, many in invited.items()
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


def missed_of(rounds: Iterable[Round]) -> dict[Cell, Missed]:
    """By what was known at the end of the round: what comes back later changes no report. Also of
    who answered after all: the page of the round counts them so, and less the one of the other
    would tell who that was."""
    first = Q(
        letters__kind=Letter.Kind.INVITATION,
        letters__state__in=NOT_ARRIVED,
        letters__finished_at__lte=F("round__ended_at"),
    )
    rows = Invitation.objects.filter(first, round__in=rounds).order_by()
    found: dict[Cell, Missed] = {}
    states = rows.values_list("round_id", "group_id", "letters__state").annotate(many=Count("pk"))
    for round, group, state, many in states:
        found.setdefault((round, group), Counter())[state] = many
    return found


def _by_cell(rows: QuerySet) -> dict[Cell, int]:
    cells = rows.values_list("round_id", "group_id").annotate(many=Count("pk")).order_by()
    return {(round, group): many for round, group, many in cells}
