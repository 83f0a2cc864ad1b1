"""What the privacy officer made of odd access. The read log itself is never touched by it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare


class AccessReview(models.Model):
    """A finding on the review list that was looked at, with what came of it.

    It names lines of the read log by their numbers: from the first up to the last that the
    finding had then. When lines were added since, it stands on the list again.
    """

    class Rule(models.TextChoices):
        MANY = "many", "Veel dossiers in een uur"
        NIGHT = "night", "'s Nachts gelezen"
        CLOSED = "closed", "Afgesloten dossier zonder taak"
        EMERGENCY = "emergency", "Noodtoegang"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField("regel", max_length=10, choices=Rule)
    first_line = models.BigIntegerField("eerste regel")
    last_line = models.BigIntegerField("laatste regel")
    note = models.TextField("toelichting")
    reviewed_at = models.DateTimeField("beoordeeld op")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = HistoricalRecords()

    privacy = declare(
        Retention.READ_LOG,
        free_text="note",
        neutral="id rule first_line last_line reviewed_at reviewed_by",
    )

    class Meta:
        verbose_name = "beoordeelde inzage"
        verbose_name_plural = "beoordeelde inzages"
        triggers = [leaves_history()]
        ordering = ["-reviewed_at"]
        constraints = [
            models.UniqueConstraint(
                name="accessreview_once", fields=["rule", "first_line", "last_line"]
            ),
            models.CheckConstraint(
                name="accessreview_lines_in_order", condition=Q(last_line__gte=F("first_line"))
            ),
            models.CheckConstraint(name="accessreview_has_a_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: regels {self.first_line}–{self.last_line}"
