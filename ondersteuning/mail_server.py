"""Where mail goes, from one address: smtp://user:password@host:port?tls=1."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOW = "Schrijf OT_SMTP_URL als smtp://gebruiker:wachtwoord@host:poort?tls=1 (of smtps://)."


def read_mail_server(url: str) -> dict[str, Any]:
    """Django's settings for it. Without an address, letters become files in OT_DATA/mail."""
    if not url:
        return {"EMAIL_BACKEND": "accounts.mail_backend.Letterbox"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(HOW) from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(HOW)
    implicit = parts.scheme == "smtps"
    starttls = not implicit and parse_qs(parts.query).get("tls") == ["1"]
    return {
        "EMAIL_BACKEND": "accounts.mail_backend.StepwiseSmtp",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if implicit else 587 if starttls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": implicit,
    }
