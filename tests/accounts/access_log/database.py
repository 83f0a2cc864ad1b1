"""The test database as others see it: as the application's own role, and as its owner."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from ondersteuning.settings import database

LINE, HEAD = "accounts_accessline", "accounts_accesshead"


def url_of(variable: str) -> str:
    """The address in `variable`, of the test database."""
    parts = urlsplit(os.environ[variable])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def two_roles_or_skip() -> None:
    """A development database may have one role for everything; then there is nothing to prove."""
    if os.environ["DATABASE_URL"] == os.environ["DATABASE_OWNER_URL"]:
        pytest.skip("DATABASE_URL and DATABASE_OWNER_URL are the same role")


@contextmanager
def owner() -> Iterator[psycopg.Cursor]:
    """A session of the role that owns the tables; each statement commits."""
    with psycopg.connect(url_of("DATABASE_OWNER_URL"), autocommit=True) as session:
        yield session.cursor()


@contextmanager
def application() -> Iterator[psycopg.Cursor]:
    """A session of the application's role, rolled back at the end."""
    with psycopg.connect(url_of("DATABASE_URL")) as session:
        yield session.cursor()
        session.rollback()


@contextmanager
def another_session(**settings: Any) -> Iterator[None]:
    """Django's connection is another one, as in another process; `settings` differ from ours."""
    ours = connections["default"]
    other = ConnectionHandler({"default": ours.settings_dict | settings})["default"]
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = ours


@contextmanager
def django_as_the_application() -> Iterator[None]:
    """Django's connection as a server has it: with the application's role and its rights."""
    settings = database(url_of("DATABASE_URL"))
    settings["OPTIONS"] |= {"options": "-c lock_timeout=300ms"}
    with another_session(**settings):
        yield
