"""The figures of the product beside a plain count of the ledger."""

import datetime
from typing import Any

from facts.dates import Dates, end_of_day
from reporting.figures import REPORT, Breakdown, count
from reporting.services.running import as_json
from tests.oracle.book import Book
from tests.oracle.count import count as count_by_hand

A_QUARTER = datetime.timedelta(days=91)
Figures = dict[str, Any]


def drawn(
    reference: datetime.date, today: datetime.date, known_on: datetime.datetime | None = None
) -> Figures:
    """The report, over the three months before the end of `reference`."""
    asked = Dates(reference - A_QUARTER, reference, known_on or end_of_day(today))
    return as_json(count(REPORT, asked))


def counted(book: Book, reference: datetime.date, today: datetime.date) -> Figures:
    """The same, from the ledger."""
    first = reference - A_QUARTER
    return count_by_hand(book, period_start=first, reference_date=reference, known_on=today)


def differences(ours: Figures, plain: Figures) -> dict[str, tuple[Any, Any]]:
    """Key -> (the report, the ledger) wherever they differ."""
    return {
        key: (ours.get(key, "geen"), plain.get(key, "geen"))
        for key in sorted(ours.keys() | plain.keys())
        if ours.get(key, "geen") != plain.get(key, "geen")
    }


def zero(ours: Figures) -> set[str]:
    """The figures of the report of which nothing was counted."""
    found = set()
    for figure in REPORT:
        keys = [figure.key]
        if isinstance(figure, Breakdown):
            keys = [key for key in ours if key.startswith(f"{figure.key}.")]
        if not any(ours.get(key) for key in keys):
            found.add(figure.key)
    return found
