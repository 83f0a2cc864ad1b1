"""`make endure`: runs every series, or those with one of the given words in their title, and writes
their lines in docs/endurance.md."""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests import services
from tests.endure.outcome import Series

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """0 when every series found nothing wrong."""
    data = services.start(os.environ)
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
        import django

        django.setup()
        from django.db import connection

        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            return _run_all()
        finally:
            connection.creation.destroy_test_db("ondersteuning", verbosity=0)
    finally:
        services.stop(data)


def _run_all() -> int:
    from tests.endure.report import write
    from tests.endure.series import SERIES

    outcomes = []
    for series in asked_for(SERIES, sys.argv[1:]):
        began = time.monotonic()
        print(f"{series.title}…", file=sys.stderr, flush=True)
        outcome = series.run()
        outcomes.append((series, outcome, time.monotonic() - began))
        print(f"  {outcome.sentence()}", file=sys.stderr, flush=True)
    order = [series.title for series in SERIES]
    write(outcomes, ROOT / "docs" / "endurance.md", order)
    return int(any(outcome.wrong for _, outcome, _ in outcomes))


def asked_for(every: Iterable[Series], words: list[str]) -> list[Series]:
    """All of them when no word is given."""
    found = [
        series
        for series in every
        if not words or any(word.lower() in series.title.lower() for word in words)
    ]
    if not found:
        sys.exit(f"Geen reeks heet zo: {' '.join(words)}")
    return found


if __name__ == "__main__":
    sys.exit(main())
