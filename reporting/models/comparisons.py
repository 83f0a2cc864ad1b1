"""Two draws side by side, and why they differ: docs/verschillen.md."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from facts.privacy import Retention, declare

from .runs import ReportRun


class Comparison(models.Model):
    """What changed from one draw to another: asked for by someone, made once by a worker.

    `outcome`: of each figure that differs, before and after, and per cause by how much it grew and
    shrank. Who that were stands in ComparedIds.
    """

    State = ReportRun.State

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    earlier = models.ForeignKey(
        ReportRun, models.PROTECT, related_name="+", verbose_name="eerdere stand"
    )
    later = models.ForeignKey(
        ReportRun, models.PROTECT, related_name="compared", verbose_name="latere stand"
    )
    state = models.CharField("stand", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    error = models.TextField("wat er misging", blank=True)
    outcome = models.JSONField("verschillen", null=True, blank=True)
    code_version = models.CharField("versie van het programma", max_length=100, blank=True)
    requested_at = models.DateTimeField("aangevraagd op", auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    privacy = declare(
        Retention.PUBLICATION,
        neutral="id earlier later state attempts error outcome code_version requested_at "
        "requested_by finished_at",
    )

    class Meta:
        verbose_name = "vergelijking"
        verbose_name_plural = "vergelijkingen"
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                name="comparison_of_two",
                condition=~Q(earlier=F("later")),
                violation_error_message="Kies twee verschillende berekeningen.",
            ),
            models.CheckConstraint(
                name="comparison_done_has_an_outcome",
                condition=Q(state="done", outcome__isnull=False, finished_at__isnull=False)
                | ~Q(state="done") & Q(outcome__isnull=True),
            ),
            models.CheckConstraint(
                name="comparison_failed_says_why", condition=~Q(state="failed") | ~Q(error="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} tegen {self.later_id}"


class ComparedIds(models.Model):
    """Who came and who went in a figure, by one cause."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="records")
    key = models.CharField("cijfer", max_length=200)
    cause = models.CharField("oorzaak", max_length=30)
    gained = ArrayField(models.CharField(max_length=100), verbose_name="erbij")
    lost = ArrayField(models.CharField(max_length=100), verbose_name="eraf")

    privacy = declare(
        Retention.PUBLICATION, personal="gained lost", neutral="id comparison key cause"
    )

    class Meta:
        verbose_name = "vergeleken"
        constraints = [
            models.UniqueConstraint(
                name="comparedids_one_a_cause", fields=["comparison", "key", "cause"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} door {self.cause}"
