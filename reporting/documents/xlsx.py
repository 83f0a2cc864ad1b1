"""A workbook for Excel."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from reporting.documents.sheets import WIDTHS, printable, sheets_of
from reporting.documents.source import Source
from reporting.figures import Number


def as_xlsx(source: Source) -> bytes:
    book = Workbook(write_only=True)
    book.properties.title = source.title
    book.properties.creator = "Ondersteuningsteam"
    book.properties.created = book.properties.modified = source.dates.known_on.replace(tzinfo=None)
    for sheet in sheets_of(source):
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
            page.column_dimensions[letter].width = width
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
