"""Two families or two registrations that turned out to be one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare


class Merge(models.Model):
    """`gone` went into `kept` (ids of families, or of registrations). `moved` says of every table
    which rows were moved or withdrawn, and what was added in their place: enough to undo it."""

    class Kind(models.TextChoices):
        FAMILY = "family", "Gezin"
        REGISTRATION = "registration", "Aanmelding"
        PERSON = "person", "Persoon"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=12, choices=Kind)
    kept = models.UUIDField("blijft")
    gone = models.UUIDField("gaat op in")
    moved = models.JSONField("verhuisd", default=dict)
    reason = models.TextField("reden", max_length=1_000)
    merged_at = models.DateTimeField("samengevoegd op")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField("ongedaan gemaakt op", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    privacy = declare(
        Retention.CASE_FILE,
        free_text="reason",
        neutral="id kind kept gone moved merged_at merged_by undone_at undone_by",
    )

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        triggers = [leaves_history()]
        ordering = ["-merged_at"]
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(name="merge_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="merge_once", fields=["gone"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                name="merge_undone_by_someone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} in {self.kept}"
