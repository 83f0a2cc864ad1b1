"""From what is known of someone to pieces: one way for who is kept and for who is asked for."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

LONGEST = 64  # of one piece, as its column says
# One sound, several spellings; in this order.
SOUNDS = (
    ("ij", "y"), ("ey", "y"), ("ei", "y"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"),
    ("ou", "au"), ("ø", "o"), ("ł", "l"), ("ı", "i"), ("æ", "ae"), ("œ", "oe"),
)  # fmt: skip
# Written or left out, before the name or after it: nobody is found by these.
BETWEEN = frozenset(
    {
        "aan", "al", "bin", "d", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "het",
        "ibn", "in", "la", "le", "op", "s", "t", "te", "ten", "ter", "uit", "van", "von", "y", "zu",
    }
)  # fmt: skip
BEGIN, END = "^", "$"
DIGITS = re.compile(r"\D+")
DOUBLE, ONCE = re.compile(r"(.)\1+"), r"\1"
LAST_DIGITS = 6


def pieces_of(
    first_name: str, last_name: str, email: str, phone: str, birth_date: date | None
) -> list[str]:
    """All that someone can be found by, each once and in order."""
    pieces = {
        *pieces_of_name(f"{first_name} {last_name}"),
        *pieces_of_email(email),
        *pieces_of_phone(phone),
        *pieces_of_day(birth_date),
    }
    return sorted(pieces)


def pieces_of_name(name: str) -> set[str]:
    return {piece for word in words_of(name) for piece in pieces_of_word(word)}


def pieces_of_email(email: str) -> set[str]:
    """Whole; and what stands before the @, for who has moved to another provider."""
    before, at, _ = email.strip().lower().partition("@")
    local = re.sub(r"[._\-]", "", before.partition("+")[0])
    return {f"e:{email.strip().lower()}"[:LONGEST], f"l:{local}"[:LONGEST]} if at else set()


def pieces_of_phone(phone: str) -> set[str]:
    """Whole; and its end, for who leaves the beginning out."""
    digits = digits_of(phone)
    return {f"t:{digits}"[:LONGEST], f"6:{digits[-LAST_DIGITS:]}"} if len(digits) >= 8 else set()


def pieces_of_day(day: date | None) -> set[str]:
    """Whole; and in halves, since a slip is mostly in one of them."""
    if day is None:
        return set()
    return {f"b:{day:%Y%m%d}", f"m:{day:%Y%m}", f"d:{day:%m%d}"}


def digits_of(phone: str) -> str:
    """0612345678, however it was written: +31 (0)6-12 34 56 78."""
    digits = DIGITS.sub("", phone.replace("(0)", ""))
    if phone.strip().startswith("+"):
        digits = f"00{digits}"
    return re.sub(r"^0031(0?)", "0", digits)


def words_of(name: str) -> list[str]:
    """The words that count, in plain letters; all of them when none would be left."""
    words = re.findall(r"[^\W_]+", plain(name))
    return [word for word in words if word not in BETWEEN] or words


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=100_000)
def pieces_of_word(word: str) -> tuple[str, ...]:
    """Three letters at a time, with a mark at both ends: `^sa san ane ne$`."""
    for spelling, sound in SOUNDS:
        word = word.replace(spelling, sound)
    word = f"{BEGIN}{DOUBLE.sub(ONCE, word)[:LONGEST]}{END}"
    return tuple(word[start : start + 3] for start in range(len(word) - 2))
