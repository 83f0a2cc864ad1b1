"""How much slower eight people who read at once become by the read log.

python -m tests.accounts.access_log.speed [ROUNDS]: on a PostgreSQL of its own which, unlike that
of the tests, waits for the disk at each commit. Rounds with and without the log take turns, so
that a busy machine is busy for both.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack

from tests import services

READERS, ROUNDS, PAGES, ROWS = 8, 11, 25, 20
KINDS = {"page": "een pagina, door alle middleware", "transaction": "alleen haar transactie"}


def main() -> int:
    """0 when the log costs less than a factor of two."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    with services.of_its_own():
        _fill()
        ratios = measured(rounds)
    return int(max(ratios.values()) >= 2)


def _fill() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from accounts.models import Team, User
    from accounts.roles import sync_roles

    call_command("migrate", verbosity=0)
    sync_roles()
    team = Team.objects.create(name="Team Oost")
    for number in range(ROWS):
        email = f"lezer{number}@ot.example.org"
        User.objects.create_user(email, name=email, team=team, invited_at=timezone.now())


def measured(rounds: int) -> dict[str, float]:
    """For each kind the median ratio; prints what it saw."""
    environ = {name: value for name, value in os.environ.items() if name != "OT_DATABASE_ROLE"}
    quiet = ["-W", "ignore:No directory at"]  # the static files needn't be collected for this
    command = [sys.executable, *quiet, "-m", "tests.accounts.access_log.speed_reader"]
    ratios = {}
    with ExitStack() as stack:
        readers = [
            stack.enter_context(
                subprocess.Popen(
                    [*command, str(number)],
                    env=environ,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for number in range(READERS)
        ]
        for kind, words in KINDS.items():
            _round(readers, kind, log=True)  # to get warm
            pairs = [[_round(readers, kind, log=log) for log in _turns(n)] for n in range(rounds)]
            pairs = [pair[::-1] if turn % 2 else pair for turn, pair in enumerate(pairs)]
            ratios[kind] = statistics.median(after / before for before, after in pairs)
            before, after = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
            print(f"{words}: {before:.1f} ms zonder, {after:.1f} ms met log, {ratios[kind]:.2f}x")
    return ratios


def _turns(number: int) -> tuple[bool, bool]:
    """Without and with the log, or the other way round."""
    return (True, False) if number % 2 else (False, True)


def _round(readers: list[subprocess.Popen], kind: str, *, log: bool) -> float:
    """Everybody reads at once; the median time of a page in seconds."""
    for reader in readers:
        reader.stdin.write(json.dumps([kind, log, PAGES]) + "\n")
        reader.stdin.flush()
    return statistics.median(
        seconds for reader in readers for seconds in json.loads(reader.stdout.readline())
    )


def timed(work, many: int) -> list[float]:
    """The seconds of each time."""
    took = []
    for _ in range(many):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return took


if __name__ == "__main__":
    sys.exit(main())
