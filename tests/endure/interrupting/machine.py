"""The site and its database, as the product starts them, and the ways to break them."""

import os
import random
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from ondersteuning.children import Child, Children
from ondersteuning.local.folder import Folder
from ondersteuning.local.postgres import Postgres
from ondersteuning.management.commands.demo import WEB_THREADS, WEB_WORKERS
from tests.endure.interrupting.browser import Browser, Lost

LONGEST_OUTAGE = 90  # seconds; more is a fault


class Machine:
    """`say`: where a restart is told."""

    def __init__(self, folder: Folder, environ: Mapping[str, str], say: Callable) -> None:
        self.port = free_port()
        self._folder, self._postgres = folder, Postgres(folder, environ)
        self.child = Child("De website", _gunicorn(self.port))
        self.children = Children([self.child], note=folder.path / "site.pids", say=say)

    def __enter__(self) -> "Machine":
        self.children.start()
        self.wait_until_it_answers()
        return self

    def __exit__(self, *_: object) -> None:
        self.children.stop()

    def wait_until_it_answers(self) -> float:
        """Seconds until a page comes that needs the database. Restarts what fell meanwhile."""
        began, visitor = time.monotonic(), Browser(self.port)
        while time.monotonic() - began < LONGEST_OUTAGE:
            self.children.look()
            try:
                if visitor.get("/inloggen/").status == 200:
                    return time.monotonic() - began
            except Lost:
                time.sleep(0.1)
        raise AssertionError(f"na {LONGEST_OUTAGE} s geeft de site nog geen antwoord")

    def kill_a_worker(self, chance: random.Random) -> None:
        """One of the processes that make pages."""
        workers = _children_of(self.child.process.pid) if self.child.process else []
        if workers:
            _kill(chance.choice(workers))

    def kill_the_site(self) -> None:
        """The process that holds them. Whoever started it starts it again."""
        self.child.pause = 1.0  # it falls more often than a site does
        if self.child.process:
            _kill(self.child.process.pid)

    def stop_the_database(self, down: float) -> None:
        """As `pg_ctl stop -m immediate`: no goodbye, and it recovers from its log afterwards."""
        pid = self._postgres.pid()
        assert pid, "de database draait niet"
        os.kill(pid, signal.SIGQUIT)
        until = time.monotonic() + 20
        while self._postgres.pid() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(down)
        with self._folder.alone():
            self._postgres.ensure()


def _gunicorn(port: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "ondersteuning.wsgi:application",
        "--bind", f"127.0.0.1:{port}", "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS),
        "--timeout", "60", "--graceful-timeout", "5", "--no-control-socket",
        "--log-level", "critical", "--capture-output", "--error-logfile", "/dev/null",
        "--chdir", str(settings.BASE_DIR),
    ]  # fmt: skip


def _children_of(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[1]) == pid:
            found.append(int(status.parent.name))
    return found


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
