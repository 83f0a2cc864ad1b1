"""Documents: brought in by what they are, kept or not at all, opened through the door."""

import io
import os
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from cases.models import Document
from cases.stored_files import folder
from cases.stored_files.kinds import ODT, kind_of
from tests.cases.office import TODAY, TOMORROW, a_case, browser_of, colleague, last_line
from tests.cases.writing import assign_to_too
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    return settings.DOCUMENTS_FOLDER


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def address(case, which: object = "nieuw", more: str = "") -> str:
    return f"/aanmeldingen/{case.pk}/documenten/{getattr(which, 'pk', which)}/{more}"


def bundle(*names: str, mimetype: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


WORD = bundle("[Content_Types].xml", "word/document.xml")
GOOD = {
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n0000",
    "jpg": b"\xff\xd8\xff\xe0rest",
    "docx": WORD,
    "odt": bundle("content.xml", mimetype=ODT),
    "txt": "Beste Sanne,\r\n\tdank je wel – tot maandag\n".encode(),
}
BAD = {
    "a program": b"MZ\x90\x00\x03",
    "a page": b"<html>\x00<script>alert(1)</script>",
    "a bundle of anything": bundle("readme.txt"),
    "a workbook": bundle("[Content_Types].xml", "xl/workbook.xml"),
    "a letter with macros": bundle(
        "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"
    ),
    "a broken bundle": WORD[:-30],
    "text in another alphabet": b"\xff\xfe\x00d",
}


def bring(client, case, content: bytes, name: str = "brief.pdf", **more):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(address(case), {"file": file, "happened_on": TODAY, **more}, follow=True)


def files_in(place) -> list[str]:
    return sorted(os.listdir(place)) if place.exists() else []


@pytest.fixture
def bring_whole(fatima, case, django_capture_on_commit_callbacks):
    """As a page that commits: the file gets its name."""

    def bring_whole(content: bytes = GOOD["pdf"], **more) -> Document:
        with django_capture_on_commit_callbacks(execute=True):
            bring(browser_of(fatima), case, content, **more)
        return Document.objects.get()

    return bring_whole


@pytest.mark.parametrize("extension", GOOD)
def test_what_is_kept_is_told_by_its_content(extension):
    assert kind_of(io.BytesIO(GOOD[extension])).extension == extension


@pytest.mark.parametrize("what", BAD)
def test_anything_else_is_refused_whatever_its_name(case, fatima, place, what):
    page = bring(browser_of(fatima), case, BAD[what], title="Beschikking")
    assert "Dit is geen bestand dat we bewaren" in page.content.decode()
    assert 'value="Beschikking"' in page.content.decode()
    assert not Document.objects.exists()
    assert files_in(place) == []


def test_it_is_kept_with_its_title_size_and_hash(bring_whole, place, fatima):
    document = bring_whole(title="Beschikking UHT")
    assert (document.title, document.size, document.recorded_by) == ("Beschikking UHT", 9, fatima)
    assert files_in(place) == [document.stored_as]
    assert (place / document.stored_as).stat().st_mode & 0o777 == 0o600
    assert folder.path_of(document).read_bytes() == GOOD["pdf"]


def test_without_a_title_it_is_named_after_the_file(bring_whole):
    assert bring_whole(name="Brief van de GI.pdf").title == "Brief van de GI"


@pytest.mark.parametrize(
    ("content", "more", "words"),
    [
        (b"%PDF-" + b"0" * 200, {}, "Het mag hoogstens"),
        (b"", {}, "Dit bestand is leeg"),
        (b"%PDF-1", {"happened_on": TOMORROW}, "Deze dag moet nog komen"),
    ],
)
def test_too_large_empty_or_of_tomorrow_is_refused(case, fatima, settings, content, more, words):
    settings.LARGEST_DOCUMENT = 100
    assert words in bring(browser_of(fatima), case, content, **more).content.decode()
    assert not Document.objects.exists()


class TestOpening:
    def test_it_comes_as_a_file_that_nobody_on_the_way_keeps(self, bring_whole, case, fatima):
        document = bring_whole(title='Brief "van" ../de\r\nGI')
        answer = browser_of(fatima).get(address(case, document, "openen/"))
        assert b"".join(answer.streaming_content) == GOOD["pdf"]
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="Brief van .. de GI.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        line = last_line()
        assert (line.actor, line.object_type, line.part) == (fatima, "aanmelding", "document")

    def test_only_for_who_may_see_that_registration(self, bring_whole, case):
        document, bob = bring_whole(), colleague("bob")
        assign_to_too(case, bob)
        client = browser_of(bob)
        assert client.get(address(case, document, "openen/")).status_code == 404
        assert last_line().outcome == "refused"
        page = client.get(f"/gezinnen/{family_of(case).pk}/").content.decode()
        assert document.title not in page

    def test_a_manager_reads_and_brings_nothing(self, bring_whole, case):
        document, client = bring_whole(), browser_of(colleague("tess", "teammanager"))
        answer = client.get(address(case, document, "openen/"))
        assert b"".join(answer.streaming_content) == GOOD["pdf"]
        assert client.get(address(case)).status_code == 404

    def test_what_was_withdrawn_or_is_gone_is_not_there(self, bring_whole, case, fatima, place):
        document, client = bring_whole(), browser_of(fatima)
        (place / document.stored_as).rename(place / "elders")
        assert client.get(address(case, document, "openen/")).status_code == 404
        (place / "elders").rename(place / document.stored_as)
        client.post(address(case, document, "intrekken/"), {"reason": "Verkeerd gezin"})
        assert client.get(address(case, document, "openen/")).status_code == 404

    def test_its_title_is_corrected_and_the_file_stays(self, bring_whole, case, fatima):
        document = bring_whole()
        sent = {"title": "Beschikking", "happened_on": TODAY, "correction_reason": "Naam"}
        browser_of(fatima).post(address(case, document), sent)
        stands = Document.objects.standing().get()
        assert (stands.title, stands.stored_as) == ("Beschikking", document.stored_as)


class TestOnlyWholeThings:
    def test_a_page_that_falls_leaves_no_row_and_its_file_is_swept(self, case, place):
        with pytest.raises(RuntimeError), transaction.atomic():
            kept = folder.keep([b"%PDF-"])
            raise RuntimeError
        assert files_in(place) == [f"{kept.stored_as}.part"]
        assert folder.sweep() == 0  # it may still be under way
        age(place / f"{kept.stored_as}.part")
        assert folder.sweep() == 1
        assert files_in(place) == []

    def test_a_row_whose_file_was_not_named_yet_gets_it(self, case, fatima, place):
        bring(browser_of(fatima), case, GOOD["pdf"])  # its commit never calls back
        document = Document.objects.get()
        assert files_in(place) == [f"{document.stored_as}.part"]
        age(place / f"{document.stored_as}.part")
        assert folder.sweep() == 0
        assert files_in(place) == [document.stored_as]

    def test_opening_finishes_it_too(self, case, fatima, place):
        bring(browser_of(fatima), case, GOOD["pdf"])
        assert folder.path_of(Document.objects.get()).read_bytes() == GOOD["pdf"]


def age(path) -> None:
    long_ago = time.time() - folder.UNDER_WAY - 1
    os.utime(path, (long_ago, long_ago))
