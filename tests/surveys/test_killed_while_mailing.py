"""A sample of the long series: killed at every step, none twice and none lost (T83, T85)."""

import pytest

from tests.surveys.mailing import mail_and_kill

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.services,
]


def test_a_round_that_is_mailed_while_everything_is_killed(tmp_path):
    mailed = mail_and_kill(60, tmp_path, seed=7, dies=0.01, pause=(5, 8))
    assert mailed.wrong == []
    assert mailed.states["sent"] > 30
    assert sum(mailed.states.values()) == 60
    assert sum(mailed.kills.values()) > 0
