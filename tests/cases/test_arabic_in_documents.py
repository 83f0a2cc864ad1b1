"""What someone wrote in Arabic is set in a letter for it, and from right to left."""

import io

import pikepdf
import pypdf
import pytest

from cases.documents.typesetting import REPORT, as_pdf
from tests.cases.test_unshown_signs import AT, marks_of, report_of
from tests.reporting.reading_forms import text_of_pdf
from tests.reporting.reading_pdf import elements_below

THANKS = "شكرا لمساعدتكم، كان الأمر مهما جدا بالنسبة لنا"


def languages_of(*texts: str) -> list[str | None]:
    """Of each paragraph of the chapter the language that it is marked with."""
    with pikepdf.open(io.BytesIO(as_pdf(REPORT, report_of(*texts), made_at=AT))) as pdf:
        found = elements_below(pdf.Root.StructTreeRoot)
        kinds = [kind for kind, _ in found]
        after = kinds.index("/H2") + 1
        return [
            str(one.Lang) if "/Lang" in one else None
            for _, one in found[after : after + len(texts)]
        ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"‘{THANKS}’", "ar"),
        (f"‘{THANKS} (Jeugdzorg, 2024).’", "ar"),
        ("Goed geholpen, شكرا.", None),
        ("2024", None),
        ("Дякую", None),
    ],
)
def test_a_paragraph_mainly_in_arabic_letters_is_marked_as_such(text, language):
    assert languages_of("Dit is Nederlands.", text, "En dit ook.") == [None, language, None]


def test_its_letters_are_of_a_font_for_arabic_and_can_be_read_out():
    content = as_pdf(REPORT, report_of(THANKS), made_at=AT)
    assert marks_of(content) == ("2", "A", "1")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = {
            str(one.BaseFont).partition("+")[2] for one in pdf.pages[0].Resources.Font.values()
        }
    assert fonts >= {"IBMPlexSansArabic-Regular"}
    assert not any("DejaVu" in one for one in fonts)
    assert set(THANKS.split()) <= set(text_of_pdf(content).split())


def test_it_begins_at_the_right_where_dutch_begins_at_the_left():
    reader = pypdf.PdfReader(io.BytesIO(as_pdf(REPORT, report_of("Bedankt", THANKS), made_at=AT)))
    places: dict[str, float] = {}

    def note(text: str, place: list[float], *_) -> None:
        places.setdefault(text.strip(), place[4])

    page = reader.pages[0]
    page.extract_text(visitor_text=note)
    middle = float(page.mediabox.width) / 2
    arabic = [place for text, place in places.items() if text and text in THANKS]
    assert places["Bedankt"] < middle < max(arabic)
    assert min(arabic) > places["Bedankt"] + 100
