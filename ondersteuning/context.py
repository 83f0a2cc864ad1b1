"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.roles import held_by


def site(request: HttpRequest) -> dict:
    """`may.<codename>`: what the visitor's roles allow (not `perms`: a superuser has all)."""
    return {
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "may": SimpleLazyObject(lambda: held_by(getattr(request, "user", None))),
    }
