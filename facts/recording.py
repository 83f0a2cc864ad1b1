"""The moment at which something is written down, and the instant at which a draw looks.

Every writer holds a shared advisory lock from before it reads the clock until it has committed.
A draw asks for the exclusive one: when it has that, everything recorded earlier has been
committed, and everything recorded later carries a later time. So nothing recorded before a
draw's instant can turn up after it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction

PATIENCE = "5s"  # of who wants to write alone
BUSY = "Er wordt nu veel tegelijk vastgelegd, zoals een werkboek. Probeer het over een minuut weer."
RECORDING_LOCK = 0x0F_AC_75  # any constant will do, as long as nothing else uses it


@dataclass(frozen=True)
class Recording:
    """One act of writing down: its instant, the person (None: a command) and the reason."""

    at: datetime
    by: Any
    reason: str


def _locked_clock(lock: str) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [RECORDING_LOCK])
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@contextmanager
def recording(*, by: Any, reason: str = "") -> Iterator[Recording]:
    """A transaction in which facts are written down, all at one instant."""
    with transaction.atomic():
        yield Recording(_locked_clock("pg_advisory_xact_lock_shared"), by, reason)


def instant_of_a_draw() -> datetime:
    """An instant before which nothing can be recorded any more. Waits for writers under way.

    Raises ValidationError ('busy'), in Dutch, where one may not wait so long: on a page.
    """
    with _busy_when_it_takes_too_long(), transaction.atomic():
        return _locked_clock("pg_advisory_xact_lock")


@contextmanager
def recording_alone(*, by: Any, reason: str = "") -> Iterator[Recording]:
    """As `recording`, while nobody else writes facts down: for what moves much at once.

    Waits for writers under way, and those after it wait for it: so not for long. Raises
    ValidationError ('busy'), in Dutch. Never within a `recording`: two who ask at once would wait
    for each other.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            with _busy_when_it_takes_too_long():
                at = _locked_clock("pg_advisory_xact_lock")
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
        yield Recording(at, by, reason)


@contextmanager
def _busy_when_it_takes_too_long() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise ValidationError(BUSY, code="busy") from error
