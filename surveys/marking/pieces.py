"""A text in pieces: words, and what stands between them. Together they are the text."""

import re
import unicodedata
from typing import NamedTuple

from cases.searching.pieces import plain

# Signs over or under the letter before, which `\w` doesn't know: accents and Arabic vowels.
_OVER = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
WORD = re.compile(
    rf"""
    (?:https?://|www\.)\S*\w/?             # an address of a page
    | [\w.+%-]*\w@\w[\w.-]*\w              # of a mailbox
    | @\w(?:[\w.]*\w)?                    # of someone on social media
    | \w[\w-]*(?:\.[\w-]+)*\.(?:nl|com|org|net|eu|be|tr|info)\b(?:/\S*\w/?)?
    | \+?\d+(?:[-./:]\d+)*[\w{_OVER}]*     # a number, a date, 12b
    | \w(?:[\w{_OVER}]|[-'’ʼ](?=\w))*
    """,
    re.VERBOSE | re.IGNORECASE,
)
FOLDED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ة": "ه",
                        "ى": "ي", "ـ": None})  # fmt: skip


class Piece(NamedTuple):
    """`place`: the how-manieth word it is; None between words. `start`: in the text."""

    text: str
    start: int
    place: int | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def take_apart(text: str) -> list[Piece]:
    pieces, at = [], 0
    for place, found in enumerate(WORD.finditer(text)):
        if found.start() > at:
            pieces.append(Piece(text[at : found.start()], at))
        pieces.append(Piece(found.group(), found.start(), place))
        at = found.end()
    if at < len(text):
        pieces.append(Piece(text[at:], at))
    return pieces


def folded(word: str) -> str:
    """As it is compared: small, without accents or vowel signs, one letter for one sound."""
    if word.isascii():
        return word.lower()
    return plain(unicodedata.normalize("NFKC", word)).translate(FOLDED)


def forms(word: str) -> set[str]:
    """What a name may be without what is stuck to it: Fatima's, Ayşe'nin, Anne-Marie, وفاطمة."""
    whole = folded(word)
    parts = re.split(r"['’ʼ]", whole)
    found = {whole, "".join(parts), parts[0], *parts[0].split("-")}
    if whole[:1] in "وفبلك" and len(whole) > 3:
        found.add(whole[1:])
    return {one for one in found if len(one) > 1}
