"""What a reader, or a program, finds in each form of a report: to compare number by number."""

import csv
import html
import io
import json
import re
from typing import Any

import odfdo
import openpyxl
import pypdf

from facts.dates import Dates
from reporting.documents.sheets import HEADER
from reporting.presenting import present


def rows_in_csv(content: bytes) -> list[list]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]


def rows_in_xlsx(content: bytes) -> list[list]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets = [list(page.iter_rows(values_only=True)) for page in book.worksheets]
    return [list(row) for rows in sheets if _of_figures(rows) for row in rows[1:]]


def rows_in_ods(content: bytes) -> list[list]:
    book = odfdo.Document(io.BytesIO(content))
    sheets = [table.get_values() for table in book.body.tables]
    return [row for rows in sheets if _of_figures(rows) for row in rows[1:]]


def _of_figures(rows: list) -> bool:
    """A sheet of what the file is, or of the appendix, doesn't begin with a key."""
    return rows[0][0] == HEADER[0]


ROWS = {"csv": rows_in_csv, "xlsx": rows_in_xlsx, "ods": rows_in_ods}


def numbers_in_json(content: bytes) -> dict:
    return json.loads(content)["figures"]


def numbers_in_csv(content: bytes) -> dict:
    rows = rows_in_csv(content)
    return {row[0]: float(row[5].replace(",", ".")) if row[5] else None for row in rows}


def numbers_in_xlsx(content: bytes) -> dict:
    return {row[0]: row[4] for row in rows_in_xlsx(content)}


def numbers_in_ods(content: bytes) -> dict:
    rows = rows_in_ods(content)
    return {row[0]: None if row[4] is None else float(row[4]) for row in rows}


READERS = {
    "json": numbers_in_json,
    "csv": numbers_in_csv,
    "xlsx": numbers_in_xlsx,
    "ods": numbers_in_ods,
}


def text_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def text_of_odt(content: bytes) -> str:
    body = odfdo.Document(io.BytesIO(content)).body
    return "\n".join(one.text_recursive for one in body.get_elements("//text:h | //text:p"))


def text_of_page(content: bytes) -> str:
    text = re.sub(r"<(style|svg|dl|summary).*?</\1>", " ", content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


TEXTS = {"pdf": text_of_pdf, "odt": text_of_odt, "html": text_of_page}


def shown(figures: dict[str, Any], dates: Dates, hidden: frozenset[str] = frozenset()) -> list[str]:
    """Every number as a reader meets it, with its words and in order: 'Lopend 465 45%'."""
    found = []
    for chapter in present(figures, dates, hidden=hidden).chapters:
        for group in chapter.groups:
            found += [f"{one.number} {one.text} {one.detail}" for one in group.sentences]
            rows = (*group.table.rows, *group.table.rest) if group.table else ()
            found += [f"{row.label} {row.number} {row.share}" for row in rows]
    assert len(found) > 180
    return [" ".join(one.split()) for one in found]


def first_missing(lines: list[str], text: str) -> str:
    """'' when all lines stand in the text, in this order; else which doesn't, and after what.
    Brackets don't count: a page sets apart what a document writes between them."""
    text, place = _plain(text), 0
    for one in map(_plain, lines):
        found = text.find(one, place)
        if found < 0:
            return f"'{one}' staat niet na '{text[max(place - 60, 0) : place]}'"
        place = found + len(one)
    return ""


def _plain(text: str) -> str:
    return " ".join(text.replace("(", "").replace(")", "").split())
