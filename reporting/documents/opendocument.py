"""The open formats: ODS to count with, and ODT to write on in."""

import io
from collections.abc import Iterable
from datetime import datetime

from odfdo import Cell, Column, Document, Element, Header, Paragraph, Row, Style, Table

from facts.dates import AMSTERDAM
from reporting.documents.sheets import NOT_IN_A_NAME, printable, sheets_of
from reporting.documents.source import Source
from reporting.figures import Number
from reporting.presenting import page as shown


def as_ods(source: Source) -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    for sheet in sheets_of(source):
        table = Table(sheet.name)
        for place, row in enumerate(sheet.rows):
            line = Row()
            line.extend_cells([_cell(value) for value in row])
            table.append(line)
            if place == 0 and len(row) > 2:
                _first_row_is_a_header(table)
        document.body.append(table)
    return _saved(document, source)


def as_odt(source: Source) -> bytes:
    document = Document("text")
    document.body.clear()
    bold = document.insert_style(
        Style("paragraph", name="Kop van tabel", area="text", bold=True), automatic=True
    )
    for element in _elements(source, bold):
        document.body.append(element)
    return _saved(document, source)


def _elements(source: Source, bold: str):
    page = source.page
    yield Header(1, printable(source.title))
    yield Paragraph(f"Periode: {page.span}. Zoals bekend op {page.known_on}.")
    yield from _paragraphs(source.introduction)
    for chapter in page.chapters:
        yield Header(2, printable(chapter.title))
        yield from _paragraphs(source.texts.get(chapter.slug, ()))
        for group in chapter.groups:
            for sentence in group.sentences:
                yield from _sentence(sentence)
            if group.table:
                yield from _table(group.table, bold)
    for title, texts in source.afterwards:
        yield Header(2, printable(title))
        yield from _paragraphs(texts)
    for listing in source.appendix:
        yield Header(2, printable(listing.title))
        yield Paragraph(printable(listing.about))
        yield _grid(listing.title, listing.columns, listing.rows, bold)


def _paragraphs(texts: Iterable[str]):
    return (Paragraph(printable(text)) for text in texts)


def _sentence(sentence: "shown.Sentence"):
    detail = f" ({sentence.detail})" if sentence.detail else ""
    yield Paragraph(printable(f"{sentence.number} {sentence.text}{detail}"))
    if sentence.footnote:
        yield Paragraph(printable(sentence.footnote))


def _table(shown_table: "shown.Table", bold: str):
    yield Header(3, printable(shown_table.title))
    head = ("", shown_table.unit.capitalize(), "Aandeel")
    rows = (*shown_table.rows, *shown_table.rest)
    lines = ((row.label, row.number, row.share) for row in rows)
    yield _grid(shown_table.key, head, lines, bold)
    if shown_table.footnote:
        yield Paragraph(printable(shown_table.footnote))


def _grid(name: str, head: Iterable[str], rows: Iterable[Iterable[str]], bold: str) -> Table:
    table = Table(printable(name).translate(NOT_IN_A_NAME))
    head = _line(head, bold)
    table.append(Column(repeated=len(head.cells)))
    table.append(head)
    _first_row_is_a_header(table)
    for row in rows:
        table.append(_line(row))
    return table


def _line(texts: Iterable[str], style: str | None = None) -> Row:
    line = Row()
    for text in texts:
        cell = Cell()
        cell.append(Paragraph(printable(text), style=style))
        line.append(cell)
    return line


def _first_row_is_a_header(table: Table) -> None:
    """Read out with every cell below it, and repeated on every page."""
    header = Element.from_tag("<table:table-header-rows/>")
    first = table.get_elements("table:table-row")[0]
    place = table.index(first)
    table.delete(first, keep_tail=False)
    header.append(first)
    table.insert(header, position=place)


def _cell(value: str | Number) -> Cell:
    """Text is text, whatever it begins with (T43)."""
    if isinstance(value, str):
        return Cell(printable(value), cell_type="string")
    return Cell() if value is None else Cell(value)


def _saved(document: Document, source: Source) -> bytes:
    meta = document.meta
    moment: datetime = source.dates.known_on.astimezone(AMSTERDAM).replace(tzinfo=None)
    meta.title, meta.creator, meta.language = source.title, "Ondersteuningsteam", "nl-NL"
    meta.creation_date = meta.date = moment
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
