"""Imports of the golden workbook, killed at a random moment."""

import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.endure.outcome import Outcome

MANY = int(os.environ.get("OT_IMPORT_KILLS", "25"))
WORKBOOK = settings.BASE_DIR / "ondersteuning" / "demo" / "monitor-2024-07.xlsx"


def killed_imports() -> Outcome:
    outcome, chance, finished = Outcome(tried=0), random.Random(2024), 0
    before = _rows()
    for number in range(MANY):
        outcome.tried += 1
        process = _import()
        time.sleep(chance.uniform(0.5, 9))
        killed = process.poll() is None
        if killed:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        after = _rows()
        finished += not killed
        if killed and after not in (before, _whole(before, after)):
            outcome.wrong.append(f"import {number}: {after - before} rijen half opgeslagen")
    if _import().wait(120) != 0:
        outcome.wrong.append("na alle onderbrekingen lukt het inlezen niet")
    outcome.figures["zelf klaar voor de klap"] = str(finished)
    return outcome


_complete: int | None = None


def _whole(before: int, after: int) -> int | None:
    """How many rows stand after a whole import: learnt from the first that was not cut short."""
    global _complete
    if _complete is None and after > before:
        assert _import().wait(120) == 0, "inlezen lukt niet"
        _complete = _rows()
    return _complete


def _rows() -> int:
    """All rows of our own tables: nothing half may be left in any of them."""
    models = [model for model in apps.get_models() if model._meta.app_label in {"accounts", "cases"}]
    return sum(model._default_manager.count() for model in models)


def _import() -> subprocess.Popen:
    environ = dict(os.environ)
    name = connection.settings_dict["NAME"]
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environ[variable] = urlunsplit(urlsplit(environ[variable])._replace(path=f"/{name}"))
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_monitor", str(WORKBOOK)],
        cwd=settings.BASE_DIR,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
