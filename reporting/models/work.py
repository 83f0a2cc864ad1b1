"""Work that someone asked for: a row that a worker claims."""

from django.conf import settings
from django.db import models


class Work(models.Model):
    """The row is the truth about the work; a message to a worker only wakes it up. A worker that
    stops saying that it lives (`heartbeat_at`) loses the row to the sweep (services.working)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Wacht op een werker"
        RUNNING = "running", "Wordt berekend"
        DONE = "done", "Klaar"
        FAILED = "failed", "Mislukt"

    state = models.CharField("stand", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    owner = models.UUIDField("eigenaar", null=True, blank=True)
    heartbeat_at = models.DateTimeField("laatste levensteken", null=True, blank=True)
    error = models.TextField("wat er misging", blank=True)
    requested_at = models.DateTimeField("aangevraagd op", auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    class Meta:
        abstract = True
