"""What someone typed in a search box, taken apart: numbers, dates, ways to reach someone, names."""

import re
from dataclasses import dataclass
from datetime import date

from .pieces import (
    END,
    LAST_DIGITS,
    digits_of,
    pieces_of_day,
    pieces_of_email,
    pieces_of_name,
    pieces_of_phone,
    words_of,
)

MOST_WORDS = 6
LETTERS_OF_A_NAME, LETTERS_OF_TWO_NAMES = 3, 7  # fewer names nobody
EMAIL = re.compile(r"\S+@\S+")
DAY = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
DAY_BACKWARDS = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
PHONE = re.compile(r"(?<![\w])\+?\d[\d\s()\-.]{6,}\d\b")
NUMBER = re.compile(r"\b[A-Za-z]{1,3}\d+\b")
LAST_OF_PHONE = re.compile(rf"\b\d{{{LAST_DIGITS}}}\b")


@dataclass(frozen=True)
class Question:
    """`numbers`: of files and people, in capitals. `names`: words. `asked`: the pieces that a
    person should have; without the ends of words, so the beginning of a name will do."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def is_about_one(self) -> bool:
        """Whether it names one person rather than everybody of that name. Initials don't: or one
        could find out who is known by trying letters (T14)."""
        sure = self.numbers or self.emails or self.phones
        letters = sum(map(len, self.names))
        by_name = len(self.names) >= 2 and letters >= LETTERS_OF_TWO_NAMES
        return bool(sure or by_name or (self.days and letters >= LETTERS_OF_A_NAME))


def take_apart(text: str) -> Question:
    """At most six words count; what means nothing is left out."""
    text = " ".join(text.replace("\0", " ").split())
    emails, text = _taken(EMAIL, text)
    days, text = _days(text)
    phones, text = _taken(PHONE, text)
    numbers, text = _taken(NUMBER, text)
    lasts, text = _taken(LAST_OF_PHONE, text)
    names = [word for word in words_of(text)[:MOST_WORDS] if not word.isdecimal()]
    return Question(
        numbers=tuple(number.upper() for number in numbers[:MOST_WORDS]),
        names=tuple(names),
        days=tuple(days),
        emails=tuple(emails[:MOST_WORDS]),
        phones=tuple(digits_of(phone) for phone in phones[:MOST_WORDS]),
        asked=_asked(names, days, emails[:MOST_WORDS], phones[:MOST_WORDS], lasts),
    )


def _asked(
    names: list[str], days: list[date], emails: list[str], phones: list[str], lasts: list[str]
) -> tuple[str, ...]:
    pieces = {piece for piece in pieces_of_name(" ".join(names)) if not piece.endswith(END)}
    for day in days:
        pieces |= pieces_of_day(day)
    for email in emails:
        pieces |= pieces_of_email(email)
    for phone in phones:
        pieces |= pieces_of_phone(phone)
    return tuple(sorted(pieces | {f"6:{last}" for last in lasts[:MOST_WORDS]}))


def _taken(pattern: re.Pattern, text: str) -> tuple[list[str], str]:
    """What fits `pattern`, and the text without it."""
    return pattern.findall(text), pattern.sub(" ", text)


def _days(text: str) -> tuple[list[date], str]:
    found = [(year, month, day) for day, month, year in DAY.findall(text)]
    found += DAY_BACKWARDS.findall(text)
    days = []
    for year, month, day in found[:2]:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue  # 31-02: no day, so nobody was born on it
    return days, DAY_BACKWARDS.sub(" ", DAY.sub(" ", text))
