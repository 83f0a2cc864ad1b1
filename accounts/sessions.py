"""Sessions as rows that know whose they are, and that end by themselves.

The browser holds a random key, the table a hash of it. A session ends after `SESSION_IDLE` without
a page, and `SESSION_LONGEST` after signing in whatever happens; both are judged here, where a
session is looked up, so no page can forget it.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models.sessions import BrowserSession

SEEN_EVERY = timedelta(seconds=30)  # a session in use writes at most this often


class SessionStore(DatabaseStore):
    seen_at: datetime | None = None  # as it stood when the session was looked up

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def _get_session_from_db(self) -> BrowserSession | None:
        found = living().filter(session_key=stored(self.session_key)).first()
        if found is None:
            self._session_key = None
        else:
            self.seen_at = found.seen_at
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(stored(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        session = super().create_model_instance(data)
        session.session_key = stored(session.session_key)
        session.user_id = data.get("_auth_user_id")
        return session

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            BrowserSession.objects.filter(session_key=stored(key)).delete()

    def touch(self) -> None:
        """The person is here: the idle time starts again."""
        if self.seen_at and timezone.now() - self.seen_at > SEEN_EVERY:
            session = BrowserSession.objects.filter(session_key=stored(self.session_key))
            session.update(seen_at=Now())


def living() -> QuerySet[BrowserSession]:
    """The sessions that still open something."""
    return BrowserSession.objects.filter(
        expire_date__gt=Now(),
        seen_at__gt=Now() - settings.SESSION_IDLE,
        started_at__gt=Now() - settings.SESSION_LONGEST,
    )


def end_all_of(user: Any) -> int:
    """Whatever browser `user` is signed in with: the next page asks to sign in."""
    return BrowserSession.objects.filter(user=user).delete()[0]


def clear_ended() -> int:
    """Throw away what opens nothing any more."""
    return BrowserSession.objects.exclude(pk__in=living().values("pk")).delete()[0]


def stored(session_key: str | None) -> str:
    """What stands in the table for what the browser holds: 160 bits of its SHA-256."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:40]
