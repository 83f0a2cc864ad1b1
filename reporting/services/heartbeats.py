"""Whether what works in the background is alive: from the rows that it writes itself.

The clock writes at its own tick, the worker from a thread of its own, and for the broker counts
the last message that the clock sent and a worker received.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connections
from django.db.models import F
from django.db.models.functions import Now

from reporting.models import Heartbeat, ReportFile, ReportRun

from .working import nobody_works_on

log = logging.getLogger(__name__)
Part = Heartbeat.Part

EVERY = timedelta(seconds=10)
# Of the broker more: a message waits behind the work that the worker is doing.
SILENT_AFTER = {
    Part.BEAT: timedelta(seconds=45),
    Part.WORKER: timedelta(seconds=45),
    Part.BROKER: timedelta(minutes=2),
}


@dataclass(frozen=True)
class Sign:
    """`seen_at`: None when it was never heard of."""

    part: str
    title: str
    seen_at: datetime | None
    alive: bool


def beat(part: str) -> None:
    """I am alive."""
    if not Heartbeat.objects.filter(part=part).update(seen_at=Now()):
        Heartbeat.objects.bulk_create([Heartbeat(part=part, seen_at=Now())], ignore_conflicts=True)


def beat_or_wait(part: str) -> None:
    """`beat`, by something that has to go on when the database is away."""
    try:
        beat(part)
    except DatabaseError as error:
        log.warning("Geen levensteken van %s: %s", part, type(error).__name__)
        connections.close_all()


def keep_beating(part: str) -> threading.Event:
    """From a thread of its own, until the event is set or the process ends."""
    enough = threading.Event()

    def go_on() -> None:
        while not enough.is_set():
            beat_or_wait(part)
            enough.wait(EVERY.total_seconds())
        connections.close_all()

    threading.Thread(target=go_on, name=f"levensteken-{part}", daemon=True).start()
    return enough


def signs() -> list[Sign]:
    """Of every part. One query."""
    ages = Heartbeat.objects.annotate(age=Now() - F("seen_at"))
    seen = {part: (at, age) for part, at, age in ages.values_list("part", "seen_at", "age")}
    return [
        Sign(
            part,
            part.label,
            seen[part][0] if part in seen else None,
            part in seen and seen[part][1] < SILENT_AFTER[part],
        )
        for part in Part
    ]


def work_that_waits() -> int:
    """How many draws and files nobody works on."""
    return nobody_works_on(ReportRun).count() + nobody_works_on(ReportFile).count()
