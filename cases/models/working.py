"""How colleagues divide the work: handing over, and the views they keep of their lists."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare

from .registration import Registration


class Handover(models.Model):
    """Someone is asked to take a registration over, from a day on. Accepted: the assignments
    moved. `batch` holds together what was offered in one go, such as a whole caseload."""

    class State(models.TextChoices):
        OFFERED = "offered", "Aangeboden"
        ACCEPTED = "accepted", "Aangenomen"
        REFUSED = "refused", "Geweigerd"
        WITHDRAWN = "withdrawn", "Ingetrokken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.UUIDField("samen aangeboden", default=uuid.uuid4)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="handed_over",
        verbose_name="van",
    )  # fmt: skip
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="offered", verbose_name="aan"
    )
    takes_over_on = models.DateField("vanaf")
    note = models.TextField("wat moet de ander weten", max_length=5_000, blank=True)
    state = models.CharField("stand", max_length=9, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField("aangeboden op", db_default=Now())
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("beantwoord op", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField("antwoord", max_length=1_000, blank=True)
    history = HistoricalRecords()

    privacy = declare(
        Retention.CASE_FILE,
        free_text="note answer",
        neutral="id batch registration giver receiver takes_over_on state offered_at offered_by "
        "decided_at decided_by",
    )

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        triggers = [leaves_history()]
        ordering = ["offered_at"]
        constraints = [
            models.UniqueConstraint(
                name="handover_one_open_a_registration",
                fields=["registration"],
                condition=Q(state="offered"),
                violation_error_message="Deze aanmelding is al aan iemand aangeboden.",
            ),
            models.CheckConstraint(
                name="handover_to_someone_else", condition=~Q(giver=F("receiver"))
            ),
            models.CheckConstraint(
                name="handover_answered_whole",
                condition=Q(state="offered", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state="offered") & Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_refused_with_a_reason",
                condition=~Q(state="refused") | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} aan {self.receiver_id}"


class SavedView(models.Model):
    """A way of looking at a list that someone keeps: what stands behind the ? of its address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    page = models.CharField("lijst", max_length=50)
    name = models.CharField("naam", max_length=60)
    query = models.CharField("filter", max_length=500)

    privacy = declare(Retention.STAFF, free_text="name query", neutral="id user page")

    class Meta:
        verbose_name = "bewaarde weergave"
        verbose_name_plural = "bewaarde weergaven"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="savedview_one_a_name",
                fields=["user", "page", "name"],
                violation_error_message="Je hebt al een weergave met deze naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
