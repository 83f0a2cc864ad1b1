"""What is hidden stays hidden: a reader with a solver learns no hidden number to within its
threshold. The solver here is set up apart from the product's: every cell is a variable."""

import random
from datetime import date

import numpy as np
import pytest
from django.db import connection
from scipy.optimize import linprog

from cases.monitor.importing import import_monitor
from facts.dates import Dates
from reporting.figures import REPORT, count
from reporting.services.running import as_json
from reporting.suppression import Decisions, Published, Relations, relations_of, suppress
from reporting.suppression.choosing import Why, threshold_of
from reporting.suppression.relations import AtMost, Sum
from tests.reporting.runs import FIGURES as GOLDEN
from tests.reporting.test_golden import WORKBOOK

pytestmark = pytest.mark.django_db


class Reader:
    """Someone with these editions, and a solver: each a triple of figures, relations, hidden."""

    def __init__(self, editions: list[tuple[dict, Relations, set]]) -> None:
        self.editions = editions
        self.cells = [
            (at, key) for at, (_, one, _) in enumerate(editions) for key in sorted(one.people)
        ]
        self.place = {cell: index for index, cell in enumerate(self.cells)}
        self.equal, self.equal_to, self.below = [], [], []
        for at, (_, relations, _) in enumerate(editions):
            self.know(at, relations)
        if len(editions) == 2:
            self.know_that_months_are_the_same()

    def line(self, at: int, terms: dict) -> np.ndarray:
        row = np.zeros(len(self.cells))
        for key, sign in terms.items():
            row[self.place[at, key]] += sign
        return row

    def know(self, at: int, relations: Relations) -> None:
        for one in relations.sums:
            parts, named = dict.fromkeys(one.parts, -1), isinstance(one.whole, str)
            self.equal.append(self.line(at, {one.whole: 1, **parts} if named else parts))
            self.equal_to.append(0 if named else -one.whole)
        for one in relations.bounds:
            self.below.append(self.line(at, {one.less: 1, **dict.fromkeys(one.more, -1)}))

    def know_that_months_are_the_same(self) -> None:
        (now, one, _), (then, other, _) = self.editions
        for key in one.months & other.months:
            if now[key] == then[key]:
                self.equal.append(self.line(0, {key: 1}) - self.line(1, {key: 1}))
                self.equal_to.append(0)

    def width(self, at: int, key: str) -> float:
        """How far apart the least and the most are that a hidden number can be."""
        options = {
            "A_eq": np.array(self.equal), "b_eq": self.equal_to,
            "A_ub": np.array(self.below) if self.below else None,
            "b_ub": np.zeros(len(self.below)) if self.below else None,
            "bounds": [self.limits(*cell) for cell in self.cells],
        }  # fmt: skip
        goal = self.line(at, {key: 1})
        least, most = linprog(goal, **options), linprog(-goal, **options)
        assert least.status == 0, "the reader's own sums don't hold"
        return np.inf if most.fun is None else -most.fun - least.fun

    def limits(self, at: int, key: str) -> tuple:
        figures, _, hidden = self.editions[at]
        return (1, None) if key in hidden else (figures[key] or 0, figures[key] or 0)


def hidden_in(outcome, relations) -> set[str]:
    return set(outcome.choices) & relations.people


def too_narrow(editions) -> dict:
    reader = Reader(editions)
    return {
        (at, key): width
        for at, (_, relations, hidden) in enumerate(editions)
        for key in sorted(hidden)
        if (width := reader.width(at, key)) < threshold_of(key, relations) - 1e-6
    }


