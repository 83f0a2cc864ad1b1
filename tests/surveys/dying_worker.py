"""A real worker with its beat, in a hurry, that now and then dies at a step of sending a letter.

The product has no such points: they are put in from outside, around its functions. In a hurry: a
sweep each half second, and a minute of pause is a second.
"""

import os
import random
import signal
import sys
from datetime import timedelta

import django

django.setup()

from accounts.mail_backend import StepwiseSmtp  # noqa: E402  after Django is ready
from ondersteuning.celery import app  # noqa: E402
from surveys.services import letters, sending  # noqa: E402

DIES = float(os.environ["TEST_DIES"])  # how often, at each step
chance = random.Random(int(os.environ["TEST_SEED"]))


def may_die(where, name):
    """Before the step, or right after it."""
    as_it_was = getattr(where, name)

    def step(*given, **named):
        if chance.random() < DIES / 2:
            os.kill(os.getpid(), signal.SIGKILL)
        outcome = as_it_was(*given, **named)
        if chance.random() < DIES / 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return outcome

    setattr(where, name, step)


may_die(letters, "claim")
may_die(letters, "end")
may_die(letters, "try_again")
may_die(StepwiseSmtp, "open")
may_die(StepwiseSmtp, "_send")
letters.GIVEN_UP_ON = timedelta(seconds=4)
letters.PAUSES[:] = [timedelta(seconds=1)] * 100
sending.A_SWEEP_TAKES = 4
app.conf.beat_schedule = {
    "sweep-letters": {"task": "surveys.tasks.sweep_letters", "schedule": 0.5},
}
sys.argv = ["celery"]
app.worker_main(
    ["--quiet", "worker", "--beat", "--schedule", os.environ["TEST_BEAT"], "--concurrency", "2",
     "--loglevel", "critical"]
)  # fmt: skip
