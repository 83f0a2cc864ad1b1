"""A copy of a book with its faulty cells marked, and all faults on a first sheet.

Written row by row from what was read: the book itself is never opened by the library that writes.
What a stranger typed stays text here: nothing becomes a formula.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from .faults import Fault, as_text
from .outcome import Outcome
from .reading import Page

MOST_MARKED = 20_000
LONGEST_TEXT = 32_767  # of a cell in Excel
BOLD = Font(bold=True)
MARKED = PatternFill("solid", fgColor="FFC7CE")
COLUMNS = {"blad": 24, "rij": 8, "kolom": 28, "cel": 8, "waarde": 32, "wat er mis is": 70,
           "wat er verwacht werd": 70}  # fmt: skip
AUTHOR = "Import van de monitor"

Marks = dict[tuple[int, int], list[Fault]]  # by row and column, both from 1


def write_marked_copy(outcome: Outcome, path: Path) -> None:
    """Write the copy. Raises OSError when `path` can't be written."""
    with path.open("wb") as file:  # first of all: what can't be written need not be made
        _marked_copy(outcome).save(file)


def _marked_copy(outcome: Outcome) -> Workbook:
    workbook = Workbook(write_only=True)
    _list_faults(workbook.create_sheet("Fouten"), outcome.faults)
    by_sheet: dict[str, Marks] = defaultdict(lambda: defaultdict(list))
    for fault in outcome.faults[:MOST_MARKED]:
        if fault.row is not None and fault.place is not None:
            by_sheet[fault.sheet][fault.row, fault.place].append(fault)
    for name, page in outcome.pages.items():
        _copy_page(workbook.create_sheet(name), page, by_sheet.get(name, {}))
    return workbook


def _list_faults(sheet: WriteOnlyWorksheet, faults: list[Fault]) -> None:
    sheet.freeze_panes = "A2"
    for place, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, heading, font=BOLD) for heading in COLUMNS])
    for fault in faults[:MOST_MARKED]:
        values = (
            fault.sheet,
            fault.row,
            fault.column,
            fault.cell,
            as_text(fault.value),
            fault.message,
            fault.expected,
        )
        sheet.append([_cell(sheet, value) for value in values])
    if len(faults) > MOST_MARKED:
        rest = len(faults) - MOST_MARKED
        sheet.append([_cell(sheet, f"… en nog {rest} fouten, die hier niet gemarkeerd staan.")])


def _copy_page(sheet: WriteOnlyWorksheet, page: Page, marks: Marks) -> None:
    """Every row on the row where it stood."""
    sheet.freeze_panes = "A2"
    widest: dict[int, int] = defaultdict(int)
    for row, column in marks:
        widest[row] = max(widest[row], column)
    last = 0
    for number, cells in [(1, page.headings), *page.rows]:
        for _ in range(number - last - 1):
            sheet.append([])
        padding = [""] * (widest[number] - len(cells))
        sheet.append(
            [
                _marked(sheet, value, marks.get((number, place), ()))
                for place, value in enumerate([*cells, *padding], start=1)
            ]
        )
        last = number


def _marked(sheet: WriteOnlyWorksheet, value: Any, faults: Iterable[Fault]) -> Any:
    if not faults:
        return None if value == "" else _cell(sheet, value)
    cell = _cell(sheet, value)
    cell.fill = MARKED
    words = "\n".join(
        f"{fault.message} Verwacht: {fault.expected}." if fault.expected else fault.message
        for fault in faults
    )
    cell.comment = Comment(_printable(words), AUTHOR, width=320, height=140)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Any, font: Font | None = None) -> WriteOnlyCell:
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    cell = WriteOnlyCell(sheet, _printable(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        # A text stays a text, also when it looks like a formula or an error.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif isinstance(value, datetime):
        cell.number_format = "dd-mm-yyyy hh:mm:ss"
    elif isinstance(value, date):
        cell.number_format = "dd-mm-yyyy"
    if font:
        cell.font = font
    return cell


def _printable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("�", text)[:LONGEST_TEXT]