class TestTheGoldenQuarter:
    @pytest.fixture
    def relations(self):
        return relations_of(REPORT, GOLDEN)

    def test_the_sums_that_a_reader_knows_all_hold(self, relations):
        for one in relations.sums:
            whole = GOLDEN[one.whole] if isinstance(one.whole, str) else one.whole
            assert whole == sum(GOLDEN[key] for key in one.parts), one
        for one in relations.bounds:
            assert GOLDEN[one.less] <= sum(GOLDEN[key] for key in one.more), one
        assert len(relations.sums) > 10
        assert len(relations.bounds) > 40

    def test_small_numbers_are_hidden_and_noughts_are_not(self, relations):
        figures = GOLDEN | {"children.residence.other_parent": 0}
        choices = suppress(figures, relations_of(REPORT, figures)).choices
        small = {key for key in relations.people if 0 < figures[key] < threshold_of(key, relations)}
        assert small <= set(choices)
        assert len(small) > 3
        assert not any(figures[key] == 0 for key in choices)
        assert "registrations.never_started_reason.own_choice" in small, "nine, by reason"
        assert "children.residence.institution_other" not in small

    def test_no_hidden_number_can_be_solved(self, relations):
        outcome = suppress(GOLDEN, relations)
        hidden = hidden_in(outcome, relations)
        assert outcome.open == {}
        assert too_narrow([(GOLDEN, relations, hidden)]) == {}
        assert len(hidden) < len(relations.people) / 4, "more is hidden than needs to be"

    def test_with_only_the_small_ones_hidden_they_could_be(self, relations):
        """Else this test of tests would prove nothing."""
        outcome = suppress(GOLDEN, relations)
        small = {key for key, one in outcome.choices.items() if one.why is Why.SMALL}
        assert too_narrow([(GOLDEN, relations, small)])

    def test_every_choice_says_why(self, relations):
        choices = suppress(GOLDEN, relations).choices
        assert {one.why for one in choices.values()} == {Why.SMALL, Why.GIVES_AWAY}
        assert all(one.reason.endswith(".") for one in choices.values())

    def test_what_is_no_people_is_never_hidden(self, relations):
        assert "complaints.received" not in relations.people
        assert "complaints.received" not in suppress(GOLDEN, relations).choices

    def test_a_percentage_of_a_hidden_number_is_hidden(self):
        figures = GOLDEN | {"response.phone_within_two_days.met": 3}
        choices = suppress(figures, relations_of(REPORT, figures)).choices
        assert choices["response.phone_within_two_days.percentage"].why is Why.MADE_OF_HIDDEN

    def test_the_editor_may_decide_otherwise_and_sees_what_that_leaves_open(self, relations):
        shown = {key: "Al bekend" for key in relations.people if "never_started_reason" in key}
        outcome = suppress(GOLDEN, relations, Decisions(shown=shown))
        assert not set(shown) & set(outcome.choices)
        shown.pop("registrations.never_started_reason.own_choice")
        outcome = suppress(GOLDEN, relations, Decisions(shown=shown))
        hidden = hidden_in(outcome, relations)
        assert "registrations.never_started_reason.own_choice" in hidden
        assert set(outcome.open) == {key for _, key in too_narrow([(GOLDEN, relations, hidden)])}

    def test_what_the_editor_hides_is_hidden(self, relations):
        key = "registrations.route.professional"
        outcome = suppress(GOLDEN, relations, Decisions(hidden={key: "Op verzoek"}))
        assert outcome.choices[key].why is Why.EDITOR
        hidden = hidden_in(outcome, relations)
        assert too_narrow([(GOLDEN, relations, hidden)]) == {}


class TestAnEarlierEdition:
    """Months stand in every edition: what one hid, the next may not give away, nor the reverse."""

    MONTHS = [f"m.{month:02}" for month in range(1, 9)]
    NUMBERS = (3, 7, 12, 25, 30, 8, 2, 41)

    def edition(self, months: int, **changed: int) -> tuple[dict, Relations]:
        keys = self.MONTHS[:months]
        figures = dict(zip(keys, self.NUMBERS, strict=False)) | changed
        figures["total"] = sum(figures.values())
        keys = tuple(key for key in figures if key != "total")
        relations = Relations(
            people=frozenset(figures), sums=(Sum("total", keys),), bounds=(), percentages={},
            months=frozenset(keys), fine=frozenset(),
        )  # fmt: skip
        return figures, relations

    @pytest.mark.parametrize("late", [{}, {"m.02": 9}, {"m.01": 6}, {"m.05": 31}])
    def test_neither_gives_the_other_away(self, late):
        before, then = self.edition(5)
        hidden_then = hidden_in(suppress(before, then), then)
        assert hidden_then == {"m.01", "m.02"}
        now, relations = self.edition(8, **late)
        known = Published(before, then, frozenset(hidden_then))
        outcome = suppress(now, relations, previous=known)
        hidden = hidden_in(outcome, relations)
        assert too_narrow([(now, relations, hidden), (before, then, hidden_then)]) == {}
        assert outcome.open == {}

    def test_by_itself_the_new_one_would(self):
        """Seven new months are enough to hide behind, and the old ones come out."""
        before, then = self.edition(5)
        hidden_then = hidden_in(suppress(before, then), then)
        now, relations = self.edition(8, **{"m.01": 3, "m.09": 1, "m.10": 5, "m.11": 5})
        hidden = {"m.01", "m.07", "m.09"}
        assert too_narrow([(now, relations, hidden)]) == {} or hidden_then
        assert too_narrow([(now, relations, hidden), (before, then, hidden_then)])


