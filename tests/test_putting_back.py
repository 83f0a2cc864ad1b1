"""A test that commits finds what the migrations put in the tables, as they put it there."""

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.putting_back import Kept, keep, put_back

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize("time", ["before", "after another such test"])
def test_what_the_migrations_wrote_stands_there_as_they_wrote_it(django_db_setup: Kept, time: str):
    kept = django_db_setup
    assert "django_content_type" in kept
    assert {name for name in kept if _lines(keep()[name]) != _lines(kept[name])} == set()
    ContentType.objects.create(app_label="proef", model="rest")


def test_nothing_is_put_where_something_stands(django_db_setup: Kept):
    before = keep()
    assert not put_back(django_db_setup)
    assert keep() == before


def _lines(rows: bytes) -> list[bytes]:
    """In any order: Django writes a row that stands there once more, at the end."""
    return sorted(rows.splitlines())
