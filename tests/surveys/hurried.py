"""A worker or the clock of the product, in a hurry: what the clock does for a survey every so many
seconds, it does every half second. On a queue of its own, beside the other tests.

python -m tests.surveys.hurried worker|beat OPTIONS
"""

import sys

import django

django.setup()

from ondersteuning.celery import app  # noqa: E402  after Django is ready

for name in ("sweep-letters", "empty-drop-boxes"):
    app.conf.beat_schedule[name]["schedule"] = 0.5
app.conf.task_default_queue = "hurried"
kind, *options = sys.argv[1:]
sys.argv = ["celery"]
app.start(["--quiet", kind, "--loglevel", "error", *options])
