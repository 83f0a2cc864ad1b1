"""Numbers and dates as a Dutch reader expects them."""

from datetime import date, datetime

from django.utils.formats import date_format

from facts.dates import AMSTERDAM, Dates, end_of_day
from facts.numbers import NOTHING, Number, number, percentage

__all__ = [
    "HIDDEN", "NOTHING", "day", "fill", "instant", "long_day", "number", "share", "span",
]  # fmt: skip
HIDDEN = "verborgen"  # a number of a public edition that could be traced to someone


def share(part: Number, whole: Number) -> str:
    """A part in whole percents, and never 0% for what is there."""
    percent = percentage(part, whole)
    if percent is None:
        return ""
    return "< 1%" if part and not percent else f"{percent}%"


def day(value: date) -> str:
    """wo 31 jul 2024"""
    return date_format(value, "D j M Y").lower()


def long_day(value: date) -> str:
    """31 juli 2024"""
    return date_format(value, "j F Y").lower()


def span(first: date, last: date) -> str:
    """wo 1 mei t/m wo 31 jul 2024; the year is said once where one will do."""
    begin = date_format(first, "D j M").lower() if first.year == last.year else day(first)
    return f"{begin} t/m {day(last)}"


def instant(value: datetime) -> str:
    """ma 5 aug 2024 when the whole day is meant, and else with the time on the Dutch clock."""
    local = value.astimezone(AMSTERDAM)
    if value == end_of_day(local.date()):
        return day(local.date())
    return f"{day(local.date())} om {local:%H.%M} uur"


def fill(sentence: str, dates: Dates, unit: str = "") -> str:
    """The sentence of a declaration, with the dates and the unit that it names."""
    return sentence.format(
        unit=unit,
        period_start=long_day(dates.period_start),
        reference_date=long_day(dates.reference_date),
        year=dates.reference_date.year,
    )
