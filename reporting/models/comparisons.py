"""Two draws side by side, and why they differ: docs/verschillen.md."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from facts.privacy import Retention, declare

from .runs import ReportRun
from .work import Work


class Comparison(Work):
    """What changed from one draw to another: asked for by someone, made once by a worker.

    `outcome`: of each figure that differs, before and after, and per cause by how much it grew and
    shrank. Who that were stands in ComparedIds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    earlier = models.ForeignKey(
        ReportRun, models.PROTECT, related_name="+", verbose_name="eerdere stand"
    )
    later = models.ForeignKey(
        ReportRun, models.PROTECT, related_name="compared", verbose_name="latere stand"
    )
    outcome = models.JSONField("verschillen", null=True, blank=True)
    code_version = models.CharField("versie van het programma", max_length=100, blank=True)

    privacy = declare(
        Retention.PUBLICATION,
        neutral="id earlier later outcome code_version state attempts owner heartbeat_at error "
        "requested_at requested_by finished_at",
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
            models.CheckConstraint(
                name="comparison_running_has_an_owner",
                condition=~Q(state="running") | Q(owner__isnull=False, heartbeat_at__isnull=False),
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
