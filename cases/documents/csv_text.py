"""CSV as a Dutch spreadsheet reads it: semicolons, a decimal comma, and text that is no formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from facts.numbers import Number

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads the accents wrong
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(rows: Iterable[Sequence[str | Number]]) -> str:
    """Numbers as numbers; of text what a spreadsheet would take for a formula made harmless."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            [harmless(cell) if isinstance(cell, str) else as_cell(cell) for cell in row]
        )
    return BYTE_ORDER_MARK + text.getvalue()


def harmless(cell: str) -> str:
    """Text that a spreadsheet won't take for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def as_cell(value: Number) -> str:
    """Without separators of thousands: a number that a spreadsheet can count with."""
    if value is None:
        return ""
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
