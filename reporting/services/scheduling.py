"""The edition of a period begins by itself once the period is over, as a draft."""

import logging
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from reporting.models import Edition, Period

from .editions import begin_edition

log = logging.getLogger(__name__)

# A clock that lay still for weeks catches up; what ended longer ago somebody begins who wants it.
NOT_LONGER_AGO = timedelta(days=92)


def begin_what_is_due(today: date) -> list[Edition]:
    """A draft of every period that ended and has no edition yet. Done twice, or by two clocks at
    once, it is done once: the period is locked, and has one edition in the making at most."""
    due = Period.objects.filter(
        last_day__lt=today, last_day__gte=today - NOT_LONGER_AGO, editions=None
    )
    return [edition for period in due.order_by("last_day") if (edition := _begun(period))]


def _begun(period: Period) -> Edition | None:
    try:
        return begin_edition(period=period, by=None)
    except (ValidationError, IntegrityError) as refusal:  # another clock was first
        log.info("Editie van %s niet begonnen: %s", period.pk, type(refusal).__name__)
        return None
