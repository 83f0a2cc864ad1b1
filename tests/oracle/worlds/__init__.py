"""Random small monitor workbooks that are valid and full of the traps that the rules know of."""

import random
from collections.abc import Callable

from hypothesis import strategies as st

from tests.oracle.book import Book
from tests.oracle.count.basics import Dates
from tests.oracle.worlds.facts import (
    add_activities,
    add_analyses,
    add_complaints,
    add_results,
    add_supervisors,
    add_support,
)
from tests.oracle.worlds.families import add_custody_across, add_family
from tests.oracle.worlds.maker import Maker, report_dates
from tests.oracle.worlds.registrations import add_registration

__all__ = ["worlds"]

WITH_NUMBERS = ("Procesbegeleiders", "Gezinnen", "Personen", "Aanmeldingen", "Klachten")


@st.composite
def worlds(draw: Callable, max_families: int = 6, *, undated: bool = False) -> tuple[Book, Dates]:
    """A book and the dates of a report on it.

    `undated` also leaves days empty that the golden workbook always fills: of requests, support,
    results and analyses asked for, and the begin of spells, involvements and supervisors.
    """
    dates = draw(report_dates())
    maker = Maker(draw, dates, undated=undated)
    add_supervisors(maker)
    how_many = maker.one_of(*range(1, max_families + 1), 0)
    families = [add_family(maker) for _ in range(how_many)]
    add_custody_across(maker, families)
    for family in families:
        for _ in range(maker.one_of(1, 2, 0)):
            add_registration(maker, family)
        add_support(maker, family)
        add_results(maker, family)
        add_analyses(maker, family)
    add_complaints(maker, families)
    add_activities(maker)
    _repeat_rows(maker)
    _leave_sheets_empty(maker)
    _disturb_order(maker)
    return maker.book, dates


def _repeat_rows(maker: Maker) -> None:
    """On sheets without numbers the same row may stand twice."""
    for sheet, rows in maker.book.items():
        if rows and sheet not in WITH_NUMBERS and maker.one_of(False, False, True):
            rows.append(dict(maker.one_of(*rows)))


def _leave_sheets_empty(maker: Maker) -> None:
    """Sheets that no other sheet refers to may be without rows altogether."""
    referred_to = {"Procesbegeleiders", "Gezinnen", "Personen", "Aanmeldingen"}
    sheet = maker.one_of(None, None, *[each for each in maker.book if each not in referred_to])
    if sheet is not None:
        maker.book[sheet] = []


def _disturb_order(maker: Maker) -> None:
    """The order of rows carries no meaning. Seed 0 leaves it, so a shrunken world is readable."""
    seed = maker.how_many(20)
    if seed:
        for rows in maker.book.values():
            random.Random(seed).shuffle(rows)
