"""Letters about handing over: that there is something to look at, and nothing of whom it is."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.services.outbox import send_later


def tell_offer(receiver: User, *, by: Any, site: str) -> None:
    _tell(receiver, "Je is een overdracht aangeboden", "offered", "handovers", by, site)


def tell_withdrawn(receiver: User, *, by: Any, site: str) -> None:
    _tell(receiver, "Een aangeboden overdracht is ingetrokken", "withdrawn", "handovers", by, site)


def tell_answer(manager: User, *, accepted: bool, by: Any, site: str) -> None:
    subject = "Een overdracht is aangenomen" if accepted else "Een overdracht is geweigerd"
    _tell(manager, subject, "accepted" if accepted else "refused", "handovers", by, site)


def _tell(to: User, subject: str, what: str, page: str, by: Any, site: str) -> None:
    link = (site or settings.SITE_URL).rstrip("/") + reverse(page)
    send_later(
        to=to.email,
        recipient=to,
        subject=subject,
        text=render_to_string("cases/mail/handover.txt", {"what": what, "link": link}),
        purpose="overdracht",
        by=by,
    )
