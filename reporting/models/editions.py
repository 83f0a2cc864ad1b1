"""An edition: a period's report as it is published. Once published nothing of it changes; a
correction is a new edition that says what changed."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare

from .runs import Period, ReportRun


def _frozen_with_its_edition() -> pgtrigger.Trigger:
    """Nothing is added to, changed in or taken from an edition that was published."""
    return pgtrigger.Trigger(
        name="frozen_with_its_edition",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM reporting_edition AS one
                WHERE one.id = (CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END).edition_id
                AND one.state = 'published'
            ) THEN
                RAISE EXCEPTION 'Deze editie is gepubliceerd en verandert niet meer.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_is_frozen';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class Edition(models.Model):
    """Drawn, explained, offered, approved by someone else, and published.

    `number`: the first of its period, or a later one that corrects it (`correction` says what
    changed). Frozen at publication: `figures` (exact), `quoted` (what the texts take from surveys),
    `hidden` (what the public doesn't see, and why), `rules` (how each figure was counted then),
    `code_version` and `digest`, the SHA-256 of the canonical JSON of figures and quotes.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Concept"
        OFFERED = "offered", "Ter goedkeuring"
        APPROVED = "approved", "Wordt gepubliceerd"
        PUBLISHED = "published", "Gepubliceerd"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("editie", default=1)
    slug = models.SlugField("adres", max_length=60, unique=True)
    title = models.CharField("titel", max_length=200)
    correction = models.TextField("wat is er hersteld", max_length=2_000, blank=True)
    run = models.ForeignKey(
        ReportRun, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    state = models.CharField("stand", max_length=9, choices=State, default=State.DRAFT)
    begun_at = models.DateTimeField("begonnen op", auto_now_add=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    offered_at = models.DateTimeField("aangeboden op", null=True, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("goedgekeurd op", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True)
    figures = models.JSONField("cijfers", null=True, blank=True)
    quoted = models.JSONField("aangehaald uit enquêtes", default=dict, blank=True)
    hidden = models.JSONField("verborgen", default=dict, blank=True)
    rules = models.JSONField("telregels", default=dict, blank=True)
    code_version = models.CharField("versie van het programma", max_length=100, blank=True)
    digest = models.CharField("hash", max_length=64, blank=True)
    history = HistoricalRecords(excluded_fields=["figures", "quoted", "hidden", "rules"])

    privacy = declare(
        Retention.PUBLICATION,
        free_text="correction",
        neutral="id period number slug title run state begun_at begun_by offered_at offered_by "
        "approved_at approved_by published_at figures quoted hidden rules code_version "
        "digest",
    )

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ["-period__last_day", "-number"]
        permissions = [
            ("write_editions", "Maakt edities en biedt ze aan"),
            ("approve_editions", "Keurt een editie van een ander goed"),
        ]
        triggers = [
            leaves_history(),
            pgtrigger.Protect(
                name="published_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="published"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="edition_once", fields=["period", "number"]),
            models.UniqueConstraint(
                name="edition_one_in_the_making",
                fields=["period"],
                condition=~Q(state="published"),
                violation_error_message="Voor deze periode is al een editie in de maak.",
            ),
            models.CheckConstraint(
                name="edition_correction_says_what_changed",
                condition=Q(number=1) | ~Q(correction=""),
            ),
            models.CheckConstraint(
                name="edition_offered_whole",
                condition=Q(state="draft")
                | Q(offered_at__isnull=False, offered_by__isnull=False, run__isnull=False),
            ),
            models.CheckConstraint(
                name="edition_approved_by_another",
                condition=Q(state__in=["draft", "offered"])
                | Q(approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("offered_by")),
                violation_error_message="Wie de editie aanbood, keurt haar niet zelf goed.",
            ),
            models.CheckConstraint(
                name="edition_published_whole",
                condition=~Q(state="published")
                | Q(published_at__isnull=False, figures__isnull=False)
                & Q(digest__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display().lower()})"


class EditionText(models.Model):
    """What is written at a chapter, or `introduction`. '{registrations.total}' stands for the
    number itself, so that the text can't disagree with the table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="texts")
    part = models.SlugField("onderdeel", max_length=50)
    body = models.TextField("tekst", max_length=20_000, blank=True)
    history = HistoricalRecords()

    privacy = declare(Retention.PUBLICATION, free_text="body", neutral="id edition part")

    class Meta:
        verbose_name = "tekst"
        verbose_name_plural = "teksten"
        triggers = [leaves_history(), _frozen_with_its_edition()]
        constraints = [
            models.UniqueConstraint(name="editiontext_one_a_part", fields=["edition", "part"]),
        ]

    def __str__(self) -> str:
        return f"{self.part} van {self.edition_id}"


class EditionDecision(models.Model):
    """What the editor decided otherwise: a number that is shown though small, or hidden though
    not; with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="decisions")
    key = models.CharField("cijfer", max_length=200)
    shown = models.BooleanField("toch tonen")
    reason = models.CharField("reden", max_length=500)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = HistoricalRecords()

    privacy = declare(
        Retention.PUBLICATION, free_text="reason", neutral="id edition key shown decided_by"
    )

    class Meta:
        verbose_name = "besluit over een cijfer"
        verbose_name_plural = "besluiten over cijfers"
        triggers = [leaves_history(), _frozen_with_its_edition()]
        constraints = [
            models.UniqueConstraint(name="editiondecision_one_a_key", fields=["edition", "key"]),
            models.CheckConstraint(name="editiondecision_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {'tonen' if self.shown else 'verbergen'}"


class CountedIds(models.Model):
    """The units that a figure of a published edition counted, as they were then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="counted")
    key = models.CharField("cijfer", max_length=200)
    ids = ArrayField(models.CharField(max_length=100), verbose_name="geteld")

    privacy = declare(Retention.PUBLICATION, personal="ids", neutral="id edition key")

    class Meta:
        verbose_name = "geteld"
        triggers = [_frozen_with_its_edition()]
        constraints = [
            models.UniqueConstraint(name="countedids_one_a_key", fields=["edition", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} van {self.edition_id}"


class EditionFile(models.Model):
    """A form of a published edition: made once, and kept as it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    extension = models.CharField("vorm", max_length=10)
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("hash", max_length=64)

    privacy = declare(Retention.PUBLICATION, neutral="id edition extension content sha256")

    class Meta:
        verbose_name = "bestand"
        triggers = [_frozen_with_its_edition()]
        constraints = [
            models.UniqueConstraint(name="editionfile_one_a_form", fields=["edition", "extension"]),
        ]

    def __str__(self) -> str:
        return f"{self.extension} van {self.edition_id}"
