"""Draws, exports and publications whose worker, clock, broker or database is killed: see
tests/endure/killing/."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

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
    """In a process of its own, on a copy of the empty test database."""
    address = urlsplit(os.environ["DATABASE_OWNER_URL"])
    copy = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    connection.close()
    done = subprocess.run(
        [
            sys.executable, "-m", "tests.endure.killing",
            f"--kills={many}", f"--seed={seed}", f"--copy={copy}",
        ],
        cwd=settings.BASE_DIR, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])  # a worker may have said something before
    figures = {NAMES[name]: str(number) for name, number in sorted(found["kinds"].items())}
    figures["rapporten"] = str(found["orders"])
    figures["opnieuw gevraagd na drie keer"] = str(found["afresh"])
    if found["recovered"] is not None:
        figures["klaar na de laatste klap (mediaan)"] = f"{found['recovered']:.1f} s"
        figures["traagste"] = f"{found['slowest']:.1f} s"
    return Outcome(tried=found["tried"], wrong=found["wrong"], figures=figures)
