"""Plain files: JSON for programs, CSV for a spreadsheet. The same figures give the same bytes."""

import csv
import io
import json
from typing import Any

from reporting.documents.rows import in_declared_order
from reporting.documents.source import Source
from reporting.figures import Number

COLUMNS = ("sleutel", "hoofdstuk", "cijfer", "uitsplitsing", "eenheid", "waarde", "hoe geteld")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads the accents wrong
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_json_text(source: Source) -> str:
    answer = {**_dates(source), "figures": dict(in_declared_order(source.public))}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def as_open_data_text(source: Source) -> str:
    """As `as_json_text`, with of each figure what it is and how it is counted."""
    described = [
        {
            "key": row.key,
            "chapter": row.chapter,
            "figure": row.figure,
            "part": row.part,
            "unit": row.unit,
            "value": row.value,
            "description": row.meaning,
        }
        for row in source.rows
    ]
    answer = {**_dates(source), "language": "nl", "figures": described}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def as_csv_text(source: Source) -> str:
    """As a Dutch spreadsheet reads it: semicolons, and a decimal comma."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in source.rows:
        words = (row.key, row.chapter, row.figure, row.part, row.unit)
        writer.writerow([*map(harmless, words), _plain(row.value), harmless(row.meaning)])
    return BYTE_ORDER_MARK + text.getvalue()


def harmless(cell: str) -> str:
    """Text that a spreadsheet won't take for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _dates(source: Source) -> dict[str, Any]:
    return {
        "period_start": source.dates.period_start.isoformat(),
        "reference_date": source.dates.reference_date.isoformat(),
        "known_on": source.as_known_on.isoformat(),
    }


def _plain(value: Number) -> str:
    """Without separators of thousands: a number that a spreadsheet can count with."""
    if value is None:
        return ""
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
