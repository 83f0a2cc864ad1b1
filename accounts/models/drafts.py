"""What someone was typing when the session ended."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from facts.privacy import Retention, declare


class Draft(models.Model):
    """The unsaved text of one form, of one person, about one object.

    `finished_at`: the form was saved or the text thrown away. What was rendered before that
    moment may not bring the text back, however late its last words arrive.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField("formulier", max_length=100)
    object_type = models.CharField("soort", max_length=100, blank=True)
    object_id = models.CharField("nummer", max_length=64, blank=True)
    content = models.JSONField("inhoud", default=dict, blank=True)
    updated_at = models.DateTimeField("bewaard op", db_default=Now())
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    privacy = declare(
        Retention.DRAFT,
        free_text="content",
        neutral="id user form object_type object_id updated_at finished_at",
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
