"""A random world, through the real importer, against a count that was written apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from cases.monitor.importing import import_monitor
from facts.dates import Dates
from reporting.figures import REPORT, Percentage, Total, broken_rules, count, records
from reporting.services.running import as_json
from tests.oracle.book import Book, write_book
from tests.oracle.count import count as count_by_hand


@contextmanager
def imported(book: Book, folder: Path) -> Iterator[None]:
    """`book` as a workbook, read by the importer; afterwards nothing of it is left."""
    path = folder / "wereld.xlsx"
    write_book(book, path)
    with transaction.atomic():
        outcome = import_monitor(path, dry_run=False)
        assert not outcome.faults, outcome.faults
        yield
        transaction.set_rollback(True)


def differences(book: Book, dates) -> dict[str, tuple]:
    """Key -> (ours, by hand) wherever they differ, or wherever a figure and its records do."""
    asked = Dates.by_day(*dates)
    ours = as_json(count(REPORT, asked))
    by_hand = count_by_hand(book, **dates._asdict())
    found = {
        key: (ours.get(key, "geen"), by_hand.get(key, "geen"))
        for key in ours.keys() | by_hand.keys()
        if ours.get(key, "geen") != by_hand.get(key, "geen")
    }
    for key, number in ours.items():
        declared, _ = REPORT.find(key)
        behind = None if isinstance(declared, Percentage | Total) else records(REPORT, key, asked)
        if behind is not None and behind.count() != number:
            found[f"{key} (rijen)"] = (number, behind.count())
    for sentence in broken_rules(REPORT, ours):
        found[sentence] = ("klopt niet", "")
    return found
