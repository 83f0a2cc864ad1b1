"""A draw of the figures: asked for, claimed by a worker, computed, done (services.working)."""

import logging
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.roles import VIEW_REPORTS, may
from facts.dates import Dates
from facts.recording import instant_of_a_draw
from reporting.figures import Number
from reporting.models import ReportRun

from . import working
from .drawing import draw

log = logging.getLogger(__name__)
THRICE = "De berekening is drie keer afgebroken. Vraag haar opnieuw aan."


def request_run(
    *,
    period_start: date,
    reference_date: date,
    known_on: datetime | None,
    label: str,
    by: Any,
    daily: bool = False,
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
        daily=daily,
    )
    transaction.on_commit(lambda: wake_a_worker(run))
    return run


def wake_a_worker(run: ReportRun) -> None:
    working.wake("reporting.tasks.work_on_run", run)


def claim(run_id: uuid.UUID | str) -> ReportRun | None:
    """Make the run ours if it waits, or if its owner is dead. None: someone else has it, or it
    failed here: tried too often, or asked for by someone who may no longer (T9, T27)."""
    return working.claim_row(
        ReportRun, run_id, refusal=_refusal, thrice=THRICE, steps_done=0, step_label=""
    )


def work_on(run: ReportRun) -> None:
    """Compute a claimed run and keep its figures. Safe to do twice: it gives the same."""
    try:
        with working.signs_of_life(run) as say:
            figures = draw(
                run.dates,
                progress=lambda step, steps, label: say(
                    steps_done=step, steps_total=steps, step_label=label
                ),
            )
    except Exception:
        log.exception("Run %s mislukt", run.pk)
        why = "Er ging iets mis bij het berekenen. De beheerder kan het in het logboek zien."
        working.fail(run, why)
        raise
    working.ours(run).update(
        state=ReportRun.State.DONE,
        figures=as_json(figures),
        code_version=settings.VERSION,
        finished_at=Now(),
        steps_done=F("steps_total"),
        step_label="",
    )


def waiting_for_work() -> list[uuid.UUID]:
    """Runs that nobody works on: waiting, or left behind by a worker that died."""
    return list(working.nobody_works_on(ReportRun).values_list("pk", flat=True))


def as_json(figures: dict[str, Number]) -> dict[str, int | float | None]:
    """Numbers as JSON writes them: 35.17 and not '35.17'."""
    return {
        key: float(number) if isinstance(number, Decimal) else number
        for key, number in figures.items()
    }


def _refusal(run: ReportRun) -> str:
    if run.requested_by and not may(run.requested_by, VIEW_REPORTS):
        return "Wie deze berekening vroeg, mag geen cijfers meer zien."
    return ""
