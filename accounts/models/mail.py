"""Mail as rows: the truth about what was sent stands here, not in a queue."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from facts.privacy import Retention, declare

PERSON = settings.AUTH_USER_MODEL


class OutgoingMail(models.Model):
    """One letter to one address.

    `sealed_body` may hold a key to an account: it is encrypted, and wiped as soon as the letter
    was sent or may have been. What failed keeps it for a week, to be sent again by hand.
    `handled_at`: someone saw to what failed or is uncertain.

    `uncertain`: the worker died, or the line broke, after the server may have taken it. It is
    never sent again by itself; the fixed `message_id` finds it in the logs of the mail server.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        SENDING = "sending", "wordt verstuurd"
        SENT = "sent", "verstuurd"
        FAILED = "failed", "niet verstuurd"
        UNCERTAIN = "uncertain", "onzeker"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField("waarvoor", max_length=50)
    to = models.CharField("aan", max_length=254)
    recipient = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    subject = models.CharField("onderwerp", max_length=200)
    sealed_body = models.TextField("inhoud, versleuteld", blank=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    state = models.CharField("stand", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    owner = models.UUIDField("eigenaar", null=True, blank=True)
    claimed_at = models.DateTimeField("opgepakt op", null=True, blank=True)
    next_try_at = models.DateTimeField("niet eerder dan", db_default=Now())
    error = models.TextField("wat er misging", blank=True)
    created_at = models.DateTimeField("geschreven op", db_default=Now())
    created_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)
    handled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    handled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = declare(
        Retention.MAIL,
        personal="to",
        free_text="subject sealed_body error",
        neutral="id purpose recipient message_id state attempts owner claimed_at next_try_at "
        "created_at created_by finished_at handled_at handled_by",
    )

    class Meta:
        verbose_name = "uitgaande mail"
        verbose_name_plural = "uitgaande mails"
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="mail_to_be_sent",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["failed", "uncertain"], handled_at__isnull=True),
                name="mail_to_be_looked_at",
            ),
        ]
        constraints = [
            # One address, and no line that a mail server could read as a header of its own.
            models.CheckConstraint(
                condition=Q(to__regex=r"^[^[:space:][:cntrl:],;<>]+@[^[:space:][:cntrl:],;<>]+$"),
                name="mail_to_one_address",
            ),
            models.CheckConstraint(
                condition=~Q(subject__regex=r"[[:cntrl:]]"), name="mail_subject_on_one_line"
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(owner__isnull=False, claimed_at__isnull=False),
                name="mail_sending_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending"], finished_at__isnull=True)
                | Q(state__in=["sent", "uncertain"], finished_at__isnull=False, sealed_body="")
                | Q(state="failed", finished_at__isnull=False),
                name="mail_finished_is_wiped",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "uncertain"]) | ~Q(error=""),
                name="mail_not_sent_says_why",
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(
                    state__in=["failed", "uncertain"],
                    handled_at__isnull=False,
                    handled_by__isnull=False,
                    sealed_body="",
                ),
                name="mail_handled_whole_and_wiped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.get_state_display()})"
