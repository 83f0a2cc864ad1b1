"""Verbs: everything that changes a file, as keyword-only functions with `by=`.

Noting a single fact (a placement, a request, a result) needs no verb of its own: `note`.
"""

from typing import Any

from django.db import transaction

from cases.searching.index import index_who_it_is_about
from facts import verbs
from facts.models import Fact
from facts.recording import recording

from .arriving import HowItCame, LikelyKnown, register_arrival
from .assigning import assign, end_assignment
from .checking import check_target_group
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
        return index_who_it_is_about(verbs.add(fact, at=now))


def correct(fact: Fact, *, by: Any, reason: str, **changes: Any) -> Fact:
    """As facts.verbs.correct; whose birth date it was is found by the new one."""
    with transaction.atomic():
        return index_who_it_is_about(verbs.correct(fact, by=by, reason=reason, **changes))


__all__ = [
    "HowItCame",
    "LikelyKnown",
    "NewPerson",
    "add_person",
    "assign",
    "check_target_group",
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
    "register_arrival",
    "reopen",
    "start",
    "status_of",
    "withdraw_contact",
    "withdraw_last_move",
]
