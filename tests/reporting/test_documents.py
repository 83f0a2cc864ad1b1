"""One source, six forms: the same number everywhere."""

import csv
import io
import json
import re
from datetime import date
from itertools import pairwise

import odfdo
import openpyxl
import pikepdf
import pytest

from facts.dates import Dates, end_of_day
from reporting.documents import FORMS, Listing, Source
from reporting.documents.rows import rows_of
from reporting.documents.sheets import HEADER
from reporting.presenting import present
from tests.reporting.reading_forms import READERS, ROWS, TEXTS, first_missing, shown
from tests.reporting.reading_pdf import elements_below
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


@pytest.mark.parametrize("extension", SPREADSHEETS)
def test_files_for_programs_hold_every_figure_and_no_other(extension):
    assert READERS[extension](made(extension)) == GOLDEN


@pytest.mark.parametrize("extension", TEXTS)
def test_documents_say_every_number_with_its_words_in_order(extension):
    assert first_missing(shown(GOLDEN, DATES), TEXTS[extension](made(extension))) == ""


@pytest.mark.parametrize("extension", TEXTS)
def test_and_what_is_written_beside_the_numbers(extension):
    source = Source(
        GOLDEN, DATES, KNOWN, title="Een kwartaal", correction="Drie late meldingen.",
        texts={"inleiding": ("Vooraf.",), "organisatie": ("Bij de organisatie.",),
               "samenwerken": ("Met gemeenten.",), "borgen": ("Op 3 juni.",)},
    )  # fmt: skip
    text = TEXTS[extension](FORMS[extension].make(source))
    lines = ["Een kwartaal", "Hersteld: Drie late meldingen.", "Vooraf.", "Bij de organisatie."]
    lines += ["Samenwerken Met gemeenten.", "Borgen Op 3 juni."]
    assert first_missing(lines, text) == ""
    assert text.count("Bij de organisatie.") == 1


@pytest.mark.parametrize("extension", TEXTS)
def test_a_hidden_number_is_hidden_in_every_document(extension):
    hidden = frozenset({"registrations.status.running", "children.residence.not_in_view"})
    text = TEXTS[extension](FORMS[extension].make(Source(GOLDEN, DATES, KNOWN, hidden)))
    assert first_missing(shown(GOLDEN, DATES, hidden), text) == ""
    assert "Lopend verborgen" in " ".join(text.split())
    assert "zo klein dat het te herleiden kan zijn tot mensen" in " ".join(text.split())


# The others are zips, which hold the moment at which they were packed: an edition keeps its file.
@pytest.mark.parametrize("extension", ["html", "pdf", "csv", "json"])
def test_the_same_figures_give_the_same_bytes(extension):
    assert made(extension) == made(extension)


def is_list(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Array)


APPENDIX = Listing("Overzicht", "Tot nu toe.", ("Titel", "Datum"), (3, 1), (("Een", "juni"),))


class TestPdf:
    @pytest.fixture
    def pdf(self):
        content = FORMS["pdf"].make(Source(GOLDEN, DATES, KNOWN, appendix=(APPENDIX,)))
        with pikepdf.open(io.BytesIO(content)) as pdf:
            yield pdf

    def elements(self, pdf) -> list[tuple[str, pikepdf.Dictionary]]:
        return elements_below(pdf.Root.StructTreeRoot)

    def test_it_has_a_title_a_language_and_bookmarks(self, pdf):
        assert str(pdf.docinfo["/Title"]) == "Kwartaalcijfers"
        assert str(pdf.Root.Lang) == "nl-NL"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            titles = [one.title for one in outline.root[0].children]
        chapters = [chapter.title for chapter in present(GOLDEN, DATES).chapters]
        assert titles == [*chapters, APPENDIX.title]

    def test_it_says_that_it_is_for_everyone_and_for_the_archive(self, pdf):
        """PDF/UA-1 and PDF/A-2a, T113."""
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["dc:title"] == "Kwartaalcijfers"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle

    def test_headings_skip_no_level(self, pdf):
        levels = [int(name[2:]) for name, _ in self.elements(pdf) if re.fullmatch("/H[1-6]", name)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(then <= now + 1 for now, then in pairwise(levels))

    def test_every_figure_has_words(self, pdf):
        figures = [node for name, node in self.elements(pdf) if name == "/Figure"]
        assert figures
        assert all(len(str(node.get("/Alt", ""))) > 40 for node in figures)

    def test_every_table_has_header_cells(self, pdf):
        tables = [node for name, node in self.elements(pdf) if name == "/Table"]
        assert len(tables) > 15
        for table, columns in zip(tables, [*[3] * (len(tables) - 1), 2], strict=True):
            within = elements_below(table)
            first_row = next(node for name, node in within if name == "/TR")
            cells = [name for name, _ in elements_below(first_row) if name in ("/TH", "/TD")]
            assert cells == ["/TH"] * columns
            headers = [node for name, node in within if name == "/TH"]
            assert len(headers) == columns, "no other row has any"
            attributes = [
                one for node in headers for one in (node.A if is_list(node.A) else [node.A])
            ]
            scopes = [str(one.Scope) for one in attributes if "/Scope" in one]
            assert scopes == ["/Column"] * columns


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


class TestOpenData:
    """Each figure with its key, label, unit, rule, and why it is hidden: in every data form."""

    HIDDEN_KEY = "registrations.status.running"
    SOURCE = Source(GOLDEN, DATES, KNOWN, frozenset({HIDDEN_KEY}), described=True)

    def test_json_describes_every_figure(self):
        answer = json.loads(FORMS["json"].make(self.SOURCE))
        described = {one["key"]: one for one in answer["descriptions"]}
        assert set(described) == set(answer["figures"]) == set(GOLDEN)
        assert all("Wat telt mee: " in one["rule"] for one in described.values())
        assert all(one["unit"] and one["chapter"] and one["label"] for one in described.values())
        hidden = {key for key, one in described.items() if one["hidden"]}
        assert hidden == {self.HIDDEN_KEY}
        assert answer["figures"][self.HIDDEN_KEY] is None
        assert answer["language"] == "nl"

    @pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
    def test_sheets_do_too(self, extension):
        rows = {row[0]: row for row in ROWS[extension](FORMS[extension].make(self.SOURCE))}
        assert rows.keys() >= GOLDEN.keys()
        explained = -2
        assert all("Wat telt mee: " in rows[key][explained] for key in GOLDEN)
        assert {key for key in GOLDEN if rows[key][-1]} == {self.HIDDEN_KEY}

    def test_no_reason_says_which_of_the_hidden_ones_is_small(self):
        keys = frozenset(list(GOLDEN)[:9])
        rows = rows_of(GOLDEN, DATES, keys)
        assert len({row.empty for row in rows if row.key in keys}) == 1


def test_a_control_character_breaks_no_file():
    for extension in ("xlsx", "ods", "odt", "pdf"):
        assert made(extension, {"a\x00b\x0bc": 1})


def test_rows_are_read_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = rows_of(GOLDEN, DATES)
    assert len(rows) == len(GOLDEN)
