"""A round that is mailed while worker, broker and mail server are killed at random (T83, T85)."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ondersteuning.local.binaries import find_redis
from surveys.models import Invitation, Letter, Round
from surveys.services import letters, rounds
from surveys.services.settling import troubled
from tests.surveys.asking import a_round
from tests.surveys.crowd import a_crowd

State = Letter.State
LONGEST = 3_600  # seconds
PARTS = ("worker", "broker", "mail server")


@dataclass
class Mailed:
    """`kills`: by part. `states`: how many letters ended how. `wrong`: what may never be."""

    kills: Counter = field(default_factory=Counter)
    states: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Mailing:
    """The three that are killed, on ports of their own."""

    def __init__(self, folder: Path, seed: int, dies: float) -> None:
        self.folder, self.seed, self.dies = folder, seed, dies
        self.chance = random.Random(seed)
        self.ports = {"broker": _free_port(), "mail server": _free_port()}
        self.taken = folder / "taken"
        self.taken.touch()
        self.running: dict[str, subprocess.Popen] = {}
        self.starts = 0

    def __enter__(self) -> "Mailing":
        for part in ("broker", "mail server", "worker"):
            self.start(part)
        return self

    def __exit__(self, *_: object) -> None:
        for part in PARTS:
            self.kill(part)

    def start(self, part: str) -> None:
        self.starts += 1
        command = {"worker": self._worker, "broker": self._broker, "mail server": self._sink}[part]
        self.running[part] = subprocess.Popen(
            command(), env=self._environ(), start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR,
        )  # fmt: skip

    def kill(self, part: str) -> None:
        """As the kernel does: no warning, the children too."""
        process = self.running[part]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def _worker(self) -> list[str]:
        return [sys.executable, "-m", "tests.surveys.dying_worker"]

    def _broker(self) -> list[str]:
        return [
            str(find_redis(os.environ, None)),
            "--port",
            str(self.ports["broker"]),
            "--save",
            "",
            "--dir",
            "/tmp",
        ]

    def _sink(self) -> list[str]:
        port, seed = str(self.ports["mail server"]), str(self.seed + self.starts)
        return [sys.executable, "-m", "tests.surveys.sink", port, str(self.taken), seed]

    def _environ(self) -> dict[str, str]:
        environ = dict(os.environ)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            place = urlsplit(environ[name])._replace(path=f"/{connection.settings_dict['NAME']}")
            environ[name] = urlunsplit(place)
        return environ | {
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['broker']}/0",
            "OT_SMTP_URL": f"smtp://127.0.0.1:{self.ports['mail server']}",
            "TEST_DIES": str(self.dies),
            "TEST_SEED": str(self.seed + self.starts),
            "TEST_BEAT": str(self.folder / "beat"),
        }

    def until_all_ended(self, kills: Counter, pause: tuple[float, float]) -> None:
        """Kills one after another. Raises AssertionError when it takes too long."""
        began = time.monotonic()
        while Letter.objects.filter(state__in=[State.WAITING, State.SENDING]).exists():
            assert time.monotonic() - began < LONGEST, "er wachten nog brieven"
            time.sleep(self.chance.uniform(*pause))
            part = self.chance.choice(PARTS)
            self.kill(part)
            kills[part] += 1
            time.sleep(self.chance.uniform(0, 1))
            for one in PARTS:  # what ended by itself is started again, as on a server
                if self.running[one].poll() is not None:
                    self.start(one)


def mail_and_kill(
    many: int, folder: Path, *, seed: int = 2026, dies: float = 0.0005,
    pause: tuple[float, float] = (6, 15),
) -> Mailed:  # fmt: skip
    """To so many people. `dies`: how often a worker dies by itself at each step of a letter."""
    a_crowd(many)
    round = a_round()
    rounds.start(round=round, by=None, today=timezone.localdate())
    mailed = Mailed()
    with Mailing(folder, seed, dies) as mailing:
        mailing.until_all_ended(mailed.kills, pause)
    letters.mark_abandoned()
    mailed.states.update(Letter.objects.values_list("state", flat=True))
    mailed.wrong += faults(round, many, (folder / "taken").read_text())
    return mailed


def faults(round: Round, many: int, taken: str) -> list[str]:
    """None twice, none silently lost, every uncertain one listed."""
    numbers = Counter(line.split()[0] for line in taken.splitlines())
    people = Counter(line.split()[1] for line in taken.splitlines())
    ended = dict(Letter.objects.values_list("message_id", "state"))
    listed = set(troubled(round).values_list("message_id", flat=True))
    found = [f"{number}: {times} keer" for number, times in numbers.items() if times > 1]
    found += [f"{person}: {times} keer" for person, times in people.items() if times > 1]
    for number, state in ended.items():
        came = numbers[number]
        if state == State.SENT and came != 1:
            found.append(f"{number}: verstuurd, en {came} keer aangekomen")
        elif state == State.UNCERTAIN and number not in listed:
            found.append(f"{number}: onzeker, en staat niet op de lijst")
        elif state not in (State.SENT, State.UNCERTAIN) and came:
            found.append(f"{number}: {state}, en toch aangekomen")
    if len(ended) != many or Invitation.objects.count() != many:
        found.append(f"{len(ended)} brieven aan {many} mensen")
    return found


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
