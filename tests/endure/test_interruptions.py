"""A sample of what `make endure` does a thousand times."""

import pytest

from tests.endure.interruptions import interruptions
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), NOT_COLLECTED]
WAYS = 6


def test_whatever_interrupts_them_nothing_saved_is_lost():
    outcome = interruptions(many=8)
    assert outcome.wrong == []
    assert outcome.tried == 8
    assert int(outcome.figures["teksten opgeslagen"]) > WAYS
