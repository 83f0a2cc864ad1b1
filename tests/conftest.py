"""What every test stands on. The services start here, before Django reads its settings.

That is why DJANGO_SETTINGS_MODULE is set here and not in pyproject.toml: pytest-django would
read the settings before this file, and the addresses wouldn't be known yet. The workers of
pytest-xdist inherit the addresses, so only the process that starts them starts the services.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import django
import pytest

from tests import services

_data = services.start(os.environ)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
django.setup()

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_unconfigure() -> None:
    """Leave nothing running."""
    services.stop(_data)


def find_chromium() -> str | None:
    """The Chromium of this machine."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits leaves empty tables, also of what migrations filled: put that back for
    the next one. All such tests, or those that do find rows of those that don't."""
    for item in items:
        names = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        commits = {"transactional_db", "live_server"} & set(names)
        if commits or (marker and marker.kwargs.get("transaction")):
            names.insert(0, "django_db_serialized_rollback")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A browser test needs a browser: elsewhere it is skipped, in CI that would hide a fault."""
    if item.get_closest_marker("browser") and find_chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing; .ci/run installs it", pytrace=False)
        pytest.skip("no Chromium on this machine (with CI set this would be a failure)")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that Playwright drives."""
    found = find_chromium()
    assert found, "a test that uses chromium_path has the marker `browser`"
    return found


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, bytes]]:
    """As it was, and afterwards what stands in the tables is put back faster than Django does.

    Where rows stand already (before the first test that commits) Django does it."""
    from django.db.backends.base.creation import BaseDatabaseCreation

    from tests.putting_back import keep, put_back

    as_django_does = BaseDatabaseCreation.deserialize_db_from_string
    with django_db_blocker.unblock():
        kept = keep()

    def deserialize(self, data: str) -> None:
        if not put_back(kept):
            as_django_does(self, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", deserialize)
        yield kept


@pytest.fixture(scope="session", autouse=True)
def read_log_may_be_emptied_between_tests() -> Iterator[None]:
    """Nobody empties the read log; a transactional test ends with emptying every table.

    Only the owner of the table can switch its trigger off, as the tests do here, in the same
    transaction: there is no setting or back door that the application could use.
    """
    from django.db.backends.postgresql.operations import DatabaseOperations

    as_django_does = DatabaseOperations.sql_flush
    guards = {
        "accounts_accessline": "access_log_is_not_emptied",
        "accounts_accesshead": "access_log_head_is_not_emptied",
    }

    def sql_flush(self, style, tables, **options) -> list[str]:
        guarded = [name for name in guards if name in tables]
        return [
            *(f"ALTER TABLE {name} DISABLE TRIGGER {guards[name]}" for name in guarded),
            *as_django_does(self, style, tables, **options),
            *(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {guards[name]}" for name in guarded),
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
