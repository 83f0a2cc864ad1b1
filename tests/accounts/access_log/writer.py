"""One of many writers, as a process of its own with the application's rights.

python -m tests.accounts.access_log.writer TRANSACTIONS SEED [CRASH]: writes that many
transactions, of which some are rolled back, in part or as a whole. With CRASH it kills itself
with -9 somewhere in one of them. Prints how many lines were committed after each.
"""

import os
import random
import signal
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402  after Django is ready

from accounts.access_log import note  # noqa: E402

READ = {"action": "read", "object_type": "family", "ground": "own_case", "purpose": "ondersteuning"}


class Crash:
    """A kill at the moment that was drawn by lot."""

    def __init__(self, at: int | None) -> None:
        self.left = at

    def point(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.left is not None:
            self.left -= 1


def write(chance: random.Random, crash: Crash) -> int:
    """One transaction; the number of lines that it left."""
    kept = 0
    with transaction.atomic():
        for _ in range(chance.randint(1, 3)):
            crash.point()
            with transaction.atomic():
                note(actor=None, **READ, part=str(os.getpid()))
                undone = chance.random() < 0.2
                if undone:
                    transaction.set_rollback(True)
            kept += not undone
            crash.point()
        if chance.random() < 0.2:
            transaction.set_rollback(True)
            kept = 0
        transaction.on_commit(crash.point)
    return kept


def main() -> None:
    many, seed, *crash = map(int, sys.argv[1:])
    chance, crashing = random.Random(seed), Crash(crash[0] if crash else None)
    committed = 0
    for _ in range(many):
        committed += write(chance, crashing)
        print(committed, flush=True)


if __name__ == "__main__":
    main()
