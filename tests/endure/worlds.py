"""Many random worlds: see tests/reporting/worlds.py."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.endure.outcome import Outcome
from tests.oracle.worlds import worlds
from tests.reporting.worlds import differences, imported

MANY = int(os.environ.get("OT_WORLDS", "1000"))


def random_worlds() -> Outcome:
    outcome = Outcome(tried=0)

    @settings(
        max_examples=MANY, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(world=worlds())
    def every_figure_is_right(world) -> None:
        book, dates = world
        outcome.tried += 1
        with imported(book, folder):
            assert differences(book, dates) == {}

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            every_figure_is_right()
        except AssertionError as fault:
            outcome.wrong.append(str(fault)[:2000])
    return outcome
