"""A database that is locked, full of visitors or frozen (T77): a page waits five seconds at most,
says so in Dutch, and it goes on by itself when it is over. A real web server, a real database."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from ondersteuning.views import went_wrong
from tests.reporting.processes import environ_of_tests, wait_until
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
SETTINGS = "tests.endure.interrupting.settings"  # without collected static files
PAGE = "/publicaties/"
WAITS, SPARE = 5, 10  # seconds: what a page may wait, and what a busy machine takes besides
FROZEN = 8  # seconds after which the server ends a process that says nothing


class Site:
    def __init__(self) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        command = [
            sys.executable, "-m", "gunicorn", "ondersteuning.wsgi:application",
            "--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--timeout", str(FROZEN),
            "--no-control-socket", "--log-level", "critical", "--chdir", str(settings.BASE_DIR),
        ]  # fmt: skip
        environ = environ_of_tests() | {
            "DJANGO_SETTINGS_MODULE": "tests.endure.interrupting.settings"
        }
        self.process = subprocess.Popen(command, env=environ, start_new_session=True)

    def get(self, seconds: float = 60) -> tuple[int, str, float]:
        """Status, page and how long it took; (0, '', …) when the line was cut."""
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            line.request("GET", PAGE, headers={"Host": "localhost"})
            answer = line.getresponse()
            return answer.status, answer.read().decode(), time.monotonic() - began
        except (OSError, http.client.HTTPException):
            return 0, "", time.monotonic() - began
        finally:
            line.close()

    def is_well(self) -> bool:
        return self.get()[0] == 200


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    try:
        wait_until(site.is_well, seconds=60, what="de site antwoordt")
        yield site
    finally:
        os.killpg(site.process.pid, signal.SIGKILL)
        site.process.wait(10)


@pytest.fixture
def beside() -> Iterator[psycopg.Connection]:
    """A connection of our own, beside that of the test and those of the site."""
    with psycopg.connect(environ_of_tests()["DATABASE_OWNER_URL"], autocommit=True) as line:
        yield line


@contextmanager
def locked(line: psycopg.Connection) -> Iterator[None]:
    with line.transaction():
        line.execute("LOCK TABLE reporting_edition IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def without_connections(line: psycopg.Connection) -> Iterator[None]:
    name = line.info.dbname
    line.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 0')
    for pid in of_the_site(line):
        line.execute("SELECT pg_terminate_backend(%s)", [pid])
    try:
        yield
    finally:
        line.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT -1')


@contextmanager
def frozen(line: psycopg.Connection) -> Iterator[None]:
    pids = of_the_site(line)
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def of_the_site(line: psycopg.Connection) -> list[int]:
    """The processes of the database that work for the site."""
    own = {line.info.backend_pid, connection.connection.info.backend_pid}
    found = line.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'ondersteuning'"
    )
    return [pid for (pid,) in found if pid not in own]


def test_a_page_says_within_five_seconds_that_it_has_to_wait(site, beside):
    """And one that nobody can tell anything, as the database is frozen, isn't waited for for ever.
    One site for all of it: starting it takes longest."""
    connection.ensure_connection()
    for trouble in (locked, without_connections):
        with trouble(beside):
            status, page, took = site.get()
        assert (status, "De database antwoordt niet op tijd" in page) == (503, True)
        assert took < WAITS + SPARE
        wait_until(site.is_well, seconds=SPARE, what="het gaat vanzelf weer")
    with frozen(beside):
        _, _, took = site.get()
    assert took < FROZEN * 2 + SPARE, "the server ended the process that waited"
    wait_until(site.is_well, seconds=60, what="het gaat vanzelf weer")


@pytest.mark.parametrize(("path", "whom"), [("/enquete/", "bel ons"), ("/vandaag/", "beheerder")])
def test_it_says_whom_to_call(rf, path, whom):
    try:
        raise OperationalError("weg")
    except OperationalError:
        answer = went_wrong(rf.get(path))
    assert (answer.status_code, whom in answer.content.decode()) == (503, True)
    assert answer["Retry-After"]
