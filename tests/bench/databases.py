"""Servers and databases of the bench's own: made by the run, and gone when it ends."""

import os
import re
import shutil
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

import psycopg

from ondersteuning import local
from tests import services

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL")
LONGEST_VACUUM = 60  # seconds


@contextmanager
def servers(environ: MutableMapping[str, str]) -> Iterator[None]:
    """The servers of `environ`, or else servers in a folder of their own; as owner of the tables.

    Unlike those of the tests they keep their data safe on disk: writing is measured too.
    """
    environ["OT_DATABASE_ROLE"] = "owner"
    environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
    folder = None
    if not environ.get("DATABASE_URL"):
        folder = services.new_folder()
        environ["OT_DATA"] = str(folder)
    local.prepare(environ, command="bench")
    try:
        yield
    finally:
        if folder and local.stop({"OT_DATA": str(folder)}):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(name: str, template: str = "template1") -> Iterator[dict[str, str]]:
    """A new database; the environment in which a program uses it."""
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        _drop(server, name)
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield os.environ | dict.fromkeys(ADDRESSES, _address(name))
        finally:
            _drop(server, name)


def _drop(server: psycopg.Connection, name: str) -> None:
    """Autovacuum may be at work in it just then, which nobody but a superuser can send away."""
    for _ in range(LONGEST_VACUUM):
        try:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(1)
    raise TimeoutError(f"De database {name} is na {LONGEST_VACUUM} s nog in gebruik.")


def _address(name: str) -> str:
    """The owner's address with another database in it."""
    return re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["DATABASE_OWNER_URL"], count=1)
