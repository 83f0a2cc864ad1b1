"""Who was asked, by which letters. Nothing here says, or leads to, what they answered."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.models import Person
from facts.privacy import Retention, declare

from .questions import Audience
from .rounds import Group, Round, frozen_with_its_round

A_HASH = r"^[0-9a-f]{64}$"
# Of who was asked only that they answered is added; and it goes when it is no longer needed.
_ANSWERED_OR_CLEARED = """
    TG_OP = 'UPDATE' AND NEW.answered >= OLD.answered
    AND to_jsonb(NEW) - 'answered' = to_jsonb(OLD) - 'answered'
    OR TG_OP = 'DELETE'
    AND EXISTS (SELECT 1 FROM surveys_round AS one WHERE one.id = OLD.round_id AND state = 'ended')
"""


class Invitation(models.Model):
    """One person in one round. `answered` bears no time, and is set for many at once
    (surveys.services.moving). No history: that would give it one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    audience = models.CharField("woorden voor", max_length=6, choices=Audience)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    answered = models.BooleanField("heeft geantwoord", default=False)

    privacy = declare(
        Retention.SURVEY_MAIL,
        personal="answered",
        neutral="id round person audience group",
    )

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        triggers = [frozen_with_its_round(but=_ANSWERED_OR_CLEARED)]
        constraints = [
            models.UniqueConstraint(
                name="invitation_one_a_person_a_round", fields=["round", "person"]
            ),
            models.CheckConstraint(
                name="invitation_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.id}"


class Letter(models.Model):
    """One mail of an invitation. The link in it stands here as a hash only, made anew with every
    attempt; `unsubscribe_hash` is that of another link, which leads to no question.

    `uncertain`: the worker died, or the line broke, after the server may have taken it. It is
    never sent again by itself; the fixed `message_id` finds it in the logs of the mail server.
    `cause`: a word of ours, or the code that the mail server gave.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Uitnodiging"
        REMINDER = "reminder", "Herinnering"

    class State(models.TextChoices):
        WAITING = "waiting", "Wacht"
        SENDING = "sending", "Wordt verstuurd"
        SENT = "sent", "Verstuurd"
        SKIPPED = "skipped", "Niet verstuurd: mag niet meer"
        REFUSED = "refused", "Geweigerd"
        BOUNCED = "bounced", "Teruggekomen"
        UNCERTAIN = "uncertain", "Onzeker"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="letters")
    kind = models.CharField("soort", max_length=10, choices=Kind)
    state = models.CharField("stand", max_length=9, choices=State, default=State.WAITING)
    link_hash = models.CharField("hash van de link", max_length=64, null=True, unique=True)  # noqa: DJ001
    unsubscribe_hash = models.CharField(  # noqa: DJ001
        "hash van de link om af te melden", max_length=64, null=True, unique=True
    )
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    owner = models.UUIDField("eigenaar", null=True, blank=True)
    claimed_at = models.DateTimeField("opgepakt op", null=True, blank=True)
    next_try_at = models.DateTimeField("niet eerder dan", db_default=Now())
    cause = models.CharField("oorzaak", max_length=30, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)
    settled_at = models.DateTimeField("besloten op", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy = declare(
        Retention.SURVEY_MAIL,
        neutral="id invitation kind state link_hash unsubscribe_hash message_id attempts owner "
        "claimed_at next_try_at cause finished_at settled_at settled_by",
    )

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="letter_to_be_sent",
            ),
        ]
        triggers = [
            # Whatever a program does: what went, or may have gone, doesn't go a second time. What
            # was uncertain may have been refused or skipped since: that too only people send again.
            pgtrigger.Protect(
                name="never_sent_twice",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__state__in=["sent", "bounced"],
                    new__state__in=["waiting", "sending", "refused", "skipped", "uncertain"],
                )
                | pgtrigger.Q(
                    old__state__in=["uncertain", "refused", "skipped"],
                    new__state__in=["waiting", "sending"],
                    new__settled_by__isnull=True,
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="letter_one_of_a_kind", fields=["invitation", "kind"]),
            models.CheckConstraint(
                name="letter_hashes_are_hashes",
                condition=(Q(link_hash__isnull=True) | Q(link_hash__regex=A_HASH))
                & (Q(unsubscribe_hash__isnull=True) | Q(unsubscribe_hash__regex=A_HASH)),
            ),
            models.CheckConstraint(
                name="letter_sending_has_an_owner",
                condition=~Q(state="sending")
                | Q(owner__isnull=False, claimed_at__isnull=False, unsubscribe_hash__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_finished_says_when",
                condition=Q(state__in=["waiting", "sending"], finished_at__isnull=True)
                | ~Q(state__in=["waiting", "sending"]) & Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_not_sent_says_why",
                condition=Q(state__in=["waiting", "sending", "sent"]) | ~Q(cause=""),
            ),
            models.CheckConstraint(
                name="letter_settled_whole",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"


class FormerLink(models.Model):
    """The links of a mail that may have arrived, of a letter that someone sent again: what stands
    in a mailbox goes on working."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="former_links")
    link_hash = models.CharField("hash van de link", max_length=64, null=True, unique=True)  # noqa: DJ001
    unsubscribe_hash = models.CharField(
        "hash van de link om af te melden", max_length=64, unique=True
    )

    privacy = declare(Retention.SURVEY_MAIL, neutral="id letter link_hash unsubscribe_hash")

    class Meta:
        verbose_name = "eerdere link"
        verbose_name_plural = "eerdere links"
        constraints = [
            models.CheckConstraint(
                name="formerlink_hashes_are_hashes",
                condition=Q(unsubscribe_hash__regex=A_HASH)
                & (Q(link_hash__isnull=True) | Q(link_hash__regex=A_HASH)),
            ),
        ]

    def __str__(self) -> str:
        return f"eerdere link {self.id}"


class OptOut(models.Model):
    """Someone wants no surveys any more. It stands here and not in the file: a supervisor would
    learn that they reacted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    since = models.DateField("sinds")

    privacy = declare(Retention.SURVEY_MAIL, personal="since", neutral="id person")

    class Meta:
        verbose_name = "afmelding"
        verbose_name_plural = "afmeldingen"

    def __str__(self) -> str:
        return f"afmelding {self.id}"


class ClosedLink(models.Model):
    """The hash of a link that has done its work, without whose it was: to say so kindly."""

    link_hash = models.CharField("hash van de link", primary_key=True, max_length=64)
    round = models.ForeignKey(Round, models.CASCADE, related_name="+")

    privacy = declare(Retention.SURVEY_MAIL, neutral="link_hash round")

    class Meta:
        verbose_name = "afgeronde link"
        verbose_name_plural = "afgeronde links"
        constraints = [
            models.CheckConstraint(
                name="closedlink_is_a_hash", condition=Q(link_hash__regex=A_HASH)
            ),
        ]

    def __str__(self) -> str:
        return "afgeronde link"
