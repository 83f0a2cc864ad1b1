"""Plain files: JSON for programs, CSV for a spreadsheet. The same figures give the same bytes."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any

from facts.dates import AMSTERDAM, Dates
from reporting.documents.rows import in_declared_order, rows_of
from reporting.figures import Number

COLUMNS = ("sleutel", "hoofdstuk", "cijfer", "uitsplitsing", "eenheid", "waarde", "hoe geteld")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads the accents wrong
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_json_text(figures: dict[str, Number], dates: Dates, known_on: date | datetime) -> str:
    """`known_on` as it was asked: a day, or an instant on the Dutch clock."""
    answer = {**_dates(dates, known_on), "figures": dict(in_declared_order(figures))}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def as_open_data_text(figures: dict[str, Number], dates: Dates, known_on: date | datetime) -> str:
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
        for row in rows_of(figures, dates)
    ]
    answer = {**_dates(dates, known_on), "language": "nl", "figures": described}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def as_csv_text(figures: dict[str, Number], dates: Dates) -> str:
    """As a Dutch spreadsheet reads it: semicolons, and a decimal comma."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows_of(figures, dates):
        words = (row.key, row.chapter, row.figure, row.part, row.unit)
        writer.writerow([*map(harmless, words), _plain(row.value), harmless(row.meaning)])
    return BYTE_ORDER_MARK + text.getvalue()


def harmless(cell: str) -> str:
    """Text that a spreadsheet won't take for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _dates(dates: Dates, known_on: date | datetime) -> dict[str, Any]:
    if isinstance(known_on, datetime):
        known_on = known_on.astimezone(AMSTERDAM)
    return {
        "period_start": dates.period_start.isoformat(),
        "reference_date": dates.reference_date.isoformat(),
        "known_on": known_on.isoformat(),
    }


def _plain(value: Number) -> str:
    """Without separators of thousands: a number that a spreadsheet can count with."""
    if value is None:
        return ""
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
