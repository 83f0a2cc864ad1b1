"""Letters that didn't arrive, or may not have: for the administrator, without what is in them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import OutgoingMail, User
from accounts.roles import MANAGE_PEOPLE
from accounts.services import troubled_mail
from accounts.views.people import must
from facts.privacy import masked
from facts.words import moment

LETTERS_A_PAGE = 50
WORDS = {
    "invitation": "uitnodiging",
    "reset_asked": "tweede stap herstellen: gevraagd",
    "reset_approved": "tweede stap herstellen: gedaan",
    "password_reset_key": "nieuw wachtwoord",
    "password_changed": "wachtwoord gewijzigd",
    "recovery_codes_generated": "nieuwe herstelcodes",
    "totp_activated": "app ingesteld",
    "totp_deactivated": "app verwijderd",
    "webauthn_added": "sleutel toegevoegd",
    "webauthn_removed": "sleutel verwijderd",
    "guessing": "waarschuwing: iemand probeert wachtwoorden",
}


@dataclass(frozen=True)
class Letter:
    """What may be shown of a letter: no address, no subject, no text."""

    id: UUID
    kind: str
    written: str
    state: str
    recipient_id: UUID | None
    attempts: int
    is_failed: bool
    can_be_sent: bool


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """What was not sent, and what may or may not have been; the newest first."""
    must(request, MANAGE_PEOPLE)
    rows = troubled_mail.unhandled().order_by("-created_at", "pk")
    page = Paginator(rows, LETTERS_A_PAGE).get_page(request.GET.get("pagina"))
    letters = [_shown(row) for row in page]
    names = User.objects.in_bulk({one.recipient_id for one in letters if one.recipient_id})
    context = {"page": page, "letters": [(one, names.get(one.recipient_id)) for one in letters]}
    return render(request, "accounts/mail.html", context)


def _shown(row: OutgoingMail) -> Letter:
    """By way of what the privacy declaration leaves."""
    seen = masked(row)
    purpose = str(seen["purpose"])
    return Letter(
        id=seen["id"],
        kind=WORDS.get(purpose, purpose),
        written=moment(seen["created_at"]),
        state=OutgoingMail.State(seen["state"]).label,
        recipient_id=seen["recipient"],
        attempts=seen["attempts"],
        is_failed=seen["state"] == OutgoingMail.State.FAILED,
        can_be_sent=troubled_mail.can_be_sent_again(row),
    )


@require_POST
def mail_again(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Send what surely wasn't."""
    return _do(request, mail_id, troubled_mail.send_again, "De mail gaat opnieuw de deur uit.")


@require_POST
def mail_handled(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Someone saw to it; it is never sent by itself."""
    return _do(request, mail_id, troubled_mail.set_aside, "Afgehandeld.")


def _do(request: HttpRequest, mail_id: UUID, deed: Callable, done: str) -> HttpResponse:
    must(request, MANAGE_PEOPLE)
    letter = get_object_or_404(OutgoingMail, pk=mail_id)
    try:
        deed(letter, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
    return redirect("mail")
