"""How an account comes to life, and how a lost second factor is taken away: both leave a row."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from facts.privacy import Retention, declare

PERSON = settings.AUTH_USER_MODEL


class Invitation(models.Model):
    """A letter with a key that opens an account once. Only the hash of the key is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(PERSON, models.PROTECT, related_name="invitations")
    token_hash = models.CharField("hash van de sleutel", max_length=64, unique=True)
    invited_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField("uitgenodigd op", db_default=Now())
    expires_at = models.DateTimeField("geldig tot")
    accepted_at = models.DateTimeField("gebruikt op", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    privacy = declare(
        Retention.STAFF,
        neutral="id user token_hash invited_by invited_at expires_at accepted_at withdrawn_at",
    )

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging van {self.invited_at:%Y-%m-%d}"


class SecondFactorReset(models.Model):
    """Two people take away the second factor of a third: one asks, another decides."""

    class State(models.TextChoices):
        ASKED = "asked", "wacht op een tweede persoon"
        APPROVED = "approved", "goedgekeurd"
        REFUSED = "refused", "afgewezen"
        EXPIRED = "expired", "verlopen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(PERSON, models.PROTECT, related_name="second_factor_resets")
    reason = models.CharField("hoe je weet dat dit klopt", max_length=500)
    state = models.CharField("stand", max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("gevraagd op", db_default=Now())
    expires_at = models.DateTimeField("geldig tot")
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)

    privacy = declare(
        Retention.STAFF,
        free_text="reason",
        neutral="id user state asked_by asked_at expires_at decided_by decided_at",
    )

    class Meta:
        verbose_name = "herstel van een tweede stap"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="asked"), name="reset_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["asked", "expired"], decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(
                    state__in=["approved", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="reset_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=F("user"))),
                name="reset_never_by_oneself",
            ),
            # Who asked may still take it back, which refuses it.
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("asked_by")),
                name="reset_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"herstel van {self.asked_at:%Y-%m-%d} ({self.get_state_display()})"
