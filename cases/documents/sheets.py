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
    """Without control characters and the two that are none, which no XML can hold."""
    return "".join("\ufffd" if _not_in_xml(char) else char for char in text)


def _not_in_xml(char: str) -> bool:
    if char in "\n\t":
        return False
    return char in "\ufffe\uffff" or unicodedata.category(char) in ("Cc", "Cs")
