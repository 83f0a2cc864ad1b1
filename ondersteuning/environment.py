"""What differs between machines comes from the environment; what is missing is said in Dutch."""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """The variable `name`; without it the server doesn't start, and says what to do."""
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(
            f"De omgevingsvariabele {name} ontbreekt. Start via manage.py (dan regelt het "
            "programma zelf een lokale database) of zet de variabelen van docs/beheer.md."
        ) from None


def database(url: str) -> dict:
    """Django's settings for postgresql://user:password@host:port/name (or ?host=/socket/dir)."""
    parts = urlsplit(url)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.get("host", parts.hostname or "")),
        "PORT": str(parts.port or options.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": "ondersteuning",
            "options": _patience(os.environ.get("OT_PAGE_WAITS", "")),
        },
    }


def _patience(seconds: str) -> str:
    """How long a page waits for the database (ondersteuning/wsgi.py sets it): for a lock, or for
    the answer to one question. Commands and workers may take longer: without it nothing is said."""
    if not seconds:
        return ""
    waits = ("lock_timeout", "statement_timeout")
    return " ".join(f"-c {name}={seconds}s" for name in waits)
