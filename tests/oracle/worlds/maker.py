"""What makes a random world: the dates that matter, and a book under way."""

import datetime
from collections.abc import Callable
from typing import TypeVar

from hypothesis import strategies as st

from tests.oracle.book import COLUMNS, Book
from tests.oracle.count.basics import LISTS, Dates, Day

T = TypeVar("T")
FIRST_DAY = datetime.date(2015, 1, 1)
LAST_DAY = datetime.date(2026, 6, 30)


def days_later(day: Day, days: int) -> Day:
    return min(max(day + datetime.timedelta(days=days), FIRST_DAY), LAST_DAY)


def labels(list_name: str) -> list[str]:
    return [item["label"] for item in LISTS[list_name]]


@st.composite
def report_dates(draw: Callable) -> Dates:
    """Mostly an ordinary quarter; also one across the turn of a year, or of odd length."""
    reference = draw(
        st.sampled_from([datetime.date(2024, 7, 31), datetime.date(2025, 1, 31)])
        | st.dates(datetime.date(2022, 6, 1), datetime.date(2026, 1, 31))
    )
    length = draw(st.sampled_from([91, 30, 60]) | st.integers(20, 100))
    known_on = days_later(reference, draw(st.sampled_from([5, 0, 1, 10])))
    return Dates(days_later(reference, -length), reference, known_on)


class Maker:
    """Draws the cells of one book; each sheet's function adds its rows here."""

    def __init__(self, draw: Callable, dates: Dates, *, undated: bool) -> None:
        self.draw = draw
        self.dates = dates
        self.undated = undated
        self.book: Book = {sheet: [] for sheet in COLUMNS}
        self.edges = _edges(dates)
        self._numbers: dict[str, int] = {}

    def add(self, sheet: str, *cells: object) -> None:
        self.book[sheet].append(dict(zip(COLUMNS[sheet], cells, strict=True)))

    def number(self, letter: str) -> str:
        """A number that no other row has."""
        self._numbers[letter] = self._numbers.get(letter, 0) + 1
        return f"{letter}{self._numbers[letter]:05d}"

    def how_many(self, most: int, least: int = 0) -> int:
        return self.draw(st.integers(least, most))

    def one_of(self, *options: T) -> T:
        return self.draw(st.sampled_from(options))

    def label(self, list_name: str, first: int | None = None) -> str:
        """A label of the list; `first` keeps to the first few, so that rows coincide more."""
        return self.one_of(*labels(list_name)[:first])

    def label_or_empty(self, list_name: str) -> str | None:
        return self.one_of(None, *labels(list_name))

    def several_labels(self, list_name: str) -> str | None:
        some = st.lists(st.sampled_from(labels(list_name)), unique=True, max_size=3)
        return "; ".join(self.draw(some)) or None

    def day(self) -> Day:
        """On or beside a date that rules the report, or anywhere in the years before."""
        return self.one_of(self.one_of(*self.edges), self.some_time_before())

    def some_time_before(self) -> Day:
        return days_later(self.dates.reference_date, -self.how_many(900))

    def optional_day(self) -> Day | None:
        return None if self.undated and self.one_of(False, False, True) else self.day()

    def day_from(self, begin: Day | None) -> Day:
        """That same day or later."""
        if begin is None:
            return self.day()
        later_edges = [edge for edge in self.edges if edge > begin]
        nearby = [days_later(begin, days) for days in (1, 20, 200)]
        return self.one_of(begin, begin, *nearby, *later_edges)

    def day_from_or_empty(self, begin: Day | None) -> Day | None:
        return self.one_of(None, self.day_from(begin))


def _edges(dates: Dates) -> list[Day]:
    """The boundary days of every rule, and the days beside them."""
    start, reference, known_on = dates
    edges = {days_later(each, n) for each in (start, known_on) for n in (-1, 0, 1)}
    # Seven and two days before the reference date the windows of the reaction times end on it.
    edges |= {days_later(reference, n) for n in (-8, -7, -6, -3, -2, -1, 0, 1)}
    new_year = reference.replace(month=1, day=1)
    edges |= {new_year, days_later(new_year, -1)}
    # The two days that rule most stand twice, so that they come up more.
    return [reference, start, *sorted(edges)]
