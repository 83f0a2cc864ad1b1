"""A sample of what `make endure` does two hundred times (T74 to T78, T82)."""

import pytest

from tests.endure.kills import kills
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), NOT_COLLECTED]


def test_whatever_is_killed_each_report_is_published_once_and_whole():
    outcome = kills(many=3)
    assert outcome.wrong == []
    assert outcome.tried == 3
    assert int(outcome.figures["rapporten"]) > 0
