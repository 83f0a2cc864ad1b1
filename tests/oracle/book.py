"""A monitor workbook as plain Python: sheet name -> rows as dicts by their Dutch heading."""

import datetime
from collections.abc import Collection
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

Row = dict[str, object]
Book = dict[str, list[Row]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "Procesbegeleiders": ("e-mail", "naam", "team", "fte", "vanaf", "tot"),
    "Gezinnen": (
        "gezinsnummer", "gezinssamenstelling", "gewenste gezinssituatie",
        "redenen uithuisplaatsing",
    ),
    "Personen": (
        "persoonsnummer", "gezinsnummer", "rol", "voornaam", "achternaam", "geboortedatum",
        "e-mail", "telefoon",
    ),
    "Gezag": ("oudernummer", "kindnummer", "gezag"),
    "Betrokken instellingen": (
        "gezinsnummer", "gecertificeerde instelling", "jeugdzorgregio", "vanaf", "tot",
    ),
    "Uithuisplaatsingen": (
        "kindnummer", "begin", "einde", "jeugdbeschermingsmaatregel", "verblijfplaats",
    ),
    "Aanmeldingen": (
        "aanmeldnummer", "gezinsnummer", "aanmelders", "aangemeld op", "verwerkt op", "route",
        "verwijzer", "telefonisch contact op", "welkomstgesprek ingepland op",
    ),
    "Statussen": ("aanmeldnummer", "status", "ingangsdatum", "reden", "verwerkt op"),
    "Toewijzingen": ("aanmeldnummer", "procesbegeleider", "vanaf", "tot"),
    "Ondersteuningsvragen": ("gezinsnummer", "vraag", "datum", "verwerkt op"),
    "Ondersteuning": ("gezinsnummer", "vorm", "datum", "verwerkt op"),
    "Resultaten": ("gezinsnummer", "kindnummer", "resultaat", "datum", "verwerkt op"),
    "Verklarende analyses": ("gezinsnummer", "aangevraagd op", "gestart op", "afgerond op"),
    "Klachten": (
        "klachtnummer", "gezinsnummer", "ontvangen op", "afgehandeld op", "onderwerp", "maatregel",
    ),
    "Activiteiten": (
        "onderdeel", "titel", "vorm", "organisator", "doelgroep", "datum", "datum in woorden",
    ),
}  # fmt: skip


def read_book(path: str | Path) -> Book:
    """Every sheet of the workbook; a sheet or column that is missing reads as empty."""
    workbook = CalamineWorkbook.from_path(str(path))
    return {
        sheet: _read_rows(workbook, sheet) if sheet in workbook.sheet_names else []
        for sheet in COLUMNS
    }


def _read_rows(workbook: CalamineWorkbook, sheet: str) -> list[Row]:
    lines = workbook.get_sheet_by_name(sheet).to_python()
    if not lines:
        return []
    headings = [str(heading) for heading in lines[0]]
    rows = []
    for line in lines[1:]:
        cells = [_cell(value) for value in line]
        if any(cell is not None for cell in cells):
            empty_row: Row = dict.fromkeys(COLUMNS[sheet])
            rows.append(empty_row | dict(zip(headings, cells, strict=True)))
    return rows


def _cell(value: object) -> object:
    if value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    return value


def write_book(
    book: Book, path: str | Path, *, leave_out_columns: Collection[tuple[str, str]] = ()
) -> None:
    """Write all 15 sheets; `leave_out_columns` names (sheet, heading) pairs to leave away."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet, columns in COLUMNS.items():
        headings = [column for column in columns if (sheet, column) not in leave_out_columns]
        page = workbook.create_sheet(sheet)
        page.append(headings)
        for row in book.get(sheet, []):
            page.append([row.get(heading) for heading in headings])
        for cells in page.iter_rows(min_row=2):
            for cell in cells:
                if isinstance(cell.value, datetime.date):
                    cell.number_format = "yyyy-mm-dd"
    workbook.save(path)
