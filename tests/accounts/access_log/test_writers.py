"""Many writers at once, with roll-backs and kills: no gap, no fork, no false alarm (T56)."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connections, transaction

from accounts.access_log import note
from accounts.access_log.verifying import verify
from accounts.models import AccessLine, Team, User
from tests.accounts.access_log.database import url_of
from tests.accounts.access_log.test_writing import READ

WRITERS = 8
MOST_LINES = 3  # of one transaction


@contextmanager
def a_writer(transactions: int, seed: int, crash: int | None) -> Iterator[subprocess.Popen]:
    """A process that writes as the application, and ends with the test."""
    environ = {name: value for name, value in os.environ.items() if name != "OT_DATABASE_ROLE"}
    environ |= {name: url_of(name) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    command = [sys.executable, "-m", "tests.accounts.access_log.writer", str(transactions)]
    command += [str(seed)] if crash is None else [str(seed), str(crash)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def last_told(writer: subprocess.Popen) -> int:
    """How many lines it had committed when it last spoke."""
    return int(["0", *writer.stdout.read().split()][-1])


def verified_while_they_write(writers: list[subprocess.Popen]) -> tuple[int, list[str]]:
    """How often, and the false alarms. Kills the last writer when it is well under way."""
    walks, alarms = 0, []
    while any(writer.poll() is None for writer in writers):
        fault, checked = verify()
        walks += 1
        alarms += [str(fault)] if fault else []
        if checked > 150:
            writers[-1].kill()
        time.sleep(0.05)
    return walks, alarms


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_writers_of_which_some_are_killed_leave_one_whole_chain():
    chance = random.Random(56)
    crashes = [chance.randrange(5, 100) for _ in range(3)] + [None] * (WRITERS - 3)
    with ExitStack() as stack:
        writers = [
            stack.enter_context(a_writer(60, seed, crash)) for seed, crash in enumerate(crashes)
        ]
        walks, alarms = verified_while_they_write(writers)
        told = [last_told(writer) for writer in writers]
    assert alarms == []
    assert walks > 3
    assert [writer.returncode for writer in writers] == [-9] * 3 + [0] * 4 + [-9]
    numbers = list(AccessLine.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), "no gaps"
    # Who was killed may have committed a last transaction without telling.
    assert sum(told) <= len(numbers) <= sum(told) + MOST_LINES * 4
    assert verify() == (None, len(numbers))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_waits_for_another_while_holding_the_head():
    """Two pages noted a line; one has a row locked that the other has to check at its commit.

    Numbering before that check would be a deadlock: one has the head and waits for the row, the
    other has the row and waits for the head.
    """
    team = Team.objects.create(name="Team Oost")
    locked, committing, faults = threading.Event(), threading.Event(), []

    def has_the_row() -> None:
        try:
            with transaction.atomic():
                note(actor=None, **READ)
                Team.objects.select_for_update().get(pk=team.pk)
                locked.set()
                committing.wait(10)
                time.sleep(0.5)  # by then the other one waits in its commit
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    other = threading.Thread(target=has_the_row)
    other.start()
    assert locked.wait(10)
    with transaction.atomic():
        note(actor=None, **READ)
        User.objects.create(email="b@ot.example.org", name="Bo", team=team)
        committing.set()
    other.join(20)
    assert faults == []
    assert verify() == (None, 2)
