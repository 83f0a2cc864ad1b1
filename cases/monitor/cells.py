"""How a cell becomes a value: each kind of column says what it expects, in Dutch.

A kind turns what stands in the cell into what a screen would send for the field: text, a day, the
key of a list's entry. The rules themselves are the form's.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from typing import Any

from cases.forms.base import valid_on
from cases.models import Code
from cases.status import REASONS, Status

SEPARATOR = ";"
SIX_DECIMALS = Decimal("0.000001")


class WrongCell(Exception):
    """The cell doesn't hold what its column asks for; the message says what it does hold."""


@dataclass
class RowOfCells:
    """The row under way: its day (when it has one), and the cells that were read before."""

    day: date | None = None
    read: dict[str, Any] = field(default_factory=dict)


class Kind:
    """A kind of column. `expected` completes 'Verwacht: ...'."""

    expected = ""

    def read(self, raw: Any, row: RowOfCells) -> Any:
        """The value for the form. Called for filled cells only. Raises WrongCell."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Before a book is read: fetch what the kind looks values up in."""


def text_of(raw: Any) -> str:
    """A text cell; a whole number counts as its digits."""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, float) and math.isfinite(raw) and raw == int(raw):
        return str(int(raw))
    raise WrongCell(f"Dit is {_what(raw)}, geen tekst.")


def _what(raw: Any) -> str:
    """What stands in a cell, in words."""
    if isinstance(raw, bool):
        return "een WAAR/ONWAAR-waarde"
    if isinstance(raw, float):
        return "een getal"
    if isinstance(raw, date):  # a datetime is one too
        return "een datum"
    if isinstance(raw, time | timedelta):
        return "een tijd"
    return "tekst"


def one_of(labels: Iterable[str], most: int = 8) -> str:
    """The values of a list in words; of a long one the first few."""
    labels = list(labels)
    words = ", ".join(f"'{label}'" for label in labels[:most])
    rest = f" of een andere uit de lijst van {len(labels)}" if len(labels) > most else ""
    return f"een van {words}{rest}"


@dataclass
class Text(Kind):
    expected: str = "tekst"
    lower: bool = False

    def read(self, raw: Any, row: RowOfCells) -> Any:
        text = text_of(raw)
        return text.lower() if self.lower else text


class Texts(Text):
    """Several values in one cell."""

    def read(self, raw: Any, row: RowOfCells) -> list[str]:
        return parts_of(text_of(raw))


def parts_of(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(SEPARATOR)]
    if "" in parts:
        raise WrongCell(f"Tussen de puntkomma's ('{SEPARATOR}') staat ergens niets.")
    for part in parts:
        if parts.count(part) > 1:
            raise WrongCell(f"'{part}' staat hier twee keer.")
    return parts


class Day(Kind):
    expected = "een datum zonder tijd, zoals 31-07-2024, en geen tekst"

    def read(self, raw: Any, row: RowOfCells) -> date:
        if isinstance(raw, datetime):
            if raw.time() != time():
                raise WrongCell(f"Bij deze datum staat een tijd ({raw:%H:%M:%S}).")
            return raw.date()
        if isinstance(raw, date):
            return raw
        raise WrongCell(f"Dit is {_what(raw)}, geen datum.")


@dataclass
class Number(Kind):
    expected: str = "een getal"

    def read(self, raw: Any, row: RowOfCells) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, float | int):
            raise WrongCell(f"Dit is {_what(raw)}, geen getal.")
        if not math.isfinite(raw) or abs(raw) > 1e9:
            raise WrongCell("Dit getal is onmogelijk groot.")
        return Decimal(repr(raw)).quantize(SIX_DECIMALS, ROUND_HALF_UP)


class Choice(Kind):
    """One of a few words, that stand for values of the code."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)
        self.expected = one_of(self.values)

    def read(self, raw: Any, row: RowOfCells) -> Any:
        label = text_of(raw)
        if label not in self.values:
            raise WrongCell(unknown(label, self.values))
        return self.values[label]


YES_NO = Choice({"ja": "ja", "nee": "nee"})


class Label(Kind):
    """One entry of an editable list, by its label."""

    def __init__(self, list_name: str) -> None:
        self.list = list_name
        self.codes: dict[str, list[Code]] = {}

    def prepare(self) -> None:
        codes: dict[str, list[Code]] = {}
        for code in Code.objects.in_list(self.list):
            codes.setdefault(code.label, []).append(code)
        self.codes, self.expected = codes, one_of(codes)

    def read(self, raw: Any, row: RowOfCells) -> Any:
        return self.key_of(text_of(raw), row.day)

    def key_of(self, label: str, day: date | None) -> str:
        """The entry that bears the label, preferably one that is valid on the row's day."""
        if label not in self.codes:
            raise WrongCell(unknown(label, self.codes))
        bearers = self.codes[label]
        valid = [code for code in bearers if day and valid_on(code, day)]
        current = [code for code in bearers if code.valid_until is None]
        return (valid or current or bearers)[0].pk


class Labels(Label):
    """Several entries of an editable list in one cell."""

    def prepare(self) -> None:
        super().prepare()
        self.expected += f", gescheiden door '{SEPARATOR}'"

    def read(self, raw: Any, row: RowOfCells) -> list[str]:
        return [self.key_of(label, row.day) for label in parts_of(text_of(raw))]


class Reason(Kind):
    """The reason of a status: which list it comes from depends on the status in the same row."""

    expected = "een reden uit de lijst van de status; leeg bij een status zonder reden"

    def __init__(self, status_field: str) -> None:
        self.status_field = status_field
        self.lists = {status: Label(name) for status, name in REASONS.items()}

    def prepare(self) -> None:
        for label in self.lists.values():
            label.prepare()

    def read(self, raw: Any, row: RowOfCells) -> str | None:
        text = text_of(raw)
        status = row.read.get(self.status_field)
        if status in self.lists:
            return self.lists[status].key_of(text, row.day)
        if status is not None:
            raise WrongCell(f"Bij '{Status(status).label}' hoort geen reden. Laat de cel leeg.")
        return None


def unknown(label: str, labels: Iterable[str]) -> str:
    """That a label isn't known, with the one that was probably meant."""
    by_fold = {known.casefold(): known for known in labels}
    near = get_close_matches(label.casefold(), by_fold, n=1, cutoff=0.6)
    meant = f" Bedoel je '{by_fold[near[0]]}'?" if near else ""
    return f"'{label}' is hier onbekend.{meant}"
