"""The processes of the demonstration: restarted, ended, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ondersteuning.children import LONGEST_PAUSE, Child, Children
from ondersteuning.local.process import command_line
from tests import services

PROJECT = Path(__file__).resolve().parents[2]
# 'ondersteuning' in the command line is how a left-over is known.
SLEEP = [sys.executable, "-c", "import time; time.sleep(30)  # ondersteuning"]
PARENT = """
import sys, time
from pathlib import Path
from ondersteuning.children import Child, Children
Children([Child("Slaper", {sleep!r})], note=Path({note!r}), say=print).start()
print("started", flush=True)
time.sleep(30)
"""


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def children(tmp_path, said):
    made = Children([Child("De slaper", SLEEP)], note=tmp_path / "pids", say=said.append)
    yield made
    made.stop()


def number(children: Children) -> int:
    process = children.children[0].process
    assert process
    return process.pid


def until(happened, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(happened())


def test_a_child_that_falls_is_started_again_after_a_pause_that_grows(children, said):
    children.start()
    only = children.children[0]
    pauses = []
    for _ in range(9):
        os.kill(number(children), signal.SIGKILL)
        assert until(lambda: children.look() or only.process is None)
        pauses.append(round(only.again_at - time.monotonic()))
        children.look()
        assert only.process is None, "started before its pause was over"
        only.again_at = 0
        children.look()
        assert only.process
    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert said[0] == "De slaper is gestopt (code -9); opnieuw over 1 seconde(n)."


def test_stopping_ends_all_and_forgets_the_numbers(children):
    children.start()
    child = number(children)
    children.stop()
    assert command_line(child) == ""
    assert not children.note.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel of Linux does this")
def test_a_child_goes_when_its_parent_is_killed(tmp_path):
    note = tmp_path / "pids"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(sleep=SLEEP, note=str(note))],
        cwd=PROJECT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout
    assert parent.stdout.readline() == "started\n"
    child = int(note.read_text())
    assert command_line(child)
    parent.kill()
    parent.communicate()
    assert until(lambda: not command_line(child))


def test_what_an_earlier_parent_left_is_ended_first(children):
    with subprocess.Popen(SLEEP, start_new_session=True) as left:
        assert until(lambda: command_line(left.pid))
        children.note.write_text(str(left.pid))
        children.start()
        assert left.wait(timeout=10) == -signal.SIGTERM


def test_a_number_that_belongs_to_another_program_is_left_alone(children):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        children.note.write_text(str(stranger.pid))
        children.start()
        assert stranger.poll() is None


def test_the_demo_refuses_a_database_that_is_not_its_own(tmp_path):
    given = services.environ_without_services(
        DATABASE_URL="postgresql://a@127.0.0.1:1/x", REDIS_URL="redis://x", OT_SECRET_KEY="s"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=PROJECT, env=given, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "alleen haar eigen, lokale database" in done.stderr
