"""Passwords that are hard to guess: long, and not made of what everyone here has in mind.

No rules about capitals or digits: they make passwords that are hard to remember and easy to guess.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError

SHORTEST, LONGEST = 12, 128
HELP = (
    f"Minstens {SHORTEST} tekens. Een zin van een paar woorden is het makkelijkst te onthouden; "
    "spaties mogen. Plakken uit een wachtwoordkluis mag ook."
)
LEFT_OVER = 6  # letters that must remain when what everyone knows is taken out
TEAM_WORDS = (
    "ondersteuningsteam", "ondersteuning", "uithuisplaatsingen", "uithuisplaatsing", "toeslagen",
    "toeslag", "kinderopvang", "belastingdienst", "procesbegeleider", "teammanager", "beheerder",
    "welkom", "wachtwoord", "password", "geheim", "qwerty", "azerty", "qwertyuiop", "asdfghjkl",
    "abcdefghijklmnopqrstuvwxyz", "januari", "februari", "maart", "april", "juni", "juli",
    "augustus", "september", "oktober", "november", "december", "lente", "zomer", "herfst",
    "winter",
)  # fmt: skip
LOOKS_LIKE = [str.maketrans("0134578@$!", f"o{one}eastbasi") for one in "il"]


class LongestPassword:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                f"Dit wachtwoord is te lang. Gebruik hoogstens {LONGEST} tekens.", code="long"
            )

    def get_help_text(self) -> str:
        return f"Hoogstens {LONGEST} tekens."


class NothingEveryoneKnows:
    """Refuses what is only the own name, the words of the team, a month and some digits."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(password)) < 5:
            raise ValidationError(
                "Dit wachtwoord herhaalt een paar tekens. Kies iets met meer afwisseling.",
                code="repeats",
            )
        if _left_over(password, user) < LEFT_OVER and _mostly_plain(password):
            raise ValidationError(
                "Dit wachtwoord is makkelijk te raden: het bestaat vooral uit je naam, "
                "cijfers of woorden van het team. Voeg woorden toe die daar los van staan.",
                code="known",
            )

    def get_help_text(self) -> str:
        return "Niet alleen je naam, woorden van het team of cijfers."


def _left_over(password: str, user: Any) -> int:
    """How many letters stay when known words, digits and signs are taken out."""
    known = sorted({*TEAM_WORDS, *_own_words(user)}, key=len, reverse=True)
    plain = password.lower()
    readings = (plain, *(plain.translate(signs) for signs in LOOKS_LIKE))
    return min(_without(reading, known) for reading in readings)


def _without(text: str, known: list[str]) -> int:
    for word in known:
        text = text.replace(word, " ")
    return len(re.sub(r"[\W\d_]", "", text))


def _own_words(user: Any) -> set[str]:
    text = " ".join(
        str(part or "")
        for part in (
            getattr(user, "name", ""),
            getattr(user, "email", ""),
            getattr(user, "team", ""),
        )
    )
    return {word for word in re.split(r"[\W\d_]+", text.lower()) if len(word) > 2}


def _mostly_plain(password: str) -> bool:
    """A password from a generator has many signs; it isn't made of words at all."""
    signs = re.sub(r"[^\W_]", "", password)
    return len(set(signs)) < 6
