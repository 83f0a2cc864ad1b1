"""Many random days of work through the screens: see tests/day."""

import datetime
import os

from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment

from tests.day.comparing import counted, differences, drawn
from tests.day.random_day import work
from tests.endure.outcome import Outcome

MANY = int(os.environ.get("OT_DAYS", "20"))
ACTS = 230
DAYS_AGO = (0, 14, 45, 75)
# What settings.py has under pytest: nobody waits, or asks for a code.
AS_IN_A_TEST = {
    "FORM_TAKES": datetime.timedelta(0),
    "SECOND_FACTOR_SKIPPED_FOR": ("",),
    "STORAGES": settings.STORAGES
    | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
}


def random_days() -> Outcome:
    outcome, today = Outcome(tried=0), datetime.date.today()
    setup_test_environment()  # the host and the mail of a test, as pytest would
    try:
        with override_settings(**AS_IN_A_TEST):
            acts = _all(today, outcome)
    finally:
        teardown_test_environment()
    outcome.figures["handelingen"] = str(acts)
    return outcome


def _all(today: datetime.date, outcome: Outcome) -> int:
    acts = 0
    for seed in range(MANY):
        outcome.tried += 1
        with transaction.atomic():
            acts += _one(seed, today, outcome)
            transaction.set_rollback(True)
    return acts


def _one(seed: int, today: datetime.date, outcome: Outcome) -> int:
    """How many acts that day had."""
    try:
        worked = work(seed, today, ACTS)
    except AssertionError as fault:
        outcome.wrong.append(f"dag {seed}: {fault}"[:500])
        return 0
    for days in DAYS_AGO:
        reference = today - datetime.timedelta(days=days)
        plain = counted(worked.book, reference, today)
        if found := differences(drawn(reference, today), plain):
            outcome.wrong.append(f"dag {seed}, peildatum {reference}: {found}"[:500])
    return len(worked.day.ledger.acts)
