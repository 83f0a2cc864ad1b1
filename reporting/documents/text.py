"""Plain files: JSON for programs, CSV for a spreadsheet. The same figures give the same bytes."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime

from facts.dates import AMSTERDAM, Dates
from reporting.figures import REPORT, Breakdown, Number, Percentage
from reporting.figures.engine import codes_of
from reporting.presenting.codes import Words, label, words_by_breakdown

COLUMNS = ("sleutel", "cijfer", "uitsplitsing", "eenheid", "waarde")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads the accents wrong
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_json_text(figures: dict[str, Number], dates: Dates, known_on: date | datetime) -> str:
    """`known_on` as it was asked: a day, or an instant on the Dutch clock."""
    if isinstance(known_on, datetime):
        known_on = known_on.astimezone(AMSTERDAM)
    answer = {
        "period_start": dates.period_start.isoformat(),
        "reference_date": dates.reference_date.isoformat(),
        "known_on": known_on.isoformat(),
        "figures": dict(in_declared_order(figures)),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def as_csv_text(figures: dict[str, Number]) -> str:
    """As a Dutch spreadsheet reads it: semicolons, and a decimal comma."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    by_breakdown = words_by_breakdown(REPORT)
    for key, number in in_declared_order(figures):
        writer.writerow([*map(harmless, _words(key, by_breakdown)), _plain(key, number)])
    return BYTE_ORDER_MARK + text.getvalue()


def in_declared_order(figures: dict[str, Number]) -> Iterator[tuple[str, Number]]:
    """The database keeps the figures of a draw in an order of its own. What no declaration
    explains comes last."""
    declared: list[str] = []
    for figure in REPORT:
        if isinstance(figure, Breakdown):
            codes = codes_of(REPORT, figure, figures)
            declared += [f"{figure.key}.{code}" for code in codes]
        else:
            declared.append(figure.key)
    for key in (*declared, *sorted(set(figures).difference(declared))):
        if key in figures:
            yield key, figures[key]


def harmless(cell: str) -> str:
    """Text that a spreadsheet won't take for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _words(key: str, by_breakdown: dict[str, Words]) -> tuple[str, str, str, str]:
    """Key, figure, what it is broken down by, unit; a key that nothing explains stands alone."""
    found = REPORT.find(key)
    if found is None:
        return key, "", "", ""
    figure, code = found
    if isinstance(figure, Percentage):
        return key, figure.label, "", "procent"
    row = label(figure, code, by_breakdown[figure.key]) if code is not None else ""
    return key, figure.label, row, figure.unit.plural


def _plain(key: str, value: Number) -> str:
    """Without separators of thousands: a number that a spreadsheet can count with."""
    if value is None:
        return ""
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
