"""Unique values in every personal field of one family, and finding them again wherever they turn
up: in a page, a header, a download, a letter, a log."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.apps import apps
from django.db import models

from tests.matrix.cast import Group

TEXT = re.compile(r"zqx([a-j]{3})zq", re.IGNORECASE)
AS_LETTERS = str.maketrans("0123456789", "abcdefghij")  # a word could pass for a name
AS_DIGITS = str.maketrans("abcdefghij", "0123456789")
NOT_CHOSEN = re.compile(r"<option(?![^>]* selected)[^>]*>[^<]*</option>")
ISO = re.compile(r"\b(19\d\d)-(\d\d)-(\d\d)\b")
NUMBERS = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ](19\d\d)\b")
WORDS = re.compile(r"\b(\d{1,2}) ([a-z]{3,9})\.? (19\d\d)\b", re.IGNORECASE)
MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# No other date in the seeded world lies before 2000; the fields of one row follow each other.
FIRST_DAY, STEP = date(1981, 3, 2), timedelta(days=17)


@dataclass(eq=False)
class Canary:
    """One value: of which field ('cases.Person.email'), who may see it, whom it is about."""

    of: str
    may_see: Group
    about: list[UUID] = field(default_factory=list)
    is_entry: bool = False  # of a list: a form offers it to anyone, and says nothing by that

    def __repr__(self) -> str:
        return self.of


class Canaries:
    """`word` and `first_day`: other ones give values that look alike and are never found, for
    whatever the stranger's family is full of."""

    def __init__(self, word: str = "zqx", first_day: date = FIRST_DAY) -> None:
        self._word, self._first_day = word, first_day
        self._by_number: list[Canary] = []
        self._by_day: dict[date, Canary] = {}

    def text(self, of: str, may_see: Group, about: list[UUID]) -> str:
        """A word that stands nowhere else."""
        self._by_number.append(Canary(of, may_see, about))
        number = f"{len(self._by_number) - 1:03d}".translate(AS_LETTERS)
        return f"{self._word}{number}zq"

    def day(self, of: str, may_see: Group, about: list[UUID]) -> date:
        """A day that stands nowhere else; each later than the one before."""
        day = self._first_day + STEP * len(self._by_day)
        self._by_day[day] = Canary(of, may_see, about)
        return day

    def all(self) -> list[Canary]:
        return [*self._by_number, *self._by_day.values()]

    def in_text(self, text: str) -> set[Canary]:
        """Those that stand in it, however a day is written. What a form offers doesn't count."""
        found = self._words_in(text)
        if any(canary.is_entry for canary in found):
            chosen = self._words_in(NOT_CHOSEN.sub("", text))
            found = {canary for canary in found if canary in chosen or not canary.is_entry}
        return found | {self._by_day[day] for day in _days_in(text) if day in self._by_day}

    def _words_in(self, text: str) -> set[Canary]:
        numbers = {word.lower().translate(AS_DIGITS) for word in TEXT.findall(text)}
        return {self._by_number[int(number)] for number in numbers}

    def entry(self, of: str, may_see: Group, about: list[UUID]) -> str:
        """A word for an entry of a list."""
        word = self.text(of, may_see, about)
        self._by_number[-1].is_entry = True
        return word


def _days_in(text: str) -> Iterator[date]:
    for year, month, day in ISO.findall(text):
        yield from _valid(year, month, day)
    for day, month, year in NUMBERS.findall(text):
        yield from _valid(year, month, day)
    for day, word, year in WORDS.findall(text):
        word = word.lower().replace("mrt", "maa")[:3]
        if word in MONTHS:
            yield from _valid(year, MONTHS.index(word) + 1, day)


def _valid(year: str, month: str, day: str | int) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


# --- Which fields need one ------------------------------------------------------------------

# No value of these is unique. Each with the reason.
WITHOUT = {
    "accounts.AccessLine.subjects": "ids; tests/accounts/access_log shows that no name comes in",
    "accounts.AccessLine.detail": "hashed by note()",
    "accounts.AccessLine.origin": "hashed by note()",
    "accounts.BrowserSession.session_data": "written by the session itself, signed",
    "accounts.Employment.fte": "a number like so many",
    "cases.Contact.minutes": "a number like so many",
    "cases.Contact.at": "a time like so many",
}


def masked_fields() -> Iterable[tuple[str, models.Field]]:
    """Every field that a model of ours declares personal or free text, as 'app.Model.field'."""
    for model in apps.get_models():
        if hasattr(model, "privacy") and not model.__name__.startswith("Historical"):
            for name in sorted(model.privacy.masked):
                yield f"{model._meta.label}.{name}", model._meta.get_field(name)


def can_be_unique(found: models.Field) -> bool:
    """A yes, or one of a few words, says nothing by standing on a page."""
    return not (isinstance(found, models.BooleanField) or found.choices)
