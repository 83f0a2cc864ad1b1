"""A round that is mailed while worker, broker and mail server are killed (T83, T85).

By rule: each step and each part once. Or by chance, for as long as letters wait.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ondersteuning.local.binaries import find_redis
from surveys.models import Letter
from surveys.services import letters, rounds
from tests.surveys import fate
from tests.surveys.asking import a_round
from tests.surveys.crowd import a_crowd
from tests.surveys.mail_faults import faults

State = Letter.State
PARTS = ("worker", "broker", "mail server")
Killing = tuple[float, str]  # so many seconds later, this part
NEVER: Killing = (float("inf"), "")


@dataclass
class Mailed:
    """`kills`: of a whole part. `struck`: deaths and faults, by the step at which they struck.
    `states`: how many letters ended how. `wrong`: what may never be."""

    kills: Counter = field(default_factory=Counter)
    struck: Counter = field(default_factory=Counter)
    states: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Mailing:
    """The three that are killed, on ports of their own."""

    def __init__(
        self, folder: Path, *, seed: int, chances: dict[str, float], children: int = 2
    ) -> None:
        self.folder, self.seed, self.chances, self.children = folder, seed, chances, children
        self.chance = random.Random(seed)
        self.ports = {"broker": _free_port(), "mail server": _free_port()}
        self.taken = folder / "taken"
        self.taken.touch()
        self.running: dict[str, subprocess.Popen] = {}
        self.away_until: dict[str, float] = {}
        self.kills: Counter[str] = Counter()
        self.starts = 0

    def __enter__(self) -> "Mailing":
        for part in ("broker", "mail server", "worker"):
            self.start(part)
        return self

    def __exit__(self, *_: object) -> None:
        for part in PARTS:
            self._kill(part)

    def start(self, part: str) -> None:
        self.starts += 1
        command = {"worker": self._worker, "broker": self._broker, "mail server": self._sink}[part]
        self.running[part] = subprocess.Popen(
            command(), env=self._environ(), start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR,
        )  # fmt: skip

    def _kill(self, part: str) -> None:
        """As the kernel does: no warning, the children too."""
        process = self.running[part]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def _worker(self) -> list[str]:
        return [sys.executable, "-m", "tests.surveys.dying_worker"]

    def _broker(self) -> list[str]:
        port = str(self.ports["broker"])
        redis = str(find_redis(os.environ, None))
        return [redis, "--port", port, "--save", "", "--dir", str(self.folder)]

    def _sink(self) -> list[str]:
        port = str(self.ports["mail server"])
        return [sys.executable, "-m", "tests.surveys.sink", port, str(self.taken)]

    def _environ(self) -> dict[str, str]:
        environ = dict(os.environ)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            place = urlsplit(environ[name])._replace(path=f"/{connection.settings_dict['NAME']}")
            environ[name] = urlunsplit(place)
        return environ | {
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['broker']}/0",
            "OT_SMTP_URL": f"smtp://127.0.0.1:{self.ports['mail server']}",
            fate.FOLDER: str(self.folder),
            fate.CHANCES: json.dumps(self.chances),
            "TEST_SEED": str(self.seed + self.starts),
            "TEST_BEAT": str(self.folder / "beat"),
            "TEST_CHILDREN": str(self.children),
        }

    def until_all_ended(self, killings: Iterable[Killing], longest: float) -> None:
        """Kills as long as letters wait, and starts again what fell, as a server does. Raises
        AssertionError when it takes too long (seconds)."""
        began, plan = time.monotonic(), iter(killings)
        while not self.taken.stat().st_size:  # the worker is starting
            self._go_on(began, longest)
        pause, part = next(plan, NEVER)
        due = time.monotonic() + pause
        while Letter.objects.filter(state__in=[State.WAITING, State.SENDING]).exists():
            self._go_on(began, longest)
            if time.monotonic() > due:
                self._kill(part)
                self.kills[part] += 1
                self.away_until[part] = time.monotonic() + self.chance.uniform(0, 1)
                pause, part = next(plan, NEVER)
                due = time.monotonic() + pause

    def _go_on(self, began: float, longest: float) -> None:
        now = time.monotonic()
        assert now - began < longest, "er wachten nog brieven"
        for part in PARTS:
            if self.running[part].poll() is not None and now > self.away_until.get(part, 0):
                self.start(part)
        time.sleep(0.1)


def each_part_once(pause: float) -> Iterator[Killing]:
    yield from ((pause, part) for part in ("mail server", "broker", "worker"))


def at_random(seed: int, pause: tuple[float, float]) -> Iterator[Killing]:
    chance = random.Random(seed)
    while True:
        yield chance.uniform(*pause), chance.choice(PARTS)


def mail_and_kill(
    many: int, mailing: Mailing, killings: Iterable[Killing], *, longest: float
) -> Mailed:
    """To so many people."""
    a_crowd(many)
    round = a_round()
    rounds.start(round=round, by=None, today=timezone.localdate())
    began = time.monotonic()
    with mailing:
        mailing.until_all_ended(killings, longest)
    mailed = Mailed(mailing.kills, fate.struck(mailing.folder))
    mailed.seconds = time.monotonic() - began
    letters.mark_abandoned()
    mailed.states.update(Letter.objects.values_list("state", flat=True))
    mailed.wrong += faults(round, many, mailing.taken.read_text())
    return mailed


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
