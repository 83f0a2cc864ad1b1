"""What a workbook holds, whatever the program that opens it: text that is never a formula, and
numbers to count with."""

import unicodedata
from dataclasses import dataclass

from facts.numbers import Number

LONGEST_NAME = 31  # of a sheet, in every spreadsheet there is
NOT_IN_A_NAME = dict.fromkeys(map(ord, "[]:*?/\\'"), " ")


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[tuple[str | Number, ...], ...]


def sheet_name(words: str) -> str:
    return words.translate(NOT_IN_A_NAME)[:LONGEST_NAME].rstrip()


def printable(text: str) -> str:
    """Without control characters, which no XML can hold."""
    return "".join(
        char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") else "\ufffd"
        for char in text
    )
