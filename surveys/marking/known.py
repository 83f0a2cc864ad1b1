"""The names in our own files: of persons, children, colleagues and institutions.

All of them are read at once and kept in this process for a while. Asking the database for the
words of one text would put these words in its logs, and say whose they are.
"""

import re
from time import monotonic
from typing import NamedTuple

from accounts.models import User
from cases.models import Code, Person

from .pieces import folded
from .word_lists import words_in

KEPT_FOR = 5 * 60.0  # seconds


class Known(NamedTuple):
    """`names`: words. `institutions`: what each is called, as words in a row."""

    names: frozenset[str]
    institutions: frozenset[tuple[str, ...]]


_kept: tuple[float, Known] | None = None


def known_names() -> Known:
    """At most five minutes old."""
    global _kept
    if _kept is None or monotonic() - _kept[0] > KEPT_FOR:
        _kept = monotonic(), _read()
    return _kept[1]


def forget() -> None:
    """The next question reads them again."""
    global _kept
    _kept = None


def _read() -> Known:
    columns = (
        Person.objects.values_list("first_name"),
        Person.objects.values_list("last_name"),
        User.objects.values_list("name"),
    )
    names = {
        word
        for rows in columns
        for (name,) in rows.order_by().distinct()
        for word in re.findall(r"[^\W\d_]+", folded(name))
        if len(word) > 1
    }
    labels = Code.objects.in_list("certified_institution").values_list("label", flat=True)
    institutions = {tuple(re.findall(r"\w+", folded(label))) for label in labels.order_by()}
    return Known(frozenset(names - words_in("inside")), frozenset(institutions))
