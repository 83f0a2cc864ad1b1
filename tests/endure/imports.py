"""Imports of the golden workbook, killed at a random moment, each in a database of its own."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.endure.outcome import Outcome

MANY = int(os.environ.get("OT_IMPORT_KILLS", "25"))
WORKBOOK = settings.BASE_DIR / "ondersteuning" / "demo" / "monitor-2024-07.xlsx"


def killed_imports() -> Outcome:
    outcome, chance, nothing, all_of_it = Outcome(tried=0), random.Random(2024), 0, 0
    with _fresh_database() as url:
        empty = _rows(url)
        began = time.monotonic()
        assert _import(url).wait(300) == 0, "inlezen lukt niet"
        whole, lasts = _rows(url), time.monotonic() - began
    for number in range(MANY):
        outcome.tried += 1
        with _fresh_database() as url:
            _kill_after(_import(url), chance.uniform(0.2, 1.1) * lasts)
            stands = _rows(url)
            nothing, all_of_it = nothing + (stands == empty), all_of_it + (stands == whole)
            if stands not in (empty, whole):
                outcome.wrong.append(f"import {number}: {stands - empty} rijen half opgeslagen")
            if _import(url).wait(300) != 0 or _rows(url) != whole:
                outcome.wrong.append(f"import {number}: daarna lukt het inlezen niet")
    outcome.figures |= {"niets opgeslagen": str(nothing), "alles opgeslagen": str(all_of_it)}
    return outcome


def _kill_after(process: subprocess.Popen, seconds: float) -> None:
    time.sleep(seconds)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait(30)


@contextmanager
def _fresh_database() -> Iterator[str]:
    """The address of a copy of the migrated, empty test database."""
    template = connection.settings_dict["NAME"]
    connection.close()  # a database that is copied has no visitors
    owner = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(_named(owner, "postgres"), autocommit=True) as server:
        server.execute('DROP DATABASE IF EXISTS "ot_kill" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "ot_kill" TEMPLATE "{template}"')
        try:
            yield _named(owner, "ot_kill")
        finally:
            server.execute('DROP DATABASE "ot_kill" WITH (FORCE)')


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _rows(url: str) -> int:
    """All rows of our own tables: nothing half may be left in any of them."""
    models = (model for model in apps.get_models() if model._meta.app_label != "contenttypes")
    tables = [model._meta.db_table for model in models if model._meta.managed]
    with psycopg.connect(url) as database:
        counts = (database.execute(f'SELECT count(*) FROM "{table}"') for table in tables)
        return sum(count.fetchone()[0] for count in counts)


def _import(url: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_monitor", str(WORKBOOK)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
