"""A file holds the rows and fields of the screen that it comes from, and nothing besides: no hidden
sheet, comment, author or older text (T15). That all forms say the same: test_documents.py."""

import io
import re
import zipfile

import openpyxl
import pikepdf
import pytest
from django.urls import reverse

from reporting.documents import FORMS
from tests.matrix.expectations import EXPECTED
from tests.reporting.runs import FIGURES, NOT_COLLECTED, a_done_run, mirjam, with_files
from tests.reporting.test_documents import READERS

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
NAME = "Zwartkanarie"
# Every page of which the answer is a file. A new one? Compare it with its screen, and name it.
GIVES_A_FILE = {"report_file", "publication_file", "series_file", "public_series_file",
                "survey_report_file",
                "overview_html", "overview_pdf",
                "open_document", "mfa_download_recovery_codes"}  # fmt: skip
# What stands in a bundle; anything else could hide something.
PARTS = {
    "xlsx": r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(styles|workbook|"
    r"sharedStrings|theme/theme1)\.xml|xl/worksheets/sheet\d+\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/tables/table\d+\.xml",
    "ods": r"mimetype|(content|styles|meta|settings|manifest)\.(xml|rdf)|META-INF/manifest\.xml|"
    r"Thumbnails/.*|Configurations2/.*",
    "odt": r"mimetype|(content|styles|meta|settings|manifest)\.(xml|rdf)|META-INF/manifest\.xml|"
    r"Pictures/.*|Thumbnails/.*|Configurations2/.*",
}


@pytest.fixture
def run():
    return with_files(a_done_run())


@pytest.fixture
def reader(client):
    user = mirjam()
    user.name = NAME
    user.save()
    client.force_login(user)
    return client


def file_of(reader, run, extension: str) -> bytes:
    response = reader.get(reverse("report_file", args=[run.pk, extension]))
    assert response.status_code == 200
    return response.content


def words_in(content: bytes) -> str:
    """Everything that is packed in it, as text."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return "\n".join(bundle.read(name).decode("utf-8", "replace") for name in bundle.namelist())


def shown_on_screen(reader, run) -> set[float]:
    page = reader.get(reverse("report", args=[run.pk])).content.decode()
    text = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    return {_read(one) for one in NUMBER.findall(re.sub(r"<[^>]*>", " ", text))}


def _read(number: str) -> float:
    return float(number.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("extension", sorted(READERS))
def test_every_number_of_a_file_for_programs_stands_on_the_screen(reader, run, extension):
    numbers = READERS[extension](file_of(reader, run, extension))
    screen = shown_on_screen(reader, run)
    assert set(numbers) == set(FIGURES), "a row more or less"
    missing = {
        key: number
        for key, number in numbers.items()
        if number is not None and not {float(number), round(float(number))} & screen
        and not key.endswith("percentage")
    }  # fmt: skip
    assert missing == {}


@pytest.mark.parametrize("extension", sorted(FORMS))
def test_no_file_says_who_made_it(reader, run, extension):
    content = file_of(reader, run, extension)
    text = words_in(content)
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            text = str(dict(pdf.docinfo)) + pdf.Root.Metadata.read_bytes().decode()
            assert len(pdf.attachments) == 0
            assert "/AcroForm" not in pdf.Root
    assert NAME not in text
    assert "mirjam" not in text.lower()


@pytest.mark.parametrize("extension", sorted(PARTS))
def test_a_bundle_has_the_known_parts_alone(reader, run, extension):
    with zipfile.ZipFile(io.BytesIO(file_of(reader, run, extension))) as bundle:
        parts = [name for name in bundle.namelist() if not name.endswith("/")]
    assert [name for name in parts if not re.fullmatch(PARTS[extension], name)] == []


def test_a_workbook_hides_nothing(reader, run):
    book = openpyxl.load_workbook(io.BytesIO(file_of(reader, run, "xlsx")))
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    assert not book.defined_names
    for sheet in book.worksheets:
        hidden = [key for key, row in sheet.row_dimensions.items() if row.hidden]
        hidden += [key for key, column in sheet.column_dimensions.items() if column.hidden]
        assert hidden == [], sheet.title
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]


def test_a_spreadsheet_and_a_text_keep_no_older_version(reader, run):
    for extension in ("ods", "odt"):
        text = words_in(file_of(reader, run, extension))
        for mark in ("table:display=\"false\"", "tracked-changes", "office:annotation",
                     "table:visibility=\"collapse\"", "text:hidden-text"):  # fmt: skip
            assert mark not in text, (extension, mark)


def test_pages_that_give_a_file_are_known():
    """Of all addresses those whose answer isn't a page; a new export has to be named here."""
    named = {
        name for name in EXPECTED if re.search(r"_file$|_html$|_pdf$|_document$|download", name)
    }
    assert named - {"add_document", "share_file"} == GIVES_A_FILE
