"""What we hold to be so: today, or at an earlier moment."""

from datetime import datetime

from django.db.models import Model, QuerySet


def held(model: type[Model], at: datetime | None = None) -> QuerySet:
    """The standing facts; with `at` those that were known then."""
    facts = model._default_manager
    return facts.known_at(at) if at else facts.standing()
