"""Where the bars and columns stand. Only geometry, as the text that SVG attributes take.

Widths are percentages, so that a chart fits a telephone while its words keep their size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from reporting.figures import Number

MOST_COLUMNS = 60  # more months than this would be thinner than a hair on a telephone
ROOM_FOR_ALL_VALUES = 36
MOST_NAMES, ROOM_FOR_ALL = 4, 12  # of moments, under and above their columns
HEIGHT = 168  # of the columns, in pixels
TOP = 24  # room for the value above the highest column


@dataclass(frozen=True)
class Column:
    code: str
    number: Number
    x: str
    middle: str
    width: str
    y: str
    height: str
    in_period: bool
    is_key: bool  # keeps its value where there is no room for all


@dataclass(frozen=True)
class Year:
    """Named at the first month of it that is drawn."""

    x: str
    name: str
    anchor: str = "start"
    dx: int = 6


@dataclass(frozen=True)
class Columns:
    """A column a month, with no month left out. `period_x`: where the period begins."""

    columns: tuple[Column, ...]
    years: tuple[Year, ...]
    period_x: str
    all_values: bool
    bottom: int = TOP + HEIGHT
    year_y: int = TOP + HEIGHT + 18
    period_y: int = TOP + HEIGHT + 30
    height: int = TOP + HEIGHT + 52


def bar_width(number: Number, longest: Number) -> str:
    """The length of a bar as a part of the longest; what is there is never invisible."""
    if not number or not longest:
        return "0"
    return f"{max(100 * float(number) / float(longest), 0.5):.2f}"


def months_until(first: str, last: date) -> list[str]:
    """Every month from `first` (2022-04) to that of `last`, the newest MOST_COLUMNS of them."""
    year, month = map(int, first.split("-"))
    count = (last.year - year) * 12 + last.month - month + 1
    months = [divmod(year * 12 + month - 1 + step, 12) for step in range(max(count, 1))]
    return [f"{year}-{month + 1:02}" for year, month in months[-MOST_COLUMNS:]]


def columns(by_month: Mapping[str, Number], period_start: date, last: date) -> Columns | None:
    """The columns of `by_month` (2024-07 -> number) up to the month of `last`."""
    if not by_month:
        return None
    months = months_until(min(by_month), last)
    numbers = [by_month.get(month, 0) for month in months]  # None: hidden
    step = 100 / len(months)
    first_of_period = f"{period_start:%Y-%m}"
    keys = _keys(numbers)
    drawn = tuple(
        _column(place, month, numbers, step, month >= first_of_period, place in keys)
        for place, month in enumerate(months)
    )
    begin = next((place for place, column in enumerate(drawn) if column.in_period), None)
    return Columns(
        columns=drawn,
        years=tuple(_years(months, step)),
        period_x="" if begin is None else drawn[begin].x,
        all_values=len(months) <= ROOM_FOR_ALL_VALUES,
    )


def over_time(moments: Sequence[tuple[str, str, Number]]) -> Columns | None:
    """A column a moment, each with its code, what stands under it and its number (None: hidden)."""
    if not moments:
        return None
    numbers, step = [number for *_, number in moments], 100 / len(moments)
    keys, last = _keys(numbers), len(moments) - 1
    drawn = tuple(
        _column(place, code, numbers, step, place == last, place in keys)
        for place, (code, _, _) in enumerate(moments)
    )
    apart = -(-len(moments) // MOST_NAMES)  # from the last one back, so that it always has a name
    years = (
        Year(x=f"{(place + 1) * step:.2f}%", name=name, anchor="end", dx=-4)
        for place, (_, name, _) in enumerate(moments)
        if (last - place) % apart == 0
    )
    return Columns(
        columns=drawn, years=tuple(years), period_x="", all_values=len(moments) <= ROOM_FOR_ALL,
        height=TOP + HEIGHT + 28,
    )  # fmt: skip


def _keys(numbers: Sequence[Number]) -> set[int]:
    """The highest and the newest, unless these stand so close that their values would touch."""
    heights = [number or 0 for number in numbers]
    highest, newest = heights.index(max(heights)), len(numbers) - 1
    return {newest} if 0 < newest - highest < 4 else {highest, newest}


def _column(
    place: int, month: str, numbers: Sequence[Number], step: float, in_period: bool, is_key: bool
) -> Column:
    height = HEIGHT * (numbers[place] or 0) / (max(number or 0 for number in numbers) or 1)
    return Column(
        code=month,
        number=numbers[place],
        x=f"{place * step + step * 0.12:.2f}%",
        middle=f"{place * step + step / 2:.2f}%",
        width=f"{step * 0.76:.2f}%",
        y=f"{TOP + HEIGHT - height:.1f}",
        height=f"{height:.1f}",
        in_period=in_period,
        is_key=is_key,
    )


def _years(months: Sequence[str], step: float) -> list[Year]:
    """A year is named at its first month, unless that leaves no room before the next one."""
    first = {}
    for place, month in enumerate(months):
        first.setdefault(month[:4], place)
    places = [*first.values(), len(months)]
    return [
        Year(x=f"{place * step:.2f}%", name=year)
        for (year, place), following in zip(first.items(), places[1:], strict=True)
        if (following - place) * step >= 10
    ]


def in_words(chart: Columns, title: str) -> str:
    """What someone who can't see the chart should know of it; the table gives the rest."""
    first, last = chart.columns[0], chart.columns[-1]
    highest = max(chart.columns, key=lambda column: column.number or 0)
    newest = "" if last.number is None else f"; de laatste maand heeft er {last.number}"
    return (
        f"{title}, van {_month(first.code)} tot en met {_month(last.code)}. "
        f"De hoogste maand is {_month(highest.code)} met {highest.number}{newest}. "
        "De tabel hieronder geeft alle maanden."
    )


def _month(code: str) -> str:
    return date_format(date.fromisoformat(f"{code}-01"), "F Y").lower()
