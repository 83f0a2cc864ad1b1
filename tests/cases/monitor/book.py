"""A small monitor workbook with something on every sheet, to be changed by hand."""

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.oracle.book import COLUMNS, Book

Edit = Callable[[Workbook], None]

ROWS: dict[str, list[tuple]] = {
    "Procesbegeleiders": [
        ("amira@ot.example.org", "Amira Aalders", "Team Noord", 0.9, date(2022, 4, 4), None),
        ("bram@ot.example.org", "Bram Haddad", "Team Oost", 1, date(2022, 4, 4), None),
    ],
    "Gezinnen": [
        ("G1", "Eenoudergezin", "Anders; Terugdraaien van de uithuisplaatsing",
         "Financiële problematiek"),
        ("G2", None, None, None),
    ],
    "Personen": [
        ("P1", "G1", "Moeder", "Jolien", "Kaya", None, "jolien@example.org", "0600000001"),
        ("P2", "G1", "Vader", "Mo", "Kaya", None, None, None),
        ("K1", "G1", "Kind", "Noor", "Kaya", date(2012, 5, 6), None, None),
        ("K2", "G1", "Kind", "Sam", "Kaya", date(2014, 7, 8), None, None),
        ("P3", "G2", "Moeder", "Elif", "Demir", None, None, None),
        ("K3", "G2", "Kind", "Ada", "Demir", date(2010, 1, 2), None, None),
    ],
    "Gezag": [("P1", "K1", "ja"), ("P1", "K2", "nee"), ("P3", "K3", "ja")],
    "Betrokken instellingen": [
        ("G1", "Voorbeeldinstelling 1", "Groningen", date(2020, 1, 1), None),
    ],
    "Uithuisplaatsingen": [
        ("K1", date(2018, 3, 1), None, "ja", "Instelling"),
        ("K2", date(2017, 1, 1), date(2019, 1, 1), None, None),
    ],
    "Aanmeldingen": [
        ("A1", "G1", "P1; P2", date(2023, 1, 10), date(2023, 1, 12), "Rechtstreeks", None,
         date(2023, 1, 11), date(2023, 1, 15)),
        ("A2", "G2", "P3", date(2024, 2, 1), None, "Via een professional", "Gemeente", None, None),
    ],
    "Statussen": [
        ("A1", "Lopend", date(2023, 1, 20), None, date(2023, 1, 21)),
        ("A1", "Afgesloten", date(2023, 9, 1), "Verhuisd", None),
        ("A1", "Heropend", date(2024, 1, 5), None, None),
        ("A2", "Lopend", date(2024, 2, 10), None, None),
    ],
    "Toewijzingen": [
        ("A1", "amira@ot.example.org", date(2023, 1, 20), None),
        ("A2", "bram@ot.example.org", date(2024, 2, 10), None),
    ],
    "Ondersteuningsvragen": [
        ("G1", "Zelf weer de regie", date(2023, 2, 1), date(2023, 2, 3)),
        ("G1", "Zelf weer de regie", date(2023, 2, 1), date(2023, 2, 3)),
    ],
    "Ondersteuning": [("G1", "Schuldhulp", date(2023, 3, 1), None)],
    "Resultaten": [
        ("G1", "K2", "Kind teruggeplaatst", date(2023, 8, 1), None),
        ("G2", None, "Bezoekregeling verbeterd", date(2024, 3, 1), date(2024, 3, 4)),
    ],
    "Verklarende analyses": [("G1", date(2023, 4, 1), date(2023, 5, 1), date(2023, 6, 1))],
    "Klachten": [("KL001", "G2", date(2024, 5, 1), None, "Website", None)],
    "Activiteiten": [
        ("Inspireren", "Nooit Neutraal", "Werksessie", "OZJ", "Ministerie", date(2024, 2, 1), None),
        ("Publicatie", "Wie luistert", None, None, None, date(2024, 6, 1), "juni editie"),
    ],
}  # fmt: skip


def small_book() -> Book:
    """Two families: G1 with two parents and two children, G2 with a mother and a child."""
    return copy.deepcopy(
        {
            sheet: [dict(zip(COLUMNS[sheet], row, strict=True)) for row in rows]
            for sheet, rows in ROWS.items()
        }
    )


def workbook_of(book: Book) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet, headings in COLUMNS.items():
        page = workbook.create_sheet(sheet)
        page.append(headings)
        for row in book[sheet]:
            page.append([row.get(heading) for heading in headings])
    return workbook


def save(path: Path, book: Book | None = None, edit: Edit | None = None) -> Path:
    """The book as a file, after `edit` has been at the workbook itself."""
    workbook = workbook_of(book if book is not None else small_book())
    if edit:
        edit(workbook)
    workbook.save(path)
    return path


def put(sheet: str, cell: str, value: Any) -> Edit:
    """An edit: `value` in one cell, in its own format."""

    def edit(workbook: Workbook) -> None:
        workbook[sheet][cell].number_format = "General"
        workbook[sheet][cell].value = value

    return edit


def row_of(book: Book, sheet: str, **cells: Any) -> dict[str, Any]:
    """The only row of a sheet with these cells; headings with underscores for spaces."""
    sought = {name.replace("_", " "): value for name, value in cells.items()}
    (row,) = [row for row in book[sheet] if sought.items() <= row.items()]
    return row
