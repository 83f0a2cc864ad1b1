"""Work is a row: asked for, claimed by a worker, done. A message only wakes one up.

Who claims a row becomes its owner for as long as it shows a sign of life. What an owner that was
declared dead still writes is ignored, since every write names the owner.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import connections, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from reporting.models.work import Work

log = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=20)  # four missed signs of life
MAX_ATTEMPTS = 3
THRICE = "Het werk is drie keer afgebroken. Vraag het opnieuw aan."

Progress = Callable[..., None]


def wake(task: str, row: Any) -> None:
    """Best effort: when the broker is away the sweep finds the row within a minute.

    `task` by its name: tasks stand above the services and import them.
    """
    try:
        current_app.send_task(task, [str(row.pk)], retry=False)
    except Exception as error:  # whatever the broker's client raises, the row stands and waits
        log.warning("%s %s wacht op de veger: %s", task, row.pk, type(error).__name__)


def nobody_works_on(kind: type[Work]) -> QuerySet:
    """What waits, and what a worker that died left behind; oldest first."""
    abandoned = Q(state=Work.State.RUNNING, heartbeat_at__lt=Now() - DEAD_AFTER)
    return kind.objects.filter(Q(state=Work.State.WAITING) | abandoned).order_by("requested_at")


def claim_row(
    kind: type[Work],
    pk: uuid.UUID | str,
    *,
    refusal: Callable[[Any], str] = lambda row: "",
    thrice: str = THRICE,
    **begin: Any,
) -> Any:
    """Make the row ours, with the values of `begin`, when nobody works on it. None: someone else
    has it, or it failed here: tried too often, or for the reason that `refusal` gives."""
    with transaction.atomic():
        row = nobody_works_on(kind).select_for_update(skip_locked=True, of=("self",))
        row = row.filter(pk=pk).first()
        if row is None:
            return None
        why = thrice if row.attempts >= MAX_ATTEMPTS else refusal(row)
        if why:
            fail(row, why)
            return None
        kind.objects.filter(pk=row.pk).update(
            state=Work.State.RUNNING,
            owner=uuid.uuid4(),
            attempts=row.attempts + 1,
            heartbeat_at=Now(),
            **begin,
        )
    row.refresh_from_db()
    return row


def ours(row: Work) -> QuerySet:
    """The row, for as long as it is ours."""
    return type(row).objects.filter(pk=row.pk, owner=row.owner, state=Work.State.RUNNING)


def fail(row: Work, why: str) -> None:
    """Unless it is done, or another's."""
    standing = type(row).objects.filter(pk=row.pk, owner=row.owner).exclude(state=Work.State.DONE)
    standing.update(state=Work.State.FAILED, error=why, finished_at=Now())


@contextmanager
def signs_of_life(row: Work) -> Iterator[Progress]:
    """Beat on a connection of its own, since the work may sit in a transaction. Gives what to call
    with the progress: fields of the row and their values."""
    done = threading.Event()
    progress: dict[str, Any] = {}

    def say_progress(**fields: Any) -> None:
        progress.update(fields)
        pulse.set()

    def beat() -> None:
        try:
            while not done.is_set():
                pulse.wait(HEARTBEAT.total_seconds())
                pulse.clear()
                ours(row).update(heartbeat_at=Now(), **progress)
        finally:
            connections.close_all()

    pulse = threading.Event()
    heart = threading.Thread(target=beat, name=f"hartslag-{row.pk}", daemon=True)
    heart.start()
    try:
        yield say_progress
    finally:
        done.set()
        pulse.set()
        heart.join()
