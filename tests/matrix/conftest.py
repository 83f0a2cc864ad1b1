"""One world for the whole package: built once, in a transaction that is never committed."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.matrix.world import World, build


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of pytest-django's, which begins anew for every test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def world(db: None) -> World:
    return build()


@pytest.fixture(autouse=True)
def undone(db: None) -> Iterator[None]:
    """What one test does, no other finds."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
