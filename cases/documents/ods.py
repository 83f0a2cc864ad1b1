"""The open formats: a workbook as ODS, and what ODS and ODT share."""

import io
from collections.abc import Iterable
from datetime import datetime

from odfdo import Cell, Document, Element, Row, Table

from facts.dates import AMSTERDAM
from facts.numbers import Number

from .sheets import Sheet, printable


def open_workbook(sheets: Iterable[Sheet], *, title: str, made: datetime) -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    for sheet in sheets:
        table = Table(sheet.name)
        for place, row in enumerate(sheet.rows):
            line = Row()
            line.extend_cells([_cell(value) for value in row])
            table.append(line)
            if place == 0 and len(row) > 2:
                first_row_is_a_header(table)
        document.body.append(table)
    return saved(document, title=title, made=made)


def first_row_is_a_header(table: Table) -> None:
    """Read out with every cell below it, and repeated on every page."""
    header = Element.from_tag("<table:table-header-rows/>")
    first = table.get_elements("table:table-row")[0]
    place = table.index(first)
    table.delete(first, keep_tail=False)
    header.append(first)
    table.insert(header, position=place)


def saved(document: Document, *, title: str, made: datetime) -> bytes:
    """`made`: the moment that the file gives for itself."""
    meta = document.meta
    moment = made.astimezone(AMSTERDAM).replace(tzinfo=None)
    meta.title, meta.creator, meta.language = title, "Ondersteuningsteam", "nl-NL"
    meta.creation_date = meta.date = moment
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _cell(value: str | Number) -> Cell:
    """Text is text, whatever it begins with (T43)."""
    if isinstance(value, str):
        return Cell(printable(value), cell_type="string")
    return Cell() if value is None else Cell(value)
