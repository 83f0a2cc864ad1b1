"""Files that a worker makes: of a draw, to download, and of an edition, to publish."""

import uuid

from django.db import models
from django.db.models import Q

from facts.privacy import Retention, declare

from .editions import Edition
from .runs import ReportRun
from .work import Work


class ReportFile(Work):
    """One form of a draw, or of an edition that was approved: then it waits here until all forms
    are there and the edition is published whole.

    `made_of`: the SHA-256 of what it was made of (services.making), to see that it still holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ReportRun, models.PROTECT, related_name="files")
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="files_in_the_making"
    )
    extension = models.CharField("vorm", max_length=10)
    content = models.BinaryField("inhoud", null=True, blank=True)
    made_of = models.CharField("gemaakt van", max_length=64, blank=True)

    privacy = declare(
        Retention.PUBLICATION,
        neutral="id run edition extension content made_of state attempts owner heartbeat_at error "
        "requested_at requested_by finished_at",
    )

    class Meta:
        verbose_name = "bestand van een berekening"
        verbose_name_plural = "bestanden van berekeningen"
        ordering = ["requested_at", "extension"]
        constraints = [
            models.UniqueConstraint(
                name="reportfile_one_a_form",
                fields=["run", "extension"],
                condition=Q(edition__isnull=True),
            ),
            models.UniqueConstraint(
                name="reportfile_one_a_form_of_an_edition",
                fields=["edition", "extension"],
                condition=Q(edition__isnull=False),
            ),
            models.CheckConstraint(
                name="reportfile_done_is_whole",
                condition=Q(state="done", content__isnull=False, finished_at__isnull=False)
                & Q(made_of__regex=r"^[0-9a-f]{64}$")
                | ~Q(state="done") & Q(content__isnull=True),
            ),
            models.CheckConstraint(
                name="reportfile_failed_says_why", condition=~Q(state="failed") | ~Q(error="")
            ),
            models.CheckConstraint(
                name="reportfile_running_has_an_owner",
                condition=~Q(state="running") | Q(owner__isnull=False, heartbeat_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extension} van {self.run_id} ({self.get_state_display()})"
