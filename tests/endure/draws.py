"""Draws whose worker is killed at a random step, with a real worker and its successor."""

import os
import random
import statistics
import tempfile
from datetime import date, timedelta
from pathlib import Path

from reporting.models import ReportRun
from reporting.services import running, working
from reporting.services.running import request_run
from tests.cast import a_registration
from tests.endure.outcome import Outcome
from tests.reporting.processes import Worker, wait_until

MANY = int(os.environ.get("OT_KILLS", "40"))
STEPS = 7  # statements of a draw
MAY, JULY = date(2024, 5, 1), date(2024, 7, 31)


def killed_draws() -> Outcome:
    outcome, seconds, chance = Outcome(tried=0), [], random.Random(2024)
    for _ in range(3):
        a_registration()
    working.DEAD_AFTER = timedelta(seconds=2)
    with tempfile.TemporaryDirectory() as name:
        for number in range(MANY):
            outcome.tried += 1
            try:
                seconds.append(_one(chance.randrange(STEPS), Path(name) / str(number)))
            except AssertionError as fault:
                outcome.wrong.append(f"berekening {number}: {fault}")
    if seconds:
        outcome.figures["hersteld na (mediaan)"] = f"{statistics.median(seconds):.1f} s"
    return outcome


def _one(step: int, marker: Path) -> float:
    """Seconds from the kill to the figures (the sweep runs in this process, as beat would call
    it, and finds the run once its owner has missed its signs of life)."""
    run = request_run(period_start=MAY, reference_date=JULY, known_on=None, label="P", by=None)
    with Worker(crash_at=step, crash_file=str(marker)):
        wait_until(marker.exists, seconds=40, what="de werker is gedood")
    took = wait_until(lambda: _swept(run), seconds=30, what="de berekening is klaar")
    assert run.attempts == 2, f"{run.attempts} pogingen"
    assert run.figures["registrations.total"] == 3, run.figures["registrations.total"]
    return took


def _swept(run: ReportRun) -> bool:
    for waiting in running.waiting_for_work():
        claimed = running.claim(waiting)
        if claimed is not None:
            running.work_on(claimed)
    run.refresh_from_db()
    return run.state == ReportRun.State.DONE
