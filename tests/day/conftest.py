"""One day for the whole package: worked once, in a transaction that is never committed."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.day.random_day import WorkedDay, work

SEED, ACTS = 2024, 230


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """In place of pytest-django's, which begins anew for every test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def worked(db: None) -> WorkedDay:
    return work(SEED, datetime.date.today(), ACTS)
