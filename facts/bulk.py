"""The same verbs as facts.verbs for many facts at once, with their history: what an import uses.

The rows are trusted to have been checked (by the forms); the database still refuses what can't be.
"""

from collections.abc import Iterable

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from .models import WITHDRAWAL, Fact
from .recording import Recording

BATCH = 2_000


def add_all(facts: Iterable[Fact], *, at: Recording) -> int:
    """Write facts of one kind down. One that already says when it was recorded keeps that."""
    rows = list(facts)
    for row in rows:
        row.recorded_at = row.recorded_at or at.at
        row.recorded_by = at.by
    return _create(rows, at)


def add_again(facts: Iterable[Fact], *, at: Recording) -> int:
    """Write down, from now on, what stood elsewhere. Who wrote it first stays its writer (it says
    so already); its history says who moved it."""
    rows = list(facts)
    for row in rows:
        row.recorded_at = at.at
    return _create(rows, at)


def _create(rows: list[Fact], at: Recording) -> int:
    if not rows:
        return 0
    bulk_create_with_history(
        rows,
        type(rows[0]),
        batch_size=BATCH,
        default_user=at.by,
        default_change_reason=at.reason,
        default_date=at.at,
    )
    return len(rows)


def withdraw_all(facts: Iterable[Fact], *, at: Recording) -> int:
    """Take standing facts of one kind back. The caller holds a lock against other writers."""
    rows = list(facts)
    if not rows:
        return 0
    for row in rows:
        row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason = at.at, at.by, at.reason
    bulk_update_with_history(
        rows,
        type(rows[0]),
        WITHDRAWAL,
        batch_size=BATCH,
        default_user=at.by,
        default_change_reason=at.reason,
        default_date=at.at,
    )
    return len(rows)
