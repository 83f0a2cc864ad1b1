"""ODT, to write on in."""

from collections.abc import Iterable

from odfdo import Cell, Column, Document, Header, Paragraph, Row, Style, Table

from cases.documents.ods import first_row_is_a_header, saved
from cases.documents.sheets import NOT_IN_A_NAME, printable
from reporting.documents.source import Source
from reporting.presenting import page as shown


def as_odt(source: Source) -> bytes:
    document = Document("text")
    document.body.clear()
    bold = document.insert_style(
        Style("paragraph", name="Kop van tabel", area="text", bold=True), automatic=True
    )
    for element in _elements(source, bold):
        document.body.append(element)
    return saved(document, title=source.title, made=source.dates.known_on)


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
    first_row_is_a_header(table)
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
