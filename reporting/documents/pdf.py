"""A document to read and to keep: tagged for everyone (PDF/UA), and fit for the archive (PDF/A)."""

from pathlib import Path
from typing import Any

from cases.documents.typesetting import as_pdf
from facts.dates import Dates
from reporting.documents.pictures import as_svg
from reporting.figures import Number
from reporting.presenting import Page, present
from reporting.presenting.page import Group, Sentence, Table

TEMPLATE = Path(__file__).with_name("report.typ")
TITLE = "Kwartaalcijfers"


def as_report_pdf(figures: dict[str, Number], dates: Dates) -> bytes:
    """The same figures give the same bytes: its date is the moment that they were known on."""
    return as_pdf(TEMPLATE, _data(present(figures, dates)), made_at=dates.known_on)


def _data(page: Page) -> dict[str, Any]:
    return {
        "title": TITLE,
        "span": page.span,
        "introduction": [f"Periode: {page.span}. Zoals bekend op {page.known_on}."],
        "chapters": [
            {
                "title": chapter.title,
                "texts": [],
                "blocks": [block for group in chapter.groups for block in _blocks(group)],
            }
            for chapter in page.chapters
        ],
        "appendix": [],
    }


def _blocks(group: Group) -> list[dict[str, Any]]:
    blocks = [_sentence(one) for one in group.sentences]
    return [*blocks, _table(group.table)] if group.table else blocks


def _sentence(one: Sentence) -> dict[str, Any]:
    return {
        "kind": "sentence",
        "number": one.number,
        "text": one.text,
        "detail": one.detail,
        "footnote": one.footnote,
    }


def _table(one: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": one.title,
        "head": "Uitsplitsing",
        "unit": one.unit.capitalize(),
        "rows": [
            {
                "label": row.label,
                "number": row.number,
                "share": row.share,
                "width": float(row.width),
            }
            for row in (*one.rows, *one.rest)
        ],
        "footnote": one.footnote,
        "chart": as_svg(one.chart) if one.chart else "",
        "chart_words": one.chart_words,
    }
