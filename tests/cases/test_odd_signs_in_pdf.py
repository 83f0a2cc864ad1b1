"""What people write is never a fault: a sign that no font has keeps no PDF from being
made."""

import io
from datetime import UTC, datetime

import pikepdf
import pypdf
import pytest

from cases.documents.typesetting import REPORT, UNSHOWN, WHAT_IT_IS, as_pdf

AT = datetime(2026, 1, 1, tzinfo=UTC)
ODD = {
    "emoji": "Dank 👍🏽 jullie 👨‍👩‍👧",
    "scripts": "Dank ሀ 你 תודה شكرا",
    "marks": "e\u0301\u0327\u20dd zo\u200dgoed\u200b",
    "nothing known": "\ue000 \U000e0001 \uffff",
}


def made(text: str) -> bytes:
    data = {
        "title": "Rapport", "span": "mei", "introduction": [text], "chapters": [],
        "afterwards": [{"title": f"Over {text}", "texts": [text]}], "appendix": [],
    }  # fmt: skip
    return as_pdf(REPORT, data, made_at=AT)


def words(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_a_pdf_is_made_for_everyone_and_for_the_archive(text):
    content = made(f"Fatima zegt: {text}")
    assert "Fatima zegt" in words(content)
    assert content == made(f"Fatima zegt: {text}"), "the same words give the same bytes"
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfuaid:part"], meta["pdfaid:part"]) == ("1", "2")


def test_it_says_that_something_could_not_be_shown():
    said = words(made("Dank 👍 jullie"))
    assert "Dank" in said
    assert "jullie" in said
    assert WHAT_IT_IS[:20] in " ".join(said.split())
    assert UNSHOWN in said


def test_what_can_be_shown_is_left_as_it_is():
    said = words(made("Ça va, Şükrü? Één ‘café’ à € 3"))
    assert "Şükrü" in said
    assert WHAT_IT_IS[:20] not in " ".join(said.split())
