"""A real worker, which may kill itself at a step of a draw. The product has no such points: they
are put in from outside, around the function that draws."""

import os
import signal
import sys
from pathlib import Path

import django

django.setup()

from ondersteuning.celery import app  # noqa: E402  after Django is ready
from reporting.services import running  # noqa: E402


def crash_once_at(step: int, marker: Path) -> None:
    draw = running.draw

    def crashing_draw(dates, progress):
        def watched(done, total, label):
            progress(done, total, label)
            if done == step and not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)

        return draw(dates, progress=watched)

    running.draw = crashing_draw


if "TEST_CRASH_AT" in os.environ:
    crash_once_at(int(os.environ["TEST_CRASH_AT"]), Path(os.environ["TEST_CRASH_FILE"]))

sys.argv = ["celery"]
app.worker_main(["--quiet", "worker", "--concurrency", "1", "--loglevel", "error"])
