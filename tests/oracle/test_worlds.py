"""The random worlds: each survives its workbook, and each obeys what the importer demands."""

import datetime
import tempfile
from pathlib import Path

from hypothesis import given, settings

from tests.oracle.book import Book, Row, read_book, write_book
from tests.oracle.count import count
from tests.oracle.count.registrations import RANK
from tests.oracle.worlds import WITH_NUMBERS, worlds
from tests.oracle.worlds.facts import PER_CHILD
from tests.oracle.worlds.maker import FIRST_DAY, LAST_DAY
from tests.oracle.worlds.registrations import FIRST_MOVES, LABEL, MOVES

HAPPENED = {"Aanmeldingen": "aangemeld op", "Statussen": "ingangsdatum"}
IN_ORDER = {
    "Procesbegeleiders": ("vanaf", "tot"),
    "Betrokken instellingen": ("vanaf", "tot"),
    "Uithuisplaatsingen": ("begin", "einde"),
    "Toewijzingen": ("vanaf", "tot"),
    "Verklarende analyses": ("aangevraagd op", "gestart op", "afgerond op"),
    "Klachten": ("ontvangen op", "afgehandeld op"),
}


@settings(max_examples=30, deadline=None)
@given(worlds())
def test_a_world_survives_its_workbook(world):
    book, dates = world
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "monitor.xlsx"
        write_book(book, path)
        again = read_book(path)
    assert again == book
    assert count(again, **dates._asdict()) == count(book, **dates._asdict())


@settings(max_examples=50, deadline=None)
@given(worlds(undated=True))
def test_a_world_has_its_days_in_order(world):
    book, dates = world
    assert dates.period_start < dates.reference_date <= dates.known_on
    for sheet, rows in book.items():
        for row in rows:
            days = [row[column] for column in IN_ORDER.get(sheet, ()) if row[column]]
            assert days == sorted(days)
            happened = row.get(HAPPENED.get(sheet, "datum"))
            assert not (happened and row.get("verwerkt op")) or happened <= row["verwerkt op"]
            all_days = [cell for cell in row.values() if isinstance(cell, datetime.date)]
            assert all(FIRST_DAY <= each <= LAST_DAY for each in all_days)


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_a_world_refers_only_to_what_is_there(world):
    book, _ = world
    for sheet in WITH_NUMBERS:
        numbers = [next(iter(row.values())) for row in book[sheet]]
        assert len(numbers) == len(set(numbers))
    family_of = {row["persoonsnummer"]: row["gezinsnummer"] for row in book["Personen"]}
    for row in book["Aanmeldingen"]:
        applicants = row["aanmelders"].split("; ")
        assert len(set(applicants)) == len(applicants)
        assert {family_of[person] for person in applicants} == {row["gezinsnummer"]}
    for row in book["Resultaten"]:
        assert row["kindnummer"] or row["resultaat"] not in PER_CHILD
        assert not row["kindnummer"] or family_of[row["kindnummer"]] == row["gezinsnummer"]
    answers = {tuple(row.values()) for row in book["Gezag"]}
    assert len({pair[:2] for pair in answers}) == len(answers)
    open_ones = [row for row in book["Toewijzingen"] if row["tot"] is None]
    distinct = {tuple(row.values()) for row in open_ones}
    assert len({row["aanmeldnummer"] for row in open_ones}) == len(distinct)


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_a_world_makes_only_moves_that_are_allowed(world):
    book, _ = world
    for registration in book["Aanmeldingen"]:
        previous, previous_day = None, registration["aangemeld op"]
        for day, status in _path(book, registration):
            assert day >= previous_day
            assert status in (MOVES[previous] if previous else FIRST_MOVES)
            assert (previous, status, day) != ("reopened", "closed", previous_day)
            previous, previous_day = status, day


def _path(book: Book, registration: Row) -> list[tuple[datetime.date, str]]:
    codes = {label: code for code, label in LABEL.items()}
    changes = {
        (row["ingangsdatum"], codes[row["status"]])
        for row in book["Statussen"]
        if row["aanmeldnummer"] == registration["aanmeldnummer"]
    }
    return sorted(changes, key=lambda change: (change[0], RANK.index(change[1])))
