"""A large round, mailed while worker, broker and mail server are killed: see tests/surveys."""

import os
import tempfile
from pathlib import Path

from surveys.models import Letter
from tests.endure.outcome import Outcome
from tests.surveys.mailing import mail_and_kill

MANY = int(os.environ.get("OT_MAILS", "10000"))


def killed_mails() -> Outcome:
    """The last of all series: the round stays in the test database, which goes away."""
    with tempfile.TemporaryDirectory() as name:
        mailed = mail_and_kill(MANY, Path(name))
    outcome = Outcome(tried=MANY, wrong=mailed.wrong)
    outcome.figures |= {f"{part} gedood": str(n) for part, n in sorted(mailed.kills.items())}
    words = dict(Letter.State.choices)
    outcome.figures |= {words[state]: str(n) for state, n in sorted(mailed.states.items())}
    return outcome
