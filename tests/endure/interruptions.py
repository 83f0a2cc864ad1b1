"""People at work while the site is interrupted: see tests/endure/interrupting/."""

import os

from tests.endure.apart import found_by
from tests.endure.outcome import Outcome

MANY = int(os.environ.get("OT_INTERRUPTIONS", "1000"))
TOLD = {
    "saved": "teksten opgeslagen",
    "stale": "beide teksten naast elkaar",
    "signed in again": "opnieuw ingelogd",
    "given back": "tekst teruggezet",
    "sent again": "nog eens verstuurd",
}


def interruptions(many: int = MANY, seed: int = 2024) -> Outcome:
    found = found_by("tests.endure.interrupting", f"--interruptions={many}", f"--seed={seed}")
    figures = {name: str(number) for name, number in sorted(found["kinds"].items())}
    figures |= {words: str(found[name]) for name, words in TOLD.items()}
    return Outcome(tried=found["tried"], wrong=found["wrong"], figures=figures)
