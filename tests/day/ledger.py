"""What was done that day, in dicts and lists: written from what the screens answered.

Nothing here knows the product: no database, no model, no rule of a figure. A row that was taken
back stays, with `stands` False. `cells` are those of the monitor workbook, which the plain count
of tests/oracle reads.
"""

import copy
import datetime
from typing import Any

from tests.oracle.book import COLUMNS, Book

Row = dict[str, Any]
RANK = ["Nog niet gestart", "Nooit gestart", "Lopend", "Afgesloten", "Heropend"]
SEVERAL = {
    "gewenste gezinssituatie": "wensen",
    "redenen uithuisplaatsing": "redenen",
}


class Ledger:
    """`families`: by the id in their address. `people`: each with its family and its names."""

    def __init__(self) -> None:
        self.families: list[str] = []
        self.people: list[Row] = []
        self.registrations: dict[str, Row] = {}  # by number
        self.rows: list[Row] = []
        self.before: list[tuple[str, Row]] = []  # sheet and cells, of before the day
        self.acts: list[str] = []

    def happened(self, act: str, answer: str) -> None:
        self.acts.append(f"{act}: {answer}")

    def add_person(self, family: str, name: str, role: str | None, born: Any) -> Row:
        person = {"id": f"p{len(self.people)}", "family": family, "name": name}
        person |= {"role": role, "born": born, "stands": True}
        self.people.append(person)
        return person

    def person(self, family: str, name: str) -> Row:
        """By the name as a form shows it, with or without the role behind it."""
        for one in self.people:
            plain = name == one["name"] or name.startswith(f"{one['name']} (")
            if one["stands"] and one["family"] == family and plain:
                return one
        raise KeyError(f"{name} hoort niet bij {family}")

    def register(self, number: str, family: str, people: list[Row], **cells: Any) -> None:
        if family not in self.families:
            self.families.append(family)
        applicants = "; ".join(one["id"] for one in people)
        self.registrations[number] = {
            "gezinsnummer": family, "aanmelders": applicants,
            "telefonisch contact op": None, "welkomstgesprek ingepland op": None, **cells,
        }  # fmt: skip

    def move(self, number: str, status: str, on: datetime.date, reason: str | None) -> None:
        cells = {"aanmeldnummer": number, "status": status, "ingangsdatum": on, "reden": reason}
        self.rows.append({"sheet": "Statussen", "of": number, "cells": cells, "stands": True})

    def take_back_last_move(self, number: str) -> None:
        last = max(self.moves_of(number), key=_when)
        last["stands"] = False

    def moves_of(self, number: str) -> list[Row]:
        rows = [row for row in self.rows if row["sheet"] == "Statussen" and row["of"] == number]
        return [row for row in rows if row["stands"]]

    def add(self, sheet: str, family: str, id: str, **cells: Any) -> None:
        """A fact; `id` is what its address ends with."""
        self.rows.append({"sheet": sheet, "of": family, "id": id, "cells": cells, "stands": True})

    def withdraw(self, id: str) -> None:
        self.fact(id)["stands"] = False

    def correct(self, old: str, new: str, **cells: Any) -> None:
        row = self.fact(old)
        row["stands"] = False
        self.add(row["sheet"], row["of"], new, **cells)

    def fact(self, id: str) -> Row:
        return next(row for row in self.rows if row.get("id") == id)

    def knows(self, id: str) -> bool:
        return any(row.get("id") == id and row["stands"] for row in self.rows)


def _when(row: Row) -> tuple[datetime.date, int]:
    return row["cells"]["ingangsdatum"], RANK.index(row["cells"]["status"])


def as_book(ledger: Ledger, *, forgets_what_was_taken_back: bool = False) -> Book:
    """The ledger as the rows of a workbook. With `forgets_...` a count that goes wrong: it takes
    what was taken back for so."""
    book: Book = {sheet: [] for sheet in COLUMNS}
    for sheet, cells in ledger.before:
        _write(book, sheet, cells)
    rows = [row for row in ledger.rows if row["stands"] or forgets_what_was_taken_back]
    for family in ledger.families:
        own = [row for row in rows if row["of"] == family]
        _write(book, "Gezinnen", {"gezinsnummer": family, **_of_family(own)})
    for person in ledger.people:
        if person["stands"] or forgets_what_was_taken_back:
            cells = {"persoonsnummer": person["id"], "gezinsnummer": person["family"]}
            _write(
                book, "Personen", cells | {"rol": person["role"], "geboortedatum": person["born"]}
            )
    for number, cells in ledger.registrations.items():
        _write(book, "Aanmeldingen", {"aanmeldnummer": number, **cells})
    for row in rows:
        if row["sheet"] in COLUMNS:
            _write(book, row["sheet"], row["cells"])
    return copy.deepcopy(book)


def _of_family(rows: list[Row]) -> Row:
    """What the workbook has in one cell a family, and the screens write down one by one."""
    composition = [row["cells"]["label"] for row in rows if row["sheet"] == "samenstelling"]
    cells: Row = {"gezinssamenstelling": composition[-1] if composition else None}
    for heading, sheet in SEVERAL.items():
        labels = sorted({row["cells"]["label"] for row in rows if row["sheet"] == sheet})
        cells[heading] = "; ".join(labels) or None
    return cells


def _write(book: Book, sheet: str, cells: Row) -> None:
    row = dict.fromkeys(COLUMNS[sheet])
    unknown = set(cells) - set(row)
    assert not unknown, f"{sheet} heeft geen kolom {unknown}"
    book[sheet].append(row | cells)
