"""Verbs: everything that changes a file, as keyword-only functions with `by=`.

Noting a single fact (a placement, a request, a result) needs no verb of its own: `note`.
"""

from typing import Any

from facts.models import Fact
from facts.recording import recording
from facts.verbs import add, correct

from .assigning import assign, end_assignment
from .registering import NewPerson, add_person, register
from .trajectory import (
    close,
    last_change,
    may_be_taken_back,
    never_start,
    reopen,
    start,
    status_of,
    withdraw_last_move,
)


def note(fact: Fact, *, by: Any) -> Fact:
    """Write one fact down, now."""
    with recording(by=by) as now:
        return add(fact, at=now)


__all__ = [
    "NewPerson",
    "add_person",
    "assign",
    "close",
    "correct",
    "end_assignment",
    "last_change",
    "may_be_taken_back",
    "never_start",
    "note",
    "register",
    "reopen",
    "start",
    "status_of",
    "withdraw_last_move",
]
