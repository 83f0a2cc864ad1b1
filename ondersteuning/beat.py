"""The clock of the background work, which says at its ticks that it lives."""

import time
from typing import Any

from celery.beat import PersistentScheduler

from reporting.services import heartbeats


class BeatingScheduler(PersistentScheduler):
    """Celery's own, and a row (reporting.Heartbeat). From the tick itself and not from a thread: a
    clock that hangs on its broker has no tick, and then no sign of life either."""

    max_interval = heartbeats.EVERY.total_seconds()
    _said = 0.0

    def tick(self, *args: Any, **options: Any) -> float:
        pause = super().tick(*args, **options)
        if time.monotonic() - self._said > self.max_interval / 2:
            heartbeats.beat_or_wait(heartbeats.Part.BEAT)
            self._said = time.monotonic()
        return min(pause, self.max_interval)
