"""A large round, mailed while worker, broker and mail server are killed: see tests/surveys."""

import os
import tempfile
from pathlib import Path

from surveys.models import Letter
from tests.endure.outcome import Outcome
from tests.surveys.dying_worker import DEATHS
from tests.surveys.mailing import Mailing, at_random, mail_and_kill
from tests.surveys.sink import FAULTS

MANY = int(os.environ.get("OT_MAILS", "10000"))
LONGEST = 3_600  # seconds
SEED = 2026
# Of each so many letters, one meets with it: fifty at each step (T83).
CHANCES = dict.fromkeys(DEATHS, 1 / 200) | dict.fromkeys(FAULTS, 1 / 500)
BETWEEN_KILLS = 6, 15  # seconds
NAMES = {"worker": "werker", "broker": "wachtrij", "mail server": "mailserver"}


def killed_mails() -> Outcome:
    """The last of all series: the round stays in the test database, which goes away."""
    with tempfile.TemporaryDirectory() as name:
        mailing = Mailing(Path(name), seed=SEED, chances=CHANCES)
        killings = at_random(SEED, BETWEEN_KILLS)
        mailed = mail_and_kill(MANY, mailing, killings, longest=LONGEST)
    outcome = Outcome(tried=MANY, wrong=mailed.wrong)
    outcome.figures = {
        f"{NAMES[part]} gedood": str(many) for part, many in sorted(mailed.kills.items())
    }
    words = dict(Letter.State.choices)
    died = sum(mailed.struck[step] for step in DEATHS)
    outcome.figures |= {
        f"kind van de werker gedood bij een van de {len(DEATHS)} stappen": str(died),
        "storingen van de mailserver": str(sum(mailed.struck[fault] for fault in FAULTS)),
    }
    outcome.figures |= {words[state]: str(many) for state, many in sorted(mailed.states.items())}
    outcome.figures["brieven per seconde"] = f"{MANY / mailed.seconds:.0f}"
    return outcome
