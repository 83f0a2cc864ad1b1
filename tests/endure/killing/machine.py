"""A worker, a clock, a broker and a database, as the product starts them; and the ways to break
them. What falls is started again by the product's own launcher."""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from django.db import connection

from ondersteuning import local
from ondersteuning.children import Child, Children
from ondersteuning.local.folder import Folder
from ondersteuning.local.postgres import Postgres
from ondersteuning.local.process import command_line

PROCESS = [sys.executable, "-m", "tests.endure.killing.process"]
# Of ten: how often each is killed.
KINDS = ("worker",) * 4 + ("child of the worker",) * 2 + ("broker",) * 2 + ("database", "clock")


class Machine:
    def __init__(self, data: Path, environ: Mapping[str, str]) -> None:
        self.data, self.environ = data, environ
        self._postgres = Postgres(Folder(data), environ)
        options = ["--concurrency", "1", "--without-gossip", "--without-mingle"]
        self.worker = Child("De werker", [*PROCESS, "worker", *options])
        schedule = ["--schedule", str(data / "clock"), "--pidfile="]
        self.clock = Child("De klok", [*PROCESS, "beat", *schedule])
        self.children = Children(
            [self.worker, self.clock], note=data / "work.pids", say=lambda words: None
        )
        self.killed: Counter[str] = Counter()
        self._looked_at = 0.0

    def __enter__(self) -> "Machine":
        self.children.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.children.stop(seconds=5)

    def look(self) -> None:
        """As the launcher does all the time: start again what fell."""
        self.children.look()
        if time.monotonic() > self._looked_at + 1:
            local.keep_up(self.environ)
            self._looked_at = time.monotonic()

    def wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.look()
            time.sleep(0.1)

    def kill_something(self, chance: random.Random) -> None:
        """With -9, whatever it is doing."""
        kind = chance.choice(KINDS)
        pid = {
            "worker": lambda: _pid(self.worker),
            "child of the worker": lambda: _child_of(_pid(self.worker)),
            "broker": lambda: _server("redis-server", self.data),
            "database": self._postgres.pid,
            "clock": lambda: _pid(self.clock),
        }[kind]()
        if not pid:
            return
        connection.close()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.killed[kind] += 1
        for child in (self.worker, self.clock):
            child.pause = 1.0  # they fall more often than they do in a year


def _pid(child: Child) -> int:
    return child.process.pid if child.process else 0


def _child_of(parent: int) -> int:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            after_name = status.read_text().rpartition(")")[2].split()
            if parent and int(after_name[1]) == parent:
                return int(status.parent.name)
    return 0


def _server(name: str, data: Path) -> int:
    """The process of this folder's own server, and of no other."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if name in command_line(int(folder.name)) and str(data) in os.readlink(folder / "cwd"):
                return int(folder.name)
    return 0
