"""Draws, exports and publications whose worker, clock, broker or database is killed: see
tests/endure/killing/."""

import os

from tests.endure.apart import found_by
from tests.endure.outcome import Outcome

MANY = int(os.environ.get("OT_KILLED_REPORTS", "200"))
NAMES = {
    "worker": "werker",
    "child of the worker": "kind van de werker",
    "clock": "klok",
    "broker": "wachtrij",
    "database": "database",
}


def kills(many: int = MANY, seed: int = 2024) -> Outcome:
    found = found_by("tests.endure.killing", f"--kills={many}", f"--seed={seed}")
    figures = {NAMES[name]: str(number) for name, number in sorted(found["kinds"].items())}
    figures["rapporten"] = str(found["orders"])
    figures["opnieuw gevraagd na drie keer"] = str(found["afresh"])
    if found["recovered"] is not None:
        figures["klaar na de laatste klap (mediaan)"] = f"{found['recovered']:.1f} s"
        figures["traagste"] = f"{found['slowest']:.1f} s"
    return Outcome(tried=found["tried"], wrong=found["wrong"], figures=figures)
