"""Dates as the team writes them. By hand, and not through Django's formats: a list has hundreds."""

from datetime import date, datetime

from .dates import AMSTERDAM

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def short_day(value: date | None) -> str:
    """31 jul 2024; nothing for None."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


def day(value: date) -> str:
    """wo 31 jul 2024"""
    return f"{WEEKDAYS[value.weekday()]} {short_day(value)}"


def clock(value: datetime) -> str:
    """14.03 uur, on the Dutch clock."""
    return f"{value.astimezone(AMSTERDAM):%H.%M} uur"


def moment(value: datetime) -> str:
    """wo 31 jul 2024 om 14.03 uur, on the Dutch clock."""
    return f"{day(value.astimezone(AMSTERDAM).date())} om {clock(value)}"


def spell(first: date, last: date | None) -> str:
    """31 jul 2024 – 3 dec 2024, or sinds 31 jul 2024. Half-open, as every lasting fact."""
    return f"{short_day(first)} – {short_day(last)}" if last else f"sinds {short_day(first)}"


def enumeration(words: list[str]) -> str:
    """a, b en c"""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def many(number: int, singular: str, plural: str) -> str:
    """1 persoon, 2 personen"""
    return f"{number:,} {singular if number == 1 else plural}".replace(",", ".")
