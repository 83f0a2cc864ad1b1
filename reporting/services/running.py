"""A run is a row: asked for, claimed by a worker, computed, done. A message only wakes one up.

Who claims a run becomes its owner for as long as it shows a sign of life. What an owner that was
declared dead still writes is ignored, since every write names the owner.
"""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connections, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.roles import VIEW_REPORTS, may
from facts.dates import Dates
from facts.recording import instant_of_a_draw
from reporting.figures import Number
from reporting.models import ReportRun

from .drawing import draw

log = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=20)  # four missed signs of life
MAX_ATTEMPTS = 3


def request_run(
    *, period_start: date, reference_date: date, known_on: datetime | None, label: str, by: Any
) -> ReportRun:
    """Ask for a draw, and wake a worker up. Without `known_on`: all that is known now.

    Raises ValueError, in Dutch, when the dates don't follow each other.
    """
    dates = Dates(period_start, reference_date, known_on or instant_of_a_draw())
    run = ReportRun.objects.create(
        label=label,
        period_start=dates.period_start,
        reference_date=dates.reference_date,
        known_on=dates.known_on,
        requested_by=by,
    )
    transaction.on_commit(lambda: wake_a_worker(run))
    return run


def wake_a_worker(run: ReportRun) -> None:
    """Best effort: when the broker is away the sweep finds the run within a minute."""
    try:
        # By name: the task stands above this module and imports it.
        current_app.send_task("reporting.tasks.work_on_run", [str(run.pk)], retry=False)
    except Exception as error:  # whatever the broker's client raises, the run stands and waits
        log.warning("Run %s wacht op de veger: %s", run.pk, type(error).__name__)


def claim(run_id: uuid.UUID | str) -> ReportRun | None:
    """Make the run ours if it waits, or if its owner is dead. None: someone else has it, or it
    failed here: tried too often, or asked for by someone who may no longer (T9, T27)."""
    abandoned = Q(state=ReportRun.State.RUNNING, heartbeat_at__lt=Now() - DEAD_AFTER)
    with transaction.atomic():
        run = (
            ReportRun.objects.select_for_update(skip_locked=True)
            .filter(Q(state=ReportRun.State.WAITING) | abandoned, pk=run_id)
            .first()
        )
        if run is None:
            return None
        if run.attempts >= MAX_ATTEMPTS:
            _fail(run, "De berekening is drie keer afgebroken. Vraag haar opnieuw aan.")
            return None
        if run.requested_by and not may(run.requested_by, VIEW_REPORTS):
            _fail(run, "Wie deze berekening vroeg, mag geen cijfers meer zien.")
            return None
        run.state, run.owner = ReportRun.State.RUNNING, uuid.uuid4()
        run.attempts, run.steps_done, run.step_label = run.attempts + 1, 0, ""
        run.heartbeat_at = Now()
        run.save()
    run.refresh_from_db()
    return run


def work_on(run: ReportRun) -> None:
    """Compute a claimed run and keep its figures. Safe to do twice: it gives the same."""
    try:
        with _signs_of_life(run) as say_progress:
            figures = draw(run.dates, progress=say_progress)
    except Exception:
        log.exception("Run %s mislukt", run.pk)
        _fail(run, "Er ging iets mis bij het berekenen. De beheerder kan het in het logboek zien.")
        raise
    _ours(run).update(
        state=ReportRun.State.DONE,
        figures=as_json(figures),
        code_version=settings.VERSION,
        finished_at=Now(),
        steps_done=F("steps_total"),
        step_label="",
    )


def waiting_for_work() -> list[uuid.UUID]:
    """Runs that nobody works on: waiting, or left behind by a worker that died."""
    abandoned = Q(state=ReportRun.State.RUNNING, heartbeat_at__lt=Now() - DEAD_AFTER)
    waiting = Q(state=ReportRun.State.WAITING)
    runs = ReportRun.objects.filter(waiting | abandoned).order_by("requested_at")
    return list(runs.values_list("pk", flat=True))


def as_json(figures: dict[str, Number]) -> dict[str, int | float | None]:
    """Numbers as JSON writes them: 35.17 and not '35.17'."""
    return {
        key: float(number) if isinstance(number, Decimal) else number
        for key, number in figures.items()
    }


def _ours(run: ReportRun):
    return ReportRun.objects.filter(pk=run.pk, owner=run.owner, state=ReportRun.State.RUNNING)


def _fail(run: ReportRun, why: str) -> None:
    ReportRun.objects.filter(pk=run.pk, owner=run.owner).exclude(state=ReportRun.State.DONE).update(
        state=ReportRun.State.FAILED, error=why, finished_at=Now(), step_label=""
    )


@contextmanager
def _signs_of_life(run: ReportRun) -> Iterator[Any]:
    """Beat on a connection of its own, since the draw sits in a read-only transaction."""
    done = threading.Event()
    progress: dict[str, Any] = {}

    def say_progress(step: int, steps: int, label: str) -> None:
        progress.update(steps_done=step, steps_total=steps, step_label=label)
        pulse.set()

    def beat() -> None:
        try:
            while not done.is_set():
                pulse.wait(HEARTBEAT.total_seconds())
                pulse.clear()
                _ours(run).update(heartbeat_at=Now(), **progress)
        finally:
            connections.close_all()

    pulse = threading.Event()
    heart = threading.Thread(target=beat, name=f"hartslag-{run.pk}", daemon=True)
    heart.start()
    try:
        yield say_progress
    finally:
        done.set()
        pulse.set()
        heart.join()
