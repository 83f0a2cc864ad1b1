"""What someone was typing when the session ended, and what they saved already."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from facts.privacy import Retention, declare


class Draft(models.Model):
    """The unsaved text of one form, of one person, about one object."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField("formulier", max_length=100)
    object_type = models.CharField("soort", max_length=100, blank=True)
    object_id = models.CharField("nummer", max_length=64, blank=True)
    content = models.JSONField("inhoud", default=dict, blank=True)
    updated_at = models.DateTimeField("bewaard op", db_default=Now())

    privacy = declare(
        Retention.DRAFT,
        free_text="content",
        neutral="id user form object_type object_id updated_at",
    )

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "form", "object_type", "object_id"], name="draft_one_per_form"
            ),
        ]

    def __str__(self) -> str:
        return f"concept van {self.form}"


class FinishedForm(models.Model):
    """A form as one page showed it (its `serial`) that was saved, or whose text was thrown away.

    The same form with the same text (`digest`) is never saved twice: who sends it again because
    the answer got lost, goes where the first answer led. Words that arrive late don't bring the
    text back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    serial = models.UUIDField("volgnummer van de pagina")
    digest = models.CharField("hash van de tekst", max_length=64, blank=True)
    went_to = models.CharField("daarna naar", max_length=2000, blank=True)
    finished_at = models.DateTimeField("klaar op", db_default=Now())

    privacy = declare(Retention.DRAFT, neutral="id user serial digest went_to finished_at")

    class Meta:
        verbose_name = "afgerond formulier"
        verbose_name_plural = "afgeronde formulieren"
        constraints = [
            models.UniqueConstraint(fields=["serial", "digest"], name="finished_once"),
        ]

    def __str__(self) -> str:
        return f"afgerond formulier {self.serial}"
