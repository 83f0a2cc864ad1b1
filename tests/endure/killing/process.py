"""A worker or the clock of the product, whose patience runs ten times as fast."""

import sys
from datetime import timedelta

import django

django.setup()

from ondersteuning.celery import app  # noqa: E402  after Django is ready
from reporting.services import working  # noqa: E402

working.HEARTBEAT, working.DEAD_AFTER = timedelta(seconds=0.5), timedelta(seconds=3)
app.conf.beat_schedule["sweep-report-runs"]["schedule"] = 1.5
app.conf.beat_max_loop_interval = 1

kind, *options = sys.argv[1:]
sys.argv = ["celery"]
app.start(["--quiet", kind, "--loglevel", "critical", *options])
