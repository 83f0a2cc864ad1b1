"""Three abstract facts: undated, dated, and one that lasts. Adjectives on their querysets."""

import uuid
from datetime import date, datetime
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from .dates import Dates

WITHDRAWAL = ["withdrawn_at", "withdrawn_by", "withdrawal_reason"]


class FactQuerySet(models.QuerySet):
    def known_at(self, instant: datetime) -> Self:
        """Recorded by `instant` and not withdrawn by then."""
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=instant), recorded_at__lte=instant
        )

    def standing(self) -> Self:
        """Not withdrawn: what we hold to be so today."""
        return self.filter(withdrawn_at__isnull=True)

    def counted(self, dates: Dates) -> Self:
        """What a report over `dates` may count."""
        return self.known_at(dates.known_on)


class DatedFactQuerySet(FactQuerySet):
    def counted(self, dates: Dates) -> Self:
        return super().counted(dates).filter(happened_on__lte=dates.reference_date)

    def in_period(self, dates: Dates) -> Self:
        """Happened in the period: what a flow counts, on top of `counted`."""
        return self.filter(happened_on__range=(dates.period_start, dates.reference_date))


class LastingFactQuerySet(DatedFactQuerySet):
    def open_on(self, day: date) -> Self:
        """Begun, and not ended at the end of `day` (half-open: the last day is not part of it)."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), happened_on__lte=day)


class Fact(models.Model):
    """Something we hold to be so. Added, never changed in place; a correction withdraws and adds.

    `recorded_at` and `withdrawn_at` come from the database's clock (facts.recording), or from the
    day on which an imported row was written down.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.TextField("reden van intrekken", blank=True)

    objects = FactQuerySet.as_manager()
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                & Q(withdrawal_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="stands_as_written", exclude=WITHDRAWAL),
            pgtrigger.Protect(
                name="withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    @classmethod
    def content_fields(cls) -> list[str]:
        """The attribute names of what the fact says, without who recorded it and when."""
        own = {"id", "recorded_at", "recorded_by_id", *WITHDRAWAL, "withdrawn_by_id"}
        return [field.attname for field in cls._meta.concrete_fields if field.attname not in own]

    def content(self) -> dict:
        """What the fact says: two facts with equal content say the same."""
        return {name: getattr(self, name) for name in self.content_fields()}


class DatedFact(Fact):
    """A fact with a day on which it happened or began."""

    happened_on = models.DateField("datum")

    objects = DatedFactQuerySet.as_manager()

    class Meta(Fact.Meta):
        abstract = True


class LastingFact(DatedFact):
    """A fact that lasts from `happened_on` up to, not including, `ended_on` (null: still so)."""

    ended_on = models.DateField("einde", null=True, blank=True)

    objects = LastingFactQuerySet.as_manager()

    class Meta(DatedFact.Meta):
        abstract = True
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("happened_on")),
            ),
        ]
