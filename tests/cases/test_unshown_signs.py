"""What people write in any script, or as an emoji, holds up no document."""

import io
from datetime import UTC, datetime

import odfdo
import openpyxl
import pikepdf
import pytest

from cases.documents.ods import open_workbook
from cases.documents.sheets import Sheet
from cases.documents.typesetting import OVERVIEW, REPORT, UNSHOWN, WHAT_IT_IS, as_pdf
from cases.documents.xlsx import workbook
from tests.reporting.reading_forms import text_of_pdf

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITTEN = {
    "an emoji": "Goed \U0001f44d\U0001f3fd geholpen",
    "an emoji of several": "Goed \U0001f468\u200d\U0001f469\u200d\U0001f467 geholpen",
    "a flag and a key": "Goed \U0001f1f3\U0001f1f1 1\ufe0f\u20e3 geholpen",
    "Ethiopic": "Goed \u1230\u120b\u121d geholpen",
    "Chinese": "Goed \u4f60\u597d geholpen",
    "Thai": "Goed \u0e44\u0e17\u0e22 geholpen",
    "private use": "Goed \ue000\U000f0000\U00100000 geholpen",
    "unassigned": "Goed \u0378\ufdd0\ufffe\uffff geholpen",
    "a control character": "Goed \x07\x1b geholpen",
    "marks that no font has on a letter": "Goed z\u20d2\u1ac9 \u1e4c\u20d2 geholpen",
}
READABLE = {
    "Turkish": "Goed \u0131\u011f\u015f\u0130 geholpen",
    "joiners and directions": "Goed \u200d\u200c\u2066x\u2069\u202ey\u202c\ufeff geholpen",
    "combining marks": "Goed e\u0301z\u0323\u0308 geholpen",
    "Arabic": "Goed \u0634\u0643\u0631\u0627\u064b geholpen",
    "Ukrainian": "Goed \u0414\u044f\u043a\u0443\u044e geholpen",
}
ALL = WRITTEN | READABLE


def report_of(*texts: str, title: str = "Enquête") -> dict:
    chapter = {"title": title, "texts": list(texts), "blocks": []}
    table = {"title": "Bijlage", "about": "Telling", "columns": ["Tekst"], "widths": [1]}
    return {
        "title": title,
        "span": "2026",
        "introduction": ["Inleiding."],
        "chapters": [chapter],
        "afterwards": [],
        "appendix": [table | {"rows": [[one] for one in texts]}],
    }


def overview_of(text: str) -> dict:
    return {
        "title": text, "number": "G-1", "made_on": "1 maart 2026", "introduction": ["Inleiding."],
        "heading": "Wie keek", "nobody": "Niemand", "columns": ["Dag", "Wie", "Wat", "Waarom"],
        "rows": [["1 maart", text, text, text]], "questions": "Vragen", "contact": text,
    }  # fmt: skip


def marks_of(content: bytes) -> tuple[str, str, str]:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as about:
        return about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]


@pytest.mark.parametrize("what", ALL)
@pytest.mark.parametrize("template", [REPORT, OVERVIEW], ids=["report", "overview"])
def test_whatever_was_written_there_is_a_pdf_for_everyone_and_the_same_each_time(template, what):
    data = report_of(ALL[what], title=ALL[what]) if template == REPORT else overview_of(ALL[what])
    made = as_pdf(template, data, made_at=AT)
    assert marks_of(made) == ("2", "A", "1")
    text = text_of_pdf(made)
    for readable in ("Goed", "geholpen", "Inleiding."):
        assert readable in text
    assert as_pdf(template, data, made_at=AT) == made


def test_what_no_font_has_is_one_sign_and_the_document_says_what_it_is():
    text = text_of_pdf(as_pdf(REPORT, report_of(WRITTEN["an emoji of several"]), made_at=AT))
    assert f"Goed {UNSHOWN} geholpen" in text
    assert WHAT_IT_IS in text


@pytest.mark.parametrize("what", READABLE)
def test_what_a_font_has_stays_and_nothing_is_said_of_it(what):
    text = text_of_pdf(as_pdf(REPORT, report_of(READABLE[what]), made_at=AT))
    assert UNSHOWN not in text


def test_one_remark_that_no_font_has_takes_nothing_from_another():
    text = text_of_pdf(as_pdf(REPORT, report_of(*ALL.values()), made_at=AT))
    assert "\u0131\u011f\u015f\u0130" in text
    assert "\u0414\u044f\u043a\u0443\u044e" in text
    alone = text_of_pdf(as_pdf(REPORT, report_of(READABLE["Arabic"]), made_at=AT))
    assert next(line for line in alone.splitlines() if "geholpen" in line) in text
    assert "Kosten 1 euro" in text_of_pdf(
        as_pdf(REPORT, report_of("Kosten 1 euro", WRITTEN["a flag and a key"]), made_at=AT)
    )


def test_a_fault_in_a_template_is_still_told(tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing-of-this-name")
    with pytest.raises(RuntimeError, match="unknown variable"):
        as_pdf(broken, report_of("Goed"), made_at=AT)


@pytest.mark.parametrize("what", ALL)
def test_a_workbook_holds_it_too(what):
    sheets = [Sheet("Opmerkingen", (("Vraag", "Tekst"), ("Hoe ging het?", ALL[what])))]
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(sheets, title="Enquête", widths=(20, 60), made=AT))
    )
    assert book.active["B2"].value.startswith("Goed ")
    table = odfdo.Document(io.BytesIO(open_workbook(sheets, title="Enquête", made=AT))).body.tables[
        0
    ]
    assert table.get_values()[1][1].startswith("Goed ")
