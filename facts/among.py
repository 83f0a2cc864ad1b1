"""Asking for many ids at once."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def among(ids: Iterable[UUID] | QuerySet) -> RawSQL | QuerySet | list[UUID]:
    """For the right of `__in`: one parameter, however many ids. A parameter for each costs more
    than the query itself. Of no ids an empty list: then nothing is asked. A question for ids stays
    a question."""
    if isinstance(ids, QuerySet):
        return ids
    known = list(ids)
    return RawSQL("SELECT unnest(%s::uuid[])", [known]) if known else []
