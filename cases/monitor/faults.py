"""What is wrong with a book, in words: sheet, row, column, value, and what was expected."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

MOST_PRINTED = 200
LONGEST_VALUE = 80
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Fault:
    """Also used for a warning: then it says what was left aside, and stops nothing."""

    sheet: str
    message: str
    expected: str = ""
    row: int | None = None
    column: str = ""
    place: int | None = None  # the column counted from 1, where there is one
    value: Any = None

    @property
    def cell(self) -> str:
        """The cell as Excel calls it, such as C12."""
        if self.row is None or self.place is None:
            return ""
        letters, number = "", self.place
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"

    def __str__(self) -> str:
        parts = [f"blad '{self.sheet}'"]
        if self.row is not None:
            parts.append(f"rij {self.row}")
        if self.column:
            parts.append(f"kolom '{self.column}'" + (f" (cel {self.cell})" if self.cell else ""))
        if self.row is not None and self.column:
            parts.append(f"waarde {shown(self.value)}")
        words = f"{', '.join(parts)}: {self.message}"
        return f"{words} Verwacht: {self.expected}." if self.expected else words


def shown(value: Any) -> str:
    """A value on one line of a terminal, whatever it holds."""
    if value is None or value == "":
        return "(leeg)"
    text = CONTROL.sub(" ", as_text(value))
    if len(text) > LONGEST_VALUE:
        text = f"{text[:LONGEST_VALUE]}…"
    return f"'{text}'"


def as_text(value: Any) -> str:
    """A value as someone sees it in Excel."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return "" if value is None else str(value)


@dataclass
class Faults:
    """All faults and warnings of one book, gathered in any order and told in the book's."""

    order: dict[str, int]  # sheet -> its place among the sheets
    found: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def sort(self) -> None:
        for faults in (self.found, self.warnings):
            faults.sort(key=self._place)

    def _place(self, fault: Fault) -> tuple[int, int, int]:
        return (self.order.get(fault.sheet, len(self.order)), fault.row or 0, fault.place or 0)


def report(faults: list[Fault], *, most: int = MOST_PRINTED) -> Iterator[str]:
    """The lines to print: each up to `most`, then how many more there are."""
    yield from (f"- {fault}" for fault in faults[:most])
    if len(faults) > most:
        yield f"… en nog {len(faults) - most}."
