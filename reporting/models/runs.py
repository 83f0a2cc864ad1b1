"""Periods, and the runs that draw a period's figures."""

import uuid

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from facts.dates import Dates
from facts.history import leaves_history
from facts.privacy import Retention, declare

from .work import Work


class Period(models.Model):
    """A reporting period: a first day, a last day (the reference date) and a label. Data, never
    computed from calendar quarters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField("naam", max_length=100, unique=True)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag (peildatum)")
    history = HistoricalRecords()

    privacy = declare(Retention.PUBLICATION, neutral="id label first_day last_day")

    class Meta:
        verbose_name = "periode"
        triggers = [leaves_history()]
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                name="period_last_day_after_first", condition=Q(last_day__gte=F("first_day"))
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ReportRun(Work):
    """One draw of the figures: asked for by someone, claimed by a worker, done or failed.

    `daily`: how things stand that very day, for the page of today (services.today).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField("naam", max_length=100)
    period_start = models.DateField("eerste dag")
    reference_date = models.DateField("peildatum")
    known_on = models.DateTimeField("bekend op")
    steps_done = models.PositiveSmallIntegerField("stappen klaar", default=0)
    steps_total = models.PositiveSmallIntegerField("stappen", default=0)
    step_label = models.CharField("bezig met", max_length=100, blank=True)
    figures = models.JSONField("cijfers", null=True, blank=True)
    code_version = models.CharField("versie van het programma", max_length=100, blank=True)
    daily = models.BooleanField("stand van de dag", default=False)

    privacy = declare(
        Retention.PUBLICATION,
        neutral="id label period_start reference_date known_on state steps_done steps_total "
        "step_label attempts owner heartbeat_at figures code_version error requested_at "
        "requested_by finished_at daily",
    )

    class Meta:
        verbose_name = "berekening"
        verbose_name_plural = "berekeningen"
        ordering = ["-requested_at"]
        permissions = [("view_reports", "Mag de kwartaalcijfers zien en berekenen")]
        constraints = [
            models.CheckConstraint(
                name="reportrun_reference_date_after_start",
                condition=Q(reference_date__gte=F("period_start")),
            ),
            models.CheckConstraint(
                name="reportrun_done_has_figures",
                condition=Q(state="done", figures__isnull=False, finished_at__isnull=False)
                | ~Q(state="done") & Q(figures__isnull=True),
            ),
            models.CheckConstraint(
                name="reportrun_failed_says_why",
                condition=~Q(state="failed") | ~Q(error=""),
            ),
            models.CheckConstraint(
                name="reportrun_running_has_an_owner",
                condition=~Q(state="running") | Q(owner__isnull=False, heartbeat_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_state_display()})"

    @property
    def dates(self) -> Dates:
        return Dates(self.period_start, self.reference_date, self.known_on)
