"""The figures of a report counted by hand, so to say: plain loops over the rows of a workbook.

Written apart from the product, from the rules in golden/README.md alone, to check it against.
"""

from tests.oracle.book import Book
from tests.oracle.count.basics import Dates, Day, Figures
from tests.oracle.count.children import child_figures, children_of
from tests.oracle.count.custody import custody_figures
from tests.oracle.count.families import family_figures
from tests.oracle.count.flows import flow_figures
from tests.oracle.count.registrations import (
    STARTED,
    counting_registrations,
    registration_figures,
    standings,
)

__all__ = ["count"]


def count(book: Book, *, period_start: Day, reference_date: Day, known_on: Day) -> Figures:
    """Every figure by its key; known_on counts as a whole day."""
    dates = Dates(period_start, reference_date, known_on)
    registrations = counting_registrations(book, dates)
    standing = standings(book, registrations, dates)
    families = {
        row["gezinsnummer"]
        for row in registrations
        if standing[row["aanmeldnummer"]].status in STARTED
    }
    children = children_of(book, families, dates)
    return {
        **registration_figures(book, registrations, standing, dates),
        **family_figures(book, families, dates),
        **child_figures(book, children, dates),
        **custody_figures(book, registrations, families, children),
        **flow_figures(book, dates),
    }
