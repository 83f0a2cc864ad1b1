"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.roles import held_by
from accounts.sessions import SEEN_EVERY


def site(request: HttpRequest) -> dict:
    """`may.<codename>`: what the visitor's roles allow (not `perms`: a superuser has all).
    `session_idle`: after so many seconds without a page it may have ended.
    """
    return {
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "session_idle": int((settings.SESSION_IDLE - SEEN_EVERY).total_seconds()),
        "may": SimpleLazyObject(lambda: held_by(getattr(request, "user", None))),
    }
