"""Plain files: JSON for programs, CSV for a spreadsheet. The same figures give the same bytes."""

import json
from typing import Any

from cases.documents.csv_text import as_csv
from reporting.documents.rows import in_declared_order
from reporting.documents.source import Source

COLUMNS = (
    "sleutel",
    "hoofdstuk",
    "cijfer",
    "uitsplitsing",
    "eenheid",
    "waarde",
    "hoe geteld",
    "waarom leeg",
)


def as_json_text(source: Source) -> str:
    """The figures by key; when `source.described`, of each also how it is counted. Apart from
    these what the texts quote of surveys: that isn't counted here."""
    answer = {**_dates(source), "figures": dict(in_declared_order(source.public))}
    if source.described:
        answer |= {"title": source.title, "language": "nl", "descriptions": _described(source)}
    if source.quoted:
        answer["quoted"] = [
            {"key": one.key, "label": one.figure, "unit": one.unit, "value": one.value,
             "source": one.meaning}
            for one in source.quoted
        ]  # fmt: skip
    if source.appendix:
        answer["appendix"] = [
            {"title": one.title, "about": one.about, "columns": one.columns, "rows": one.rows}
            for one in source.appendix
        ]
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _described(source: Source) -> list[dict[str, Any]]:
    """`hidden`: the reason why the number isn't there for the public, else None."""
    return [
        {
            "key": row.key,
            "chapter": row.chapter,
            "label": row.figure,
            "part": row.part,
            "unit": row.unit,
            "rule": row.meaning,
            "hidden": row.empty if row.key in source.hidden else None,
        }
        for row in source.rows
    ]


def as_csv_text(source: Source) -> str:
    rows = (
        (row.key, row.chapter, row.figure, row.part, row.unit, row.value, row.meaning, row.empty)
        for row in (*source.rows, *source.quoted)
    )
    return as_csv((COLUMNS, *rows))


def _dates(source: Source) -> dict[str, Any]:
    return {
        "period_start": source.dates.period_start.isoformat(),
        "reference_date": source.dates.reference_date.isoformat(),
        "known_on": source.as_known_on.isoformat(),
    }
