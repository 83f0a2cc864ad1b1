"""`make endure`: runs every series and writes docs/endurance.md."""

import os
import sys
import time
from pathlib import Path

from tests import services

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
    for series in SERIES:
        began = time.monotonic()
        print(f"{series.title}…", file=sys.stderr, flush=True)
        outcome = series.run()
        outcomes.append((series, outcome, time.monotonic() - began))
        print(f"  {outcome.sentence()}", file=sys.stderr, flush=True)
    write(outcomes, ROOT / "docs" / "endurance.md")
    return int(any(outcome.wrong for _, outcome, _ in outcomes))


if __name__ == "__main__":
    sys.exit(main())
