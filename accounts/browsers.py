"""A browser that signed in to an account before, known by a cookie that says nothing to others.

It opens nothing. It only keeps the owner apart from a stranger who guesses at the same account,
so that the stranger's guesses don't lock the owner out.
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "accounts.known-browser"


def known_browser(request: HttpRequest, email: str) -> str:
    """The number of this browser when it signed in to this account before, or else nothing."""
    try:
        account, number = signing.loads(
            request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, ""),
            salt=SALT,
            max_age=settings.KNOWN_BROWSER_AGE,
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return number if account == _account(email) else ""


def remember_browser(response: HttpResponse, email: str) -> None:
    """Call it after the whole of signing in, second step included."""
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps([_account(email), secrets.token_urlsafe(12)], salt=SALT),
        max_age=settings.KNOWN_BROWSER_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _account(email: str) -> str:
    return hashlib.sha256(f"{SALT}|{settings.SECRET_KEY}|{email.lower()}".encode()).hexdigest()
