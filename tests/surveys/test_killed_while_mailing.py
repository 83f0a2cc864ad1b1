"""A sample of the long series, by rule: killed once at every step, and each part once; nobody twice
and none lost (T83, T85)."""

import pytest

from tests.surveys.dying_worker import DEATHS
from tests.surveys.fate import decree
from tests.surveys.mailing import PARTS, Mailing, each_part_once, mail_and_kill
from tests.surveys.sink import FAULTS

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.services,
]
MANY = 60
# What these leave behind isn't uncertain: the letter still waits, or is known to be away.
LEAVES_NO_DOUBT = {"before the claim", "after the outcome"}


def test_a_round_that_is_mailed_while_everything_is_killed(tmp_path):
    decree(tmp_path, DEATHS + FAULTS)
    mailing = Mailing(tmp_path, seed=7, chances={})
    mailed = mail_and_kill(MANY, mailing, each_part_once(1.5), longest=120)
    assert mailed.wrong == []
    assert mailed.struck == dict.fromkeys(DEATHS + FAULTS, 1)
    assert mailed.kills == dict.fromkeys(PARTS, 1)
    assert mailed.states["refused"] == 1
    doubts = len(set(DEATHS) - LEAVES_NO_DOUBT)  # each another letter
    assert doubts <= mailed.states["uncertain"] <= doubts + len(FAULTS) + 2 * len(PARTS)
    assert sum(mailed.states.values()) == MANY
