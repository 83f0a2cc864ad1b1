"""Two families or two registrations that turned out to be one."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from facts.history import leaves_history
from facts.privacy import Retention, declare

from .family import Family

# What went may not itself be what another went into later, or an old address would lead nowhere.
_INTO_WHAT_STANDS = """
    IF NEW.undone_at IS NULL AND EXISTS (
        SELECT 1 FROM cases_merge WHERE undone_at IS NULL AND gone = NEW.kept
    ) THEN
        RAISE EXCEPTION 'Dit is zelf al in een ander opgegaan.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_into_what_stands';
    END IF;
    RETURN NEW;
"""


class MergeQuerySet(models.QuerySet):
    def standing(self) -> "MergeQuerySet":
        """Not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """`gone` went into `kept` (ids of families, of registrations or of people), in the file of
    `family`. `moved` says of every table which rows were moved or withdrawn, and what was added in
    their place: enough to undo it.

    `part_of`: what else was done in one act, such as the people of two families. The act itself
    holds what moved, and is undone as a whole.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", "Gezin"
        REGISTRATION = "registration", "Aanmelding"
        PERSON = "person", "Persoon"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=12, choices=Kind)
    kept = models.UUIDField("blijft")
    gone = models.UUIDField("gaat op in")
    family = models.ForeignKey(Family, models.PROTECT, related_name="merges")
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="deel van"
    )
    moved = models.JSONField("verhuisd", default=dict)
    reason = models.TextField("reden", max_length=1_000)
    merged_at = models.DateTimeField("samengevoegd op")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField("ongedaan gemaakt op", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    objects = MergeQuerySet.as_manager()
    history = HistoricalRecords()

    privacy = declare(
        Retention.CASE_FILE,
        free_text="reason",
        neutral="id kind kept gone family part_of moved merged_at merged_by undone_at undone_by",
    )

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        triggers = [
            leaves_history(),
            pgtrigger.Trigger(
                name="merge_into_what_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_INTO_WHAT_STANDS,
            ),
        ]
        ordering = ["-merged_at"]
        indexes = [
            models.Index("kept", name="merge_into", condition=Q(undone_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="merge_kind_is_known",
                condition=Q(kind__in=["family", "registration", "person"]),
            ),
            models.CheckConstraint(name="merge_not_part_of_itself", condition=~Q(part_of=F("id"))),
            models.CheckConstraint(
                name="merge_undone_after_it_was_done",
                condition=Q(undone_at__isnull=True) | Q(undone_at__gt=F("merged_at")),
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(name="merge_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="merge_once", fields=["gone"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                name="merge_undone_by_someone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} in {self.kept}"
