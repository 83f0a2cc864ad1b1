"""One source, six forms: the same number everywhere."""

import csv
import html
import io
import json
import re
from datetime import date
from itertools import pairwise

import odfdo
import openpyxl
import pikepdf
import pypdf
import pytest

from facts.dates import Dates, end_of_day
from reporting.documents import FORMS, Source
from reporting.documents.rows import rows_of
from reporting.documents.sheets import HEADER
from reporting.documents.text import as_open_data_text
from reporting.presenting import present
from tests.reporting.runs import FIGURES as GOLDEN

pytestmark = pytest.mark.django_db
KNOWN = date(2024, 8, 5)
DATES = Dates(date(2024, 5, 1), date(2024, 7, 31), end_of_day(KNOWN))
SPREADSHEETS = ("xlsx", "ods", "csv", "json")
EVIL = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    '=HYPERLINK("x")',
)


def made(extension: str, figures=None) -> bytes:
    return FORMS[extension].make(Source(figures or GOLDEN, DATES, KNOWN))


def numbers_in_json(content: bytes) -> dict:
    return json.loads(content)["figures"]


def numbers_in_csv(content: bytes) -> dict:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return {row[0]: float(row[5].replace(",", ".")) if row[5] else None for row in rows[1:]}


def numbers_in_xlsx(content: bytes) -> dict:
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [row for page in book.worksheets[1:] for row in page.iter_rows(min_row=2)]
    return {row[0].value: row[4].value for row in rows}


def numbers_in_ods(content: bytes) -> dict:
    book = odfdo.Document(io.BytesIO(content))
    rows = [row for table in book.body.tables[1:] for row in table.get_values()[1:]]
    return {row[0]: None if row[4] is None else float(row[4]) for row in rows}


READERS = {
    "json": numbers_in_json,
    "csv": numbers_in_csv,
    "xlsx": numbers_in_xlsx,
    "ods": numbers_in_ods,
}


@pytest.mark.parametrize("extension", SPREADSHEETS)
def test_files_for_programs_hold_every_figure_and_no_other(extension):
    assert READERS[extension](made(extension)) == GOLDEN


def shown() -> list[str]:
    """Every number as a reader meets it, behind its words and in order: 'Lopend 465 45%'."""
    found = []
    for chapter in present(GOLDEN, DATES).chapters:
        for group in chapter.groups:
            found += [f"{one.number} {one.text}" for one in group.sentences]
            rows = (*group.table.rows, *group.table.rest) if group.table else ()
            found += [f"{row.label} {row.number} {row.share}".strip() for row in rows]
    assert len(found) > 180
    return [" ".join(one.split()) for one in found]


def text_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def text_of_odt(content: bytes) -> str:
    body = odfdo.Document(io.BytesIO(content)).body
    return "\n".join(one.text_recursive for one in body.get_elements("//text:h | //text:p"))


def text_of_page(content: bytes) -> str:
    text = re.sub(r"<(style|svg|dl|summary).*?</\1>", " ", content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


@pytest.mark.parametrize(
    ("extension", "text_of"), [("pdf", text_of_pdf), ("odt", text_of_odt), ("html", text_of_page)]
)
def test_documents_say_every_number_with_its_words_in_order(extension, text_of):
    text = " ".join(text_of(made(extension)).split())
    place = 0
    for one in shown():
        found = text.find(one, place)
        assert found >= 0, f"'{one}' staat niet na '{text[max(place - 60, 0) : place]}'"
        place = found


# The others are zips, which hold the moment at which they were packed: an edition keeps its file.
@pytest.mark.parametrize("extension", ["html", "pdf", "csv", "json"])
def test_the_same_figures_give_the_same_bytes(extension):
    assert made(extension) == made(extension)


class TestPdf:
    @pytest.fixture
    def pdf(self):
        with pikepdf.open(io.BytesIO(made("pdf"))) as pdf:
            yield pdf

    def elements(self, pdf) -> list[tuple[str, pikepdf.Dictionary]]:
        found = []

        def walk(node) -> None:
            if isinstance(node, pikepdf.Array):
                for kid in node:
                    walk(kid)
            elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
                found.append((str(node.S), node))
                walk(node.get("/K"))
            elif isinstance(node, pikepdf.Dictionary):
                walk(node.get("/K"))

        walk(pdf.Root.StructTreeRoot.K)
        return found

    def test_it_has_a_title_a_language_and_bookmarks(self, pdf):
        assert str(pdf.docinfo["/Title"]) == "Kwartaalcijfers"
        assert str(pdf.Root.Lang) == "nl-NL"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            titles = [one.title for one in outline.root[0].children]
        assert titles == [chapter.title for chapter in present(GOLDEN, DATES).chapters]

    def test_it_says_that_it_is_for_everyone_and_for_the_archive(self, pdf):
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["pdfaid:part"] == "2"

    def test_headings_skip_no_level(self, pdf):
        levels = [int(name[2:]) for name, _ in self.elements(pdf) if re.fullmatch("/H[1-6]", name)]
        assert levels[0] == 1
        assert all(then <= now + 1 for now, then in pairwise(levels))

    def test_every_figure_has_words(self, pdf):
        figures = [node for name, node in self.elements(pdf) if name == "/Figure"]
        assert figures
        assert all(len(str(node.get("/Alt", ""))) > 40 for node in figures)

    def test_every_table_has_header_cells(self, pdf):
        tables = [node for name, node in self.elements(pdf) if name == "/Table"]
        headers = [node for name, node in self.elements(pdf) if name == "/TH"]
        assert len(tables) > 15
        assert len(headers) == 3 * len(tables)


class TestNothingBecomesAFormula:
    """T43. A key of an older version is the one text here that isn't ours."""

    FIGURES = {f"{evil}{place}": place for place, evil in enumerate(EVIL)}

    def test_in_excel(self):
        book = openpyxl.load_workbook(io.BytesIO(made("xlsx", self.FIGURES)))
        cells = [row[0] for row in book.worksheets[1].iter_rows(min_row=2)]
        assert {cell.data_type for cell in cells} == {"s"}
        assert len(cells) == len(EVIL)
        assert {cell.value.lstrip("\t\r\n")[:2] for cell in cells} >= {"=1", "+1", "-1", "@S"}

    def test_in_ods(self):
        book = odfdo.Document(io.BytesIO(made("ods", self.FIGURES)))
        (_, table) = book.body.tables
        xml = table.serialize()
        assert "table:formula" not in xml
        assert xml.count('office:value-type="string"') >= len(EVIL) + len(HEADER)

    def test_in_csv(self):
        rows = list(
            csv.reader(io.StringIO(made("csv", self.FIGURES).decode("utf-8-sig")), delimiter=";")
        )
        assert all(row[0].startswith("'") for row in rows[1:])


def test_open_data_describes_every_figure():
    answer = json.loads(as_open_data_text(Source(GOLDEN, DATES, KNOWN)))
    assert {one["key"]: one["value"] for one in answer["figures"]} == GOLDEN
    assert all("Wat telt mee: " in one["description"] for one in answer["figures"])
    assert all(one["unit"] and one["chapter"] for one in answer["figures"])


def test_a_control_character_breaks_no_file():
    for extension in ("xlsx", "ods", "odt", "pdf"):
        assert made(extension, {"a\x00b\x0bc": 1})


def test_rows_are_read_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = rows_of(GOLDEN, DATES)
    assert len(rows) == len(GOLDEN)
