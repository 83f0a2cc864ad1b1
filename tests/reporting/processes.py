"""Real worker processes on the test database, which end with the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection


def environ_of_tests() -> dict[str, str]:
    """Of a process that works on the database of this test."""
    environ, name = dict(os.environ), connection.settings_dict["NAME"]
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environ[variable] = urlunsplit(urlsplit(environ[variable])._replace(path=f"/{name}"))
    environ["REDIS_URL"] = settings.CELERY_BROKER_URL
    return environ


class Worker:
    """A Celery worker with its beat, in a process group of its own.

    `crash_at`: the step of a draw (0 is the first) at which its child kills itself with -9, once;
    `crash_file` remembers that it has.
    """

    def __init__(self, *, crash_at: int | None = None, crash_file: str = "") -> None:
        environ = environ_of_tests()
        if crash_at is not None:
            environ |= {"TEST_CRASH_AT": str(crash_at), "TEST_CRASH_FILE": crash_file}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.reporting.crashing_worker"],
            env=environ,
            start_new_session=True,
        )

    def kill(self) -> None:
        """As the kernel does when memory runs out: no warning, the children too."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> float:
    """How long it took, in seconds. Fails with `what` when it takes longer than allowed."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"nog niet na {seconds} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - began
