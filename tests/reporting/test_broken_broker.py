"""A broker that is emptied, full, frozen or gone (T75), and a worker that is told to stop in the
middle (T82): whoever asks is answered at once, and what was asked is done once, by itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery

from ondersteuning.children import Child, Children
from ondersteuning.local.binaries import find_redis
from reporting.services.running import request_run
from tests.cast import a_registration
from tests.endure.interrupting.machine import free_port
from tests.reporting.processes import environ_of_tests, wait_until
from tests.reporting.runs import NOT_COLLECTED
from tests.reporting.test_running import JULY, MAY, is_done

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
LONGEST = 60  # seconds until it has recovered by itself
GRACE = 10  # seconds that a part gets to finish what it is doing
PATIENT = 12  # seconds that asking may take with a broker that says nothing (two waits of five)
PROCESS = [sys.executable, "-m", "tests.endure.killing.process"]


class Broker:
    """Of this test alone: it is broken."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        command = [str(find_redis(os.environ, None)), "--port", str(self.port)]
        command += ["--save", "", "--dir", str(self.folder)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self._answers, seconds=10, what="de wachtrij antwoordt")
        return process

    def _answers(self) -> bool:
        try:
            return self.ask().ping()
        except redis.RedisError:
            return False

    def ask(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_timeout=2)

    def empty(self) -> None:
        self.ask().flushall()

    def fill(self) -> None:
        self.ask().config_set("maxmemory", "1")

    def make_room(self) -> None:
        self.ask().config_set("maxmemory", "0")

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def start_again(self) -> None:
        self.process = self._start()


def nothing(broker: Broker) -> None:
    """It heals by itself."""


TROUBLES: dict[str, tuple[Callable[[Broker], None], Callable[[Broker], None]]] = {
    "emptied": (Broker.empty, nothing),
    "full": (Broker.fill, Broker.make_room),
    "frozen": (Broker.freeze, Broker.thaw),
    "gone": (Broker.kill, Broker.start_again),
}


@pytest.fixture
def broker(tmp_path, monkeypatch) -> Iterator[Broker]:
    broker = Broker(tmp_path)
    app = Celery(set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = broker.address
    monkeypatch.setattr("reporting.services.working.current_app", app)
    try:
        yield broker
    finally:
        broker.thaw()
        broker.kill()


@pytest.fixture
def staff(broker, tmp_path, monkeypatch) -> Iterator[Children]:
    """A worker and a clock, started again when they fall."""
    for name, value in (environ_of_tests() | {"REDIS_URL": broker.address}).items():
        monkeypatch.setenv(name, value)
    options = ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    clock = ["--schedule", str(tmp_path / "clock"), "--pidfile="]
    children = Children(
        [
            Child("De werker", [*PROCESS, "worker", *options]),
            Child("De klok", [*PROCESS, "beat", *clock]),
        ],
        note=tmp_path / "pids",
        say=lambda words: None,
    )
    children.start()
    try:
        yield children
    finally:
        children.stop(seconds=5)


def ask():
    return request_run(period_start=MAY, reference_date=JULY, known_on=None, label="P", by=None)


def until_done(staff: Children, *runs, after: str) -> None:
    def done() -> bool:
        staff.look()
        return all(is_done(run) for run in runs)

    wait_until(done, seconds=LONGEST, what=f"alles is berekend ({after})")
    for run in runs:
        assert run.figures["registrations.total"] == 1


def stop(child: Child, number: signal.Signals) -> None:
    """As a server stops something: asked first, and ended when it doesn't go."""
    assert child.process is not None
    child.process.send_signal(number)
    try:
        child.process.wait(GRACE)
    except subprocess.TimeoutExpired:
        child.process.kill()
    child.pause = 1.0  # it fell over the broker before, more often than it does in a year


def test_whatever_breaks_what_was_asked_is_done_once(broker, staff):
    """One worker for all of it: starting it takes longest."""
    a_registration()
    until_done(staff, ask(), after="begin")
    for name, (break_it, mend_it) in TROUBLES.items():
        waiting = ask()
        break_it(broker)
        began = time.monotonic()
        asked_meanwhile = ask()
        took = time.monotonic() - began
        assert took < PATIENT, f"{name}: who asks waits {took:.1f} s"
        mend_it(broker)
        until_done(staff, waiting, asked_meanwhile, after=name)
    for number in (signal.SIGTERM, signal.SIGQUIT):
        runs = [ask() for _ in range(5)]
        stop(staff.children[0], number)
        until_done(staff, *runs, after=number.name)
