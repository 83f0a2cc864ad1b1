"""Straight into the tables, past every form and verb."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from facts.models import Fact

DAY = date(2024, 5, 6)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def write(model, **fields):
    """Straight into the table, and have the deferred rules look at once."""
    if issubclass(model, Fact):
        fields.setdefault("recorded_at", timezone.now())
    row = model(**fields)
    with transaction.atomic():
        model.objects.bulk_create([row])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return row


def refuses(constraint: str, model, **fields) -> None:
    with pytest.raises(Error) as refusal:
        write(model, **fields)
    assert constraint in str(refusal.value)
