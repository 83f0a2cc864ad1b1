"""Which words may be a name, by how and where they are written."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .known import Known, known_names
from .patterns import spans
from .pieces import Piece, folded, forms, take_apart
from .word_lists import words_in

# Within a sentence: after anything else a capital says nothing.
WITHIN = re.compile(r"[ \t\N{NO-BREAK SPACE},:()&/+'’‘´`-]*")


class Word(NamedTuple):
    """`begins`: the first of a sentence."""

    text: str
    place: int
    begins: bool
    forms: set[str]

    @property
    def plain(self) -> str:
        return folded(self.text)

    @property
    def has_capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.has_capital

    @property
    def is_short(self) -> bool:
        """As GI and OTS are."""
        return 1 < len(self.text) <= 4 and self.text.isupper()

    def is_among(self, words: frozenset[str]) -> bool:
        """Also with something stuck to it: I'm, foto's."""
        return self.plain in words or re.split(r"['’ʼ]", self.plain)[0] in words


def marked(text: str, known: Known | None = None) -> set[int]:
    """The places of the words that may tell who somebody is. `known`: if not those of our files."""
    known = known or known_names()
    pieces = take_apart(text)
    words = _words(pieces)
    names = _names(words, known) | _institutions(words, known)
    names |= _around(words, names)
    return names | _by_form(text, pieces)


def _words(pieces: list[Piece]) -> list[Word]:
    found: list[Word] = []
    before = ""
    for piece in pieces:
        if piece.place is None:
            before = piece.text
            continue
        begins = not found or not _goes_on(found[-1], before)
        found.append(Word(piece.text, piece.place, begins, forms(piece.text)))
        before = ""
    return found


def _goes_on(last: Word, between: str) -> bool:
    """The dot of an initial or of 'mw.' ends no sentence."""
    if between.startswith(".") and (last.is_initial or last.plain in words_in("abbreviated")):
        between = between[1:]
    return WITHIN.fullmatch(between) is not None


def _names(words: list[Word], known: Known) -> set[int]:
    """Each by itself; and a name is one wherever else it stands with a capital."""
    capitals = _capitals_say_something(words)
    found = set()
    for word, next_ in pairwise([*words, None]):
        stands_out = capitals and word.has_capital and not word.begins
        ours = bool(word.forms & known.names)
        first_name = bool(word.forms & words_in("first_names"))
        if word.is_among(_common()):
            does = next_ is not None and next_.plain in words_in("does")
            is_name = (ours and word.has_capital and capitals and does) or (
                stands_out and (ours or first_name)
            )
        elif word.is_among(words_in("nouns")):
            is_name = stands_out or (ours and word.has_capital and capitals)
        else:
            is_name = ours or first_name or (stands_out and not word.is_short)
        if is_name:
            found.add(word.place)
    spelled = {form for word in words if word.place in found for form in word.forms} - _ordinary()
    return found | {word.place for word in words if word.has_capital and word.forms & spelled}


@cache
def _common() -> frozenset[str]:
    names_nobody = ("common", "between", "before", "abbreviated", "after")
    return frozenset().union(*map(words_in, names_nobody))


@cache
def _ordinary() -> frozenset[str]:
    return _common() | words_in("nouns")


def _capitals_say_something(words: list[Word]) -> bool:
    """Not of who writes Everything or ALL with them: then ordinary words have them too."""
    common = [one for one in words if not one.begins and one.is_among(words_in("common"))]
    capitals = [word for word in common if word.has_capital]
    return len(capitals) < 2 or len(capitals) < len(common) / 2


def _institutions(words: list[Word], known: Known) -> set[int]:
    said = [word.plain for word in words]
    return {
        words[at + more].place
        for name in known.institutions
        for at in range(len(said))
        if name and tuple(said[at : at + len(name)]) == name
        for more in range(len(name))
    }


def _around(words: list[Word], names: set[int]) -> set[int]:
    """What stands with a name: a prefix, an initial, and who was called meneer."""
    found = names | _titled(words)
    between = words_in("between")
    for at in reversed(range(len(words) - 1)):
        word, next_ = words[at], words[at + 1]
        if next_.place not in found or next_.begins:
            continue
        last = words[at - 1] if at else None
        if word.is_initial or (word.plain in between and _belongs(last, word, next_, found)):
            found.add(word.place)
    return found


def _belongs(last: Word | None, word: Word, next_: Word, found: set[int]) -> bool:
    """Whether a prefix is of the name behind it: Jan de Vries, J. van der Berg, De Vries, el
    Idrissi; and not: met hulp van Jan."""
    of = word.plain in ("van", "von") and next_.plain in words_in("between")
    if of or (word.has_capital and not word.begins):
        return True
    if word.plain in words_in("arabic"):
        return next_.has_capital
    follows = last is not None and not word.begins
    return follows and (last.place in found or last.is_initial or last.plain in ("van", "von"))


def _titled(words: list[Word]) -> set[int]:
    """Who comes after meneer or before Hanım, with what belongs to the name: mevrouw de wit."""
    found = set()
    titles = words_in("before") | words_in("abbreviated")
    for at, word in enumerate(words):
        if word.plain in titles:
            found |= _who_is_called(words[at + 1 : at + 4])
        if word.plain in words_in("after") and at and not words[at - 1].is_among(_ordinary()):
            found.add(words[at - 1].place)
    return found


def _who_is_called(words: list[Word]) -> set[int]:
    """The places of the name that these begin with; none if they don't."""
    for at, word in enumerate(words):
        if not word.is_among(_common()) or (word.has_capital and not word.begins):
            return {one.place for one in words[: at + 1]}
        if word.plain not in words_in("between"):
            break
    return set()


def _by_form(text: str, pieces: list[Piece]) -> set[int]:
    return {
        piece.place
        for start, end in spans(text)
        for piece in pieces
        if piece.place is not None and piece.start < end and start < piece.end
    }
