"""Starting a server that outlives its starter, and asking whether it still runs."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ondersteuning.local.errors import LocalError
from ondersteuning.local.folder import Folder

LONGEST_LOG = 2_000_000
# A server that dies while we run is reaped by us, or it would look alive.
_started: list[subprocess.Popen] = []


def launch(folder: Folder, name: str, command: Sequence[str | Path]) -> subprocess.Popen:
    """Start a server apart from our terminal, so that Ctrl-C reaches the command only."""
    log = log_path(folder, name)
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".log.old"))
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder.path / name,
            env=clean_environment(os.environ),
            start_new_session=True,
            umask=0o077,
            **options_of(folder),
        )
    _started.append(process)
    return process


def options_of(folder: Folder) -> dict:
    """The account of the servers, when that isn't our own."""
    return folder.account.popen_options() if folder.account else {}


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """A server gets none of our secrets and no PG* setting of the user."""
    kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: environ[name] for name in kept if name in environ} | {"LC_ALL": "C"}


def log_path(folder: Folder, name: str) -> Path:
    """The log of a server."""
    return folder.path / f"{name}.log"


def wait_until(ready: Callable[[], bool], process: subprocess.Popen | None, seconds: float) -> bool:
    """Wait for `ready`; False when the server stopped or the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return True
        if process and process.poll() is not None:
            return False
        time.sleep(0.03)
    return False


def reap() -> None:
    """Take note of servers of ours that ended."""
    _started[:] = [process for process in _started if process.poll() is None]


def command_line(pid: int) -> str:
    """The command line of a process, empty when it is gone (or a zombie)."""
    if Path("/proc/self/cmdline").exists():
        try:
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" "))
        except OSError:
            return ""
    ask = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(ask, capture_output=True, text=True).stdout.strip()


def did_not_start(folder: Folder, name: str, title: str) -> LocalError:
    """The error of a server that didn't start, with the tail of its own log."""
    log = log_path(folder, name)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    shown = "".join(f"\n  | {line}" for line in lines[-12:])
    return LocalError(f"{title} is niet gestart. Het logboek {log} eindigt met:{shown}")
