"""A real worker with its beat, in a hurry, that dies at steps of sending a letter as fate wants.

The product has no such points: they are put in from outside, around its functions. In a hurry: a
sweep each half second, and a minute of pause is a second.
"""

import os
import signal
import smtplib
import sys
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402  after Django is ready

from accounts.mail_backend import StepwiseSmtp  # noqa: E402
from ondersteuning.celery import app  # noqa: E402
from surveys.services import letters, sending  # noqa: E402
from tests.surveys.fate import Fate  # noqa: E402

# Where, which function, and the step right before or right after it.
STEPS = (
    (letters, "claim", "before the claim", "after the claim"),
    (StepwiseSmtp, "open", "before the line", "with a line"),
    (StepwiseSmtp, "_send", "", "after the answer"),
    (letters, "end", "", "after the outcome"),
    (letters, "try_again", "before the delay", ""),
)
TEXT_AWAY = "between text and answer"
DEATHS = (*(step for *_, before, after in STEPS for step in (before, after) if step), TEXT_AWAY)


def main() -> None:
    fate = Fate()
    for where, name, before, after in STEPS:
        setattr(where, name, _mortal(getattr(where, name), fate, before, after))
    smtplib.SMTP.send = _mortal_when_text_is_away(smtplib.SMTP.send, fate)
    settings.EMAIL_TIMEOUT = 2
    letters.GIVEN_UP_ON = timedelta(seconds=4)
    letters.PAUSES[:] = [timedelta(seconds=1)] * 100
    sending.A_SWEEP_TAKES = 4
    app.conf.beat_schedule = {
        "sweep-letters": {"task": "surveys.tasks.sweep_letters", "schedule": 0.5},
    }
    children = os.environ["TEST_CHILDREN"]
    sys.argv = ["celery"]
    app.worker_main(
        ["--quiet", "worker", "--beat", "--schedule", os.environ["TEST_BEAT"], "--concurrency",
         children, "--without-gossip", "--without-mingle", "--loglevel", "critical"]
    )  # fmt: skip


def _mortal(as_it_was, fate: Fate, before: str, after: str):
    def step(*given, **named):
        _die_if(before and fate.strikes(before))
        outcome = as_it_was(*given, **named)
        _die_if(after and fate.strikes(after))
        return outcome

    return step


def _mortal_when_text_is_away(as_it_was, fate: Fate):
    """smtplib sends commands as text and the letter as bytes."""

    def send(self, what):
        as_it_was(self, what)
        _die_if(isinstance(what, bytes) and fate.strikes(TEXT_AWAY))

    return send


def _die_if(struck: bool) -> None:
    if struck:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
