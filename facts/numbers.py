"""Numbers as a Dutch reader expects them, and shares in whole percents."""

from decimal import ROUND_HALF_UP, Decimal

Number = int | float | Decimal | None
NOTHING = "–"
_DUTCH = str.maketrans(",.", ".,")


def percentage(part: Number, whole: Number) -> int | None:
    """Whole percents, half up (so 0.5 becomes 1); None of nothing."""
    if not whole:
        return None
    share = Decimal(part or 0) * 100 / Decimal(whole)
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def number(value: Number, decimals: int = 0) -> str:
    """1.030 and 35,17; a dash where there is no number."""
    return NOTHING if value is None else f"{value:,.{decimals}f}".translate(_DUTCH)
