"""Verbs: everything that changes a file, as keyword-only functions with `by=`.

Noting a single fact (a placement, a request, a result) needs no verb of its own: `note`.
"""

from typing import Any

from facts.models import Fact
from facts.recording import recording
from facts.verbs import add, correct

from .assigning import assign, end_assignment
from .contacts import correct_contact, note_contact, withdraw_contact
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
    "correct_contact",
    "end_assignment",
    "last_change",
    "may_be_taken_back",
    "never_start",
    "note",
    "note_contact",
    "register",
    "reopen",
    "start",
    "status_of",
    "withdraw_contact",
    "withdraw_last_move",
]
