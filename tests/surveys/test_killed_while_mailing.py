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
# What each of these leaves behind: whether the letter went is not for us to say.
MAY_HAVE_GONE = {
    "after the claim", "before the line", "with a line", "between text and answer",
    "after the answer", "before the delay", "breaks before taking", "breaks after taking",
    "hangs before taking", "hangs after taking",
}  # fmt: skip


def test_a_round_that_is_mailed_while_everything_is_killed(tmp_path):
    decree(tmp_path, DEATHS + FAULTS)
    mailing = Mailing(tmp_path, seed=7, chances={})
    mailed = mail_and_kill(MANY, mailing, each_part_once(1.5), longest=120)
    assert mailed.wrong == []
    assert mailed.struck == dict.fromkeys(DEATHS + FAULTS, 1)
    assert mailed.kills == dict.fromkeys(PARTS, 1)
    assert mailed.states["refused"] == 1
    assert len(MAY_HAVE_GONE) <= mailed.states["uncertain"] <= len(MAY_HAVE_GONE) + 6
    assert sum(mailed.states.values()) == MANY
