"""A workbook for Excel."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from facts.numbers import Number

from .sheets import Sheet, printable


def workbook(
    sheets: Iterable[Sheet], *, title: str, widths: Sequence[int], made: datetime | None = None
) -> bytes:
    """`made`: the moment that the file gives for itself, for the same bytes every time."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "Ondersteuningsteam"
    if made:
        book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for place, width in enumerate(widths, start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        for place, row in enumerate(sheet.rows):
            page.append([_cell(page, value, first=place == 0) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(page, value: str | Number, *, first: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    if isinstance(value, str):
        cell.value = printable(value)
        cell.data_type = "s"  # whatever it begins with: never a formula (T43)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
    else:
        cell.value = value
        cell.number_format = "#,##0.00" if isinstance(value, float) else "#,##0"
        cell.alignment = Alignment(vertical="top")
    if first:
        cell.font = Font(bold=True)
    return cell
