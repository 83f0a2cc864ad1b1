"""A document to read and to keep: tagged for everyone (PDF/UA), and fit for the archive (PDF/A)."""

from dataclasses import asdict
from typing import Any

from cases.documents.typesetting import REPORT, as_pdf
from reporting.documents.pictures import as_svg
from reporting.documents.source import Source
from reporting.presenting.page import Group, Sentence, Table


def as_report_pdf(source: Source) -> bytes:
    """The same figures give the same bytes: its date is the moment that they were known on."""
    return as_pdf(REPORT, _data(source), made_at=source.dates.known_on)


def _data(source: Source) -> dict[str, Any]:
    page = source.page
    known = f"Periode: {page.span}. Zoals bekend op {page.known_on}."
    return {
        "title": source.title,
        "span": page.span,
        "introduction": [known, *source.introduction],
        "chapters": [
            {
                "title": chapter.title,
                "texts": list(source.texts.get(chapter.slug, ())),
                "blocks": [block for group in chapter.groups for block in _blocks(group)],
            }
            for chapter in page.chapters
        ],
        "afterwards": [
            {"title": title, "texts": list(texts)} for title, texts in source.afterwards
        ],
        "appendix": [asdict(listing) for listing in source.appendix],
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
