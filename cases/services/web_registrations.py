"""What someone without an account sent in: received, and then taken, joined or refused."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from accounts.services.outbox import send_later
from cases.models import NumberSeries, Registration, WebRegistration
from cases.models.numbers import take_number
from facts.recording import recording

from .arriving import register_arrival

State = WebRegistration.State
RECEIPTS = "W"
SUBJECT = "We hebben je aanmelding ontvangen"


def receive(*, id: UUID, said: dict[str, Any], write_back: bool = True) -> WebRegistration:
    """Keep what was sent in, once: the same form sent twice is one registration.

    `id` was given out with the form. Who goes back and changes something sends in a second one.
    With `write_back`, a letter without a word of the content goes to the e-mail address.
    """
    with transaction.atomic():
        NumberSeries.objects.select_for_update().get(prefix=RECEIPTS)  # two clicks: one waits
        before = WebRegistration.objects.filter(pk=id).first()
        if before and all(getattr(before, name) == value for name, value in said.items()):
            return before
        web = WebRegistration(receipt=take_number(RECEIPTS), **said)
        if before is None:
            web.id = id
        web._history_user, web._change_reason = None, "Via de site"
        web.full_clean()
        web.save(force_insert=True)
        if web.email and write_back:
            _confirm(web)
    return web


def accept(*, web: WebRegistration, by: Any, **registering: Any) -> Registration:
    """It becomes a registration, as `register_arrival` makes it; which may raise LikelyKnown.

    Raises ValidationError ('stale') when someone else decided meanwhile.
    """
    with transaction.atomic():
        web = _waiting(web)
        registration = register_arrival(by=by, **registering)
        _decide(web, State.ACCEPTED, by, registration=registration)
    return registration


def join(*, web: WebRegistration, registration: Registration, by: Any) -> None:
    """It is about a registration that stands already. The caller asked the door for that one."""
    with transaction.atomic():
        _decide(_waiting(web), State.JOINED, by, registration=registration)


def refuse(*, web: WebRegistration, reason: str, by: Any) -> None:
    """Raises ValidationError without a reason ('reason'), or when someone was first ('stale')."""
    if not reason.strip():
        raise ValidationError("Schrijf op waarom we deze niet aannemen.", code="reason")
    with transaction.atomic():
        _decide(_waiting(web), State.REFUSED, by, decision_note=reason.strip())


def waiting() -> QuerySet:
    """Those that the team must still decide on, the oldest first."""
    return WebRegistration.objects.filter(state=State.WAITING).order_by("received_at")


def _waiting(web: WebRegistration) -> WebRegistration:
    """Locked: whoever decides first wins, and the second is told who did."""
    web = WebRegistration.objects.select_for_update(of=("self",)).get(pk=web.pk)
    if web.state != State.WAITING:
        raise ValidationError(
            f"{web.decided_by.name} heeft hier intussen over besloten: "
            f"{web.get_state_display().lower()}.",
            code="stale",
        )
    return web


def _decide(web: WebRegistration, state: str, by: Any, **fields: Any) -> None:
    with recording(by=by, reason=State(state).label) as now:
        web.state, web.decided_by, web.decided_at = state, by, now.at
        for name, value in fields.items():
            setattr(web, name, value)
        web._history_user, web._change_reason = now.by, now.reason
        web.full_clean()
        web.save()


def _confirm(web: WebRegistration) -> None:
    """That it came in, under which number, and where to call: nothing of what was told."""
    words = {"receipt": web.receipt, "phone": settings.TEAM_PHONE}
    send_later(
        to=web.email,
        subject=f"{SUBJECT} ({web.receipt})",
        text=render_to_string("cases/mail/received.txt", words),
        purpose="ontvangstbevestiging",
        by=None,
    )
