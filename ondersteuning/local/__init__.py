"""The local launcher: a laptop needs no address of a database.

Whatever stands in the environment is used as it is. What doesn't is served from OT_DATA: a
PostgreSQL and a Redis that start with the first command and stop with the last one.
"""

import atexit
import os
import signal
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path

from ondersteuning.local.broker import Redis
from ondersteuning.local.errors import LocalError
from ondersteuning.local.folder import Folder, data_path
from ondersteuning.local.postgres import APP, OWNER, Postgres

__all__ = ["LocalError", "data_path", "keep_up", "prepare", "start", "status", "stop"]

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "OT_SECRET_KEY")
# These change or compare tables; the application's own role may not.
COMMANDS_OF_OWNER = {
    "createcachetable", "flush", "lintmigrations", "makemigrations", "migrate",
    "optimizemigration", "pgtrigger", "showmigrations", "sqlflush", "sqlmigrate",
    "squashmigrations",
}  # fmt: skip
# These never touch the database, so they needn't wait for it.
COMMANDS_WITHOUT_SERVICES = {
    "", "--help", "--version", "-h", "collectstatic", "compilemessages", "findstatic", "help",
    "makemessages", "version",
}  # fmt: skip
PLACEHOLDERS = {
    "DATABASE_URL": "postgresql://niemand@127.0.0.1:1/niets",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "OT_SECRET_KEY": "alleen-voor-opdrachten-zonder-gegevens",
}

_folders: dict[Path, Folder] = {}


def prepare(environ: MutableMapping[str, str], command: str = "") -> None:
    """Fill in the addresses that `environ` lacks, starting what they point at.

    OT_SERVICES=system or wheels forces where the servers come from; OT_FAST=1 gives up safety
    on disk for speed and is for tests only. Ends the process with a Dutch sentence on failure.
    """
    if command in COMMANDS_OF_OWNER:
        environ["OT_DATABASE_ROLE"] = "owner"
    if command in COMMANDS_WITHOUT_SERVICES:
        for name, value in PLACEHOLDERS.items():
            environ.setdefault(name, value)
    elif not all(environ.get(name) for name in ("DATABASE_URL", "REDIS_URL", "OT_SECRET_KEY")):
        try:
            start(environ)
        except LocalError as error:
            sys.exit(f"Fout: {error}")
        except OSError as error:
            place = f" ({error.filename})" if error.filename else ""
            sys.exit(f"Fout: de lokale diensten starten niet: {error.strerror or error}{place}.")
    environ.setdefault("DATABASE_OWNER_URL", environ["DATABASE_URL"])


def start(environ: MutableMapping[str, str]) -> None:
    """Start what isn't up, fill in the addresses, and stop again at the end of this process."""
    if environ.get("DATABASE_OWNER_URL") and not environ.get("DATABASE_URL"):
        raise LocalError(
            "DATABASE_OWNER_URL is gezet maar DATABASE_URL niet. Zet beide, of geen van beide."
        )
    folder = _folder(environ)
    environ["OT_DATA"] = str(folder.path)
    postgres, redis = Postgres(folder, environ), Redis(folder, environ)
    with folder.alone():
        folder.join()
        _stop_at_exit(folder, environ)
        if not environ.get("OT_SECRET_KEY"):
            environ["OT_SECRET_KEY"] = folder.secret("secret_key")
        if not environ.get("DATABASE_URL"):
            postgres.ensure()
            environ["DATABASE_URL"] = postgres.url(APP)
            environ["DATABASE_OWNER_URL"] = postgres.url(OWNER)
            environ["OT_LOCAL"] = "1"  # the database is ours: the demo may fill it
        if not environ.get("REDIS_URL"):
            redis.ensure()
            environ["REDIS_URL"] = redis.url()


def stop(environ: Mapping[str, str]) -> bool:
    """Stop the services of OT_DATA unless somebody uses them; True when nothing runs any more."""
    return _leave(_folder(environ), environ)


def status(environ: Mapping[str, str]) -> dict[str, bool]:
    """Which local services answer."""
    folder = _folder(environ)
    return {"postgres": Postgres(folder, environ).is_up(), "redis": Redis(folder, environ).is_up()}


def keep_up(environ: Mapping[str, str]) -> list[str]:
    """Start again what fell by itself, at the address it had; what came back, in words. What can't
    come back yet is tried again at the next call."""
    folder, back = _folder(environ), []
    postgres, redis = Postgres(folder, environ), Redis(folder, environ)
    for title, server, fell in (
        ("De database", postgres, postgres.pid() is None),
        ("De wachtrij", redis, redis.fell()),
    ):
        if fell:
            with suppress(LocalError, OSError), folder.alone():
                server.ensure()
                back.append(title)
    return back


def _folder(environ: Mapping[str, str]) -> Folder:
    """One object a folder in this process, so that leaving ends the use that we began."""
    path = data_path(environ)
    if path not in _folders:
        _folders[path] = Folder(path)
    return _folders[path]


def _leave(folder: Folder, environ: Mapping[str, str]) -> bool:
    with folder.alone():
        if not folder.leave():
            return False
        Redis(folder, environ).stop()
        Postgres(folder, environ).stop()
        return True


def _stop_at_exit(folder: Folder, environ: Mapping[str, str]) -> None:
    """Leave the services in order, also when we are asked to end; a forked child leaves nothing."""
    starter = os.getpid()
    as_found = dict(environ)

    def leave() -> None:
        if os.getpid() == starter and folder.in_use_by_us:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave them running
            _leave(folder, as_found)

    atexit.register(leave)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, frame: sys.exit(128 + number))
