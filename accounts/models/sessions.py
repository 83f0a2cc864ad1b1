"""A signed-in browser, as a row: whose it is, since when, and when it was last used."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Now

from facts.privacy import Retention, declare


class BrowserSession(AbstractBaseSession):
    """`session_key` is a hash of what the browser holds: a copy of this table opens nothing.

    `user` lets all sessions of someone end at once; `started_at` and `seen_at` bound how long one
    lasts (accounts/sessions.py).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="browser_sessions",
    )
    started_at = models.DateTimeField("begonnen op", db_default=Now())
    seen_at = models.DateTimeField("laatst gebruikt op", db_default=Now())

    privacy = declare(
        Retention.SESSION,
        personal="session_data",
        neutral="session_key expire_date user started_at seen_at",
    )

    class Meta:
        verbose_name = "sessie"
        verbose_name_plural = "sessies"

    def save(self, *, force_update: bool = False, **options: Any) -> None:
        """A later save leaves alone when the session began, and when it was last used."""
        if force_update:
            options["update_fields"] = ["session_data", "expire_date", "user"]
        super().save(force_update=force_update, **options)

    @classmethod
    def get_session_store_class(cls) -> type:
        from accounts.sessions import SessionStore  # that module needs this one

        return SessionStore
