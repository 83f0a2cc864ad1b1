"""One world for the whole package: built once, in a transaction that is never committed."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import resolve

from tests.matrix.checking import Walk
from tests.matrix.expectations import EXPECTED
from tests.matrix.filling import Typed
from tests.matrix.world import World, build

NOTHING = Typed({})


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of pytest-django's, which begins anew for every test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def world(db: None) -> World:
    return build()


@pytest.fixture(scope="package")
def forms(world: World) -> dict[str, Typed]:
    """By address, and by the name of a URL: what can be sent there, filled in as somebody would.
    The longest form counts."""
    found: dict[str, Typed] = {}
    for name, expected in EXPECTED.items():
        for address, typed in Walk(world, name, expected).forms():
            for key in (address, resolve(address).url_name):
                if len(typed.values) >= len(found.get(key, NOTHING).values):
                    found[key] = typed
    return found


@pytest.fixture(autouse=True)
def undone(db: None) -> Iterator[None]:
    """What one test does, no other finds."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
