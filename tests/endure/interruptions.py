"""People at work while the site is interrupted: see tests/endure/interrupting/."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

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
    """In a process of its own, on a copy of the empty test database."""
    address = urlsplit(os.environ["DATABASE_OWNER_URL"])
    copy = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    connection.close()
    done = subprocess.run(
        [
            sys.executable, "-m", "tests.endure.interrupting",
            f"--interruptions={many}", f"--seed={seed}", f"--copy={copy}",
        ],
        cwd=settings.BASE_DIR, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    figures = {name: str(number) for name, number in sorted(found["kinds"].items())}
    figures |= {words: str(found[name]) for name, words in TOLD.items()}
    return Outcome(tried=found["tried"], wrong=found["wrong"], figures=figures)
