"""A comparison as a page: a chapter a table, a figure a row, and why it differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reporting.differences import CAUSES, Cause
from reporting.figures import REPORT, Number, Percentage, Total
from reporting.figures.declarations import Declaration
from reporting.figures.units import CHILD, FAMILY, PARENT, REGISTRATION
from reporting.models import Comparison

from . import words
from .codes import names_of
from .explain import unit_of

WITH_FILES = frozenset({REGISTRATION, FAMILY, CHILD, PARENT})
MINUS = "−"  # as wide as a plus, so that they stand under each other


@dataclass(frozen=True)
class Why:
    """`counts`: +3, or +3 and −1. `opens`: whether there are files behind it."""

    cause: Cause
    counts: str
    opens: bool


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    before: str
    after: str
    difference: str
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Chapter:
    slug: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Differences:
    chapters: tuple[Chapter, ...]
    causes: tuple[Cause, ...]
    summary: str

    @property
    def number(self) -> int:
        return sum(len(chapter.rows) for chapter in self.chapters)


def present_differences(comparison: Comparison) -> Differences:
    """All figures that differ. Two queries: the words of the lists, and what has files."""
    outcome = comparison.outcome
    names = names_of(outcome)
    kept = set(comparison.records.values_list("key", "cause"))
    chapters = tuple(
        Chapter(chapter.slug, chapter.title, rows)
        for chapter in REPORT.chapters
        if (rows := tuple(_rows(chapter.figures, outcome, names, kept)))
    )
    at_work = {key for one in outcome.values() for key in one["causes"]}
    causes = tuple(cause for key, cause in CAUSES.items() if key in at_work)
    return Differences(chapters, causes, summary(len(outcome), causes))


def summary(number: int, causes: tuple[Cause, ...]) -> str:
    """What may be quoted in a text for the public: no counts of people, so nothing to be traced."""
    if not number:
        return "Er zijn geen cijfers veranderd."
    named = "; ".join(cause.name.lower() for cause in causes)
    changed = "Er is 1 cijfer veranderd" if number == 1 else f"Er zijn {number} cijfers veranderd"
    return f"{changed}. Waardoor: {named}."


def _rows(
    figures: tuple[Declaration, ...],
    outcome: dict[str, Any],
    names: dict[str, str],
    kept: set[tuple[str, str]],
) -> Iterator[Row]:
    for figure in figures:
        of_figure = [key for key in outcome if key in names and _belongs(key, figure)]
        for key in sorted(of_figure, key=lambda key: names[key]):
            yield _row(key, figure, outcome[key], names[key], kept)


def _belongs(key: str, figure: Declaration) -> bool:
    found = REPORT.find(key)
    return found is not None and found[0] is figure


def _row(
    key: str, figure: Declaration, one: dict[str, Any], name: str, kept: set[tuple[str, str]]
) -> Row:
    decimals = 2 if isinstance(figure, Total) else 0
    unit = unit_of(REPORT, figure)
    grew = Decimal(str(one["after"] or 0)) - Decimal(str(one["before"] or 0))
    return Row(
        key=key,
        name=name,
        before=_number(one["before"], figure),
        after=_number(one["after"], figure),
        difference=signed(grew, decimals),
        why=tuple(
            Why(cause, counts, opens=unit in WITH_FILES and (key, cause.key) in kept)
            for cause, counts in _causes(one["causes"], decimals)
        ),
    )


def _number(value: Number, figure: Declaration) -> str:
    number = words.number(value, 2 if isinstance(figure, Total) else 0)
    return f"{number}%" if isinstance(figure, Percentage) and value is not None else number


def _causes(parts: dict[str, list[float]], decimals: int) -> Iterator[tuple[Cause, str]]:
    """Each cause with what it did: +3, or +3 en −1."""
    for key, cause in CAUSES.items():
        if key in parts:
            plus, minus = parts[key]
            counts = (signed(one, decimals) for one in (plus, -minus) if one)
            yield cause, " en ".join(counts)


def signed(value: Decimal | float, decimals: int = 0) -> str:
    """+3, −1, 0"""
    number = words.number(abs(value), decimals)
    return number if not value else f"{'+' if value > 0 else MINUS}{number}"
