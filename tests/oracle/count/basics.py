"""What every chapter of the count needs: the code lists, the three dates, and tallies."""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.oracle.book import Row

Figures = dict[str, int | float | None]
Day = datetime.date

CODE_LISTS = Path(__file__).parents[3] / "cases" / "code_lists.json"
LISTS = {
    name: content["items"]
    for name, content in json.loads(CODE_LISTS.read_text(encoding="utf-8")).items()
}
NOT_IN_VIEW = "not_in_view"


def code(list_name: str, label: object) -> str:
    """The code of a label; an empty cell is 'not in view', an unknown label is an error."""
    if label is None:
        return NOT_IN_VIEW
    for item in LISTS[list_name]:
        if item["label"] == label:
            return item["code"]
    raise ValueError(f"{label!r} does not stand in the list {list_name}")


def theme(list_name: str, item_code: str) -> str:
    for item in LISTS[list_name]:
        if item["code"] == item_code:
            return item["theme"]
    return NOT_IN_VIEW


def several(cell: object) -> list[str]:
    """The values of a cell that may hold several."""
    return str(cell).split("; ") if cell is not None else []


class Dates(NamedTuple):
    """The three dates that rule a report."""

    period_start: Day
    reference_date: Day
    known_on: Day

    def happened(self, day: Day | None) -> bool:
        """By the end of the reference date. Without a date there is nothing to wait for."""
        return day is None or day <= self.reference_date

    def counts(self, row: Row, day_column: str) -> bool:
        """Whether the row happened in time and was also written down in time."""
        day = row[day_column]
        recorded = row.get("verwerkt op") or day
        return self.happened(day) and (recorded is None or recorded <= self.known_on)

    def is_open(self, begin: Day | None, end: Day | None) -> bool:
        """Half-open: on its last day it is over already."""
        return self.happened(begin) and (end is None or end > self.reference_date)

    def in_period(self, day: Day | None) -> bool:
        return day is not None and self.period_start <= day <= self.reference_date


def tally(prefix: str, codes: Iterable[str]) -> Figures:
    """How often each code occurs; a code that does not occur gets no key."""
    figures: Figures = {}
    for each in codes:
        key = f"{prefix}.{each}"
        figures[key] = figures.get(key, 0) + 1
    return figures


def tally_distinct(prefix: str, pairs: Iterable[tuple[str, str]]) -> Figures:
    """How many different owners each code has, from (owner, code) pairs."""
    return tally(prefix, [each for _, each in set(pairs)])
