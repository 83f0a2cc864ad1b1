"""Processes that belong to one parent: restarted when they fall, gone when the parent goes."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ondersteuning.local.process import command_line

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 60.0
GOOD_RUN = 60.0  # seconds after which an earlier fall is forgotten


def _follow_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends a child whose parent died, also after kill -9."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def follow() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return follow


@dataclass
class Child:
    """One process: what it is called on screen and how it starts."""

    title: str
    command: Sequence[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = 1.0
    again_at: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the parent, who ends it in order."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            list(self.command),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_follow_parent(),
        )

    def fall(self) -> int | None:
        """The exit code when it ended by itself since the last look; plans the next start."""
        code = self.process.poll() if self.process else None
        if self.process and code is not None:
            _signal_group(self.process.pid, signal.SIGKILL)  # what it started goes with it
            self._plan_again()
        return code

    def _plan_again(self) -> None:
        """Later each time it falls quickly."""
        if time.monotonic() - self.started > GOOD_RUN:
            self.pause = 1.0
        self.again_at = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.process = None


@dataclass
class Children:
    """The processes of one parent, with a note of their numbers for after a crash."""

    children: list[Child]
    note: Path
    say: Callable[[str], object]
    stopping: bool = field(default=False, init=False)

    def start(self) -> None:
        """Start all; first end what an earlier, killed parent left behind."""
        self._end_leftovers()
        for child in self.children:
            child.start()
        self._write_note()

    def look(self) -> None:
        """Restart what fell."""
        for child in self.children:
            code = child.fall()
            if code is not None:
                wait = child.again_at - time.monotonic()
                self.say(
                    f"{child.title} is gestopt (code {code}); opnieuw over {wait:.0f} seconde(n)."
                )
            elif child.process is None and time.monotonic() >= child.again_at:
                child.start()
                self._write_note()

    def stop(self, seconds: float = 15) -> None:
        """Ask all to end, and end what doesn't."""
        alive = [child.process for child in self.children if child.process]
        for process in alive:
            process.terminate()  # not its group: a worker finishes its task before it goes
        until = time.monotonic() + seconds
        while any(process.poll() is None for process in alive) and time.monotonic() < until:
            time.sleep(0.05)
        for process in alive:
            _signal_group(process.pid, signal.SIGKILL)  # also a grandchild that stayed
            process.wait()
        self.note.unlink(missing_ok=True)

    def _write_note(self) -> None:
        numbers = [str(child.process.pid) for child in self.children if child.process]
        self.note.write_text("\n".join(numbers), encoding="utf-8")

    def _end_leftovers(self) -> None:
        """Where the kernel didn't do it: the processes of a parent that was killed."""
        try:
            numbers = [int(line) for line in self.note.read_text(encoding="utf-8").split()]
        except (FileNotFoundError, ValueError):
            return
        left = [number for number in numbers if "ondersteuning" in command_line(number)]
        for number in left:
            os.kill(number, signal.SIGTERM)
        until = time.monotonic() + 15
        while any(command_line(number) for number in left) and time.monotonic() < until:
            time.sleep(0.1)
        for number in left:
            _signal_group(number, signal.SIGKILL)


def _signal_group(leader: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, number)