NUMBERS = (0, 1, 2, 3, 4, 6, 9, 15, 40)


def some_months(chance: random.Random) -> dict[str, int]:
    months = [f"m.2024-{number:02}" for number in range(1, chance.randint(3, 6))]
    return {key: chance.choice(NUMBERS) for key in months}


def later_months(chance: random.Random, before: dict[str, int]) -> dict[str, int]:
    """Those of a later edition: mostly the same, some with what came in late, and new ones."""
    late = {key: number + chance.choice([0, 0, 0, 1, 5]) for key, number in before.items()}
    new = [f"m.2024-{len(before) + number:02}" for number in range(1, chance.randint(2, 4))]
    return late | {key: chance.choice(NUMBERS) for key in new}


def a_small_world(
    chance: random.Random, by_month: dict[str, int] | None = None
) -> tuple[dict, Relations]:
    """A total in two overlapping divisions, one of them by month, and themes with items."""
    figures = dict(some_months(chance) if by_month is None else by_month)
    months = list(figures)
    total = sum(figures.values())
    cuts = sorted(chance.randint(0, total) for _ in range(chance.randint(1, 4)))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
    kinds = {f"k.{place}": number for place, number in enumerate(parts)}
    figures |= {"total": total, **kinds, "pair": parts[0] + parts[1]}
    items = {f"i.{place}": chance.choice([0, 1, 3, 7, 20]) for place in range(3)}
    theme = chance.randint(max(items.values()), max(sum(items.values()), 1))
    figures |= {**items, "theme": min(theme, sum(items.values()))}
    return figures, Relations(
        people=frozenset(figures),
        sums=(
            Sum("total", tuple(months)),
            Sum("total", tuple(kinds)),
            Sum("pair", ("k.0", "k.1")),
        ),
        bounds=(
            AtMost("theme", tuple(items)),
            *(AtMost(item, ("theme",)) for item in items),
        ),
        percentages={},
        months=frozenset(months),
        fine=frozenset(),
    )


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_number_can_be_solved_in_small_worlds(seed):
    chance = random.Random(seed)
    figures, relations = a_small_world(chance)
    outcome = suppress(figures, relations)
    hidden = hidden_in(outcome, relations)
    left = too_narrow([(figures, relations, hidden)])
    assert {key for _, key in left} == set(outcome.open)
    # What can't be hidden at all is a world so small that everything in it is.
    assert all(figures[key] == 0 or key in hidden for key in left_over(outcome, relations))


@pytest.mark.parametrize("seed", range(30))
def test_nor_with_an_earlier_edition_beside_it(seed):
    chance = random.Random(seed)
    months = some_months(chance)
    before, then = a_small_world(chance, months)
    hidden_then = hidden_in(suppress(before, then), then)
    now, relations = a_small_world(chance, later_months(chance, months))
    known = Published(before, then, frozenset(hidden_then))
    outcome = suppress(now, relations, previous=known)
    hidden = hidden_in(outcome, relations)
    left = too_narrow([(now, relations, hidden), (before, then, hidden_then)])
    assert {key for _, key in left} == set(outcome.open)


class TestTheGoldenPredecessor:
    """The golden world as the edition of a quarter earlier told it, and the golden edition."""

    BEFORE = Dates.by_day(date(2024, 2, 1), date(2024, 4, 30), date(2024, 5, 6))

    def test_a_reader_of_both_learns_no_hidden_number(self):
        import_monitor(WORKBOOK, dry_run=False)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        before = as_json(count(REPORT, self.BEFORE))
        then, relations = relations_of(REPORT, before), relations_of(REPORT, GOLDEN)
        months = {key for key in then.months & relations.months if before[key] == GOLDEN[key]}
        assert len(months) > 20, "most months are told twice"
        assert before["registrations.total"] < GOLDEN["registrations.total"]
        hidden_then = hidden_in(suppress(before, then), then)
        known = Published(before, then, frozenset(hidden_then))
        outcome = suppress(GOLDEN, relations, previous=known)
        assert outcome.open == {}
        hidden = hidden_in(outcome, relations)
        assert too_narrow([(GOLDEN, relations, hidden), (before, then, hidden_then)]) == {}
        assert len(hidden) < len(relations.people) / 4, "more is hidden than needs to be"


def left_over(outcome, relations) -> set[str]:
    """What stands in a sum with a number that stayed open."""
    return {
        key
        for one in (*relations.sums,)
        for key in one.keys
        if not set(outcome.open).isdisjoint(one.keys)
    }
