"""Mail leaves from rows: written with what it is about, sent by a worker, never twice by itself.

Before a worker speaks to the mail server it writes that it is `sending`, and commits. So a worker
that dies leaves a letter that may or may not have gone: that is called uncertain, and left to
people. Only what the server surely didn't take is tried again.
"""

import json
import logging
import threading
import unicodedata
import uuid
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.utils import DNS_NAME
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from accounts.mail_backend import Refused, TryLater
from accounts.models import OutgoingMail
from accounts.sealing import CannotOpen, seal, unseal

log = logging.getLogger(__name__)

State = OutgoingMail.State
GIVEN_UP_ON = timedelta(minutes=5)  # longer than all time-outs of one letter together
# After each failed attempt: when to try again. Eight attempts in about a day.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
PURPOSE = "outgoing mail"
_waking = threading.Lock()
FINISHED = {"finished_at": Now()}
WIPED = {"sealed_body": "", **FINISHED}


def send_later(
    *,
    to: str,
    subject: str,
    text: str,
    purpose: str,
    by: Any,
    html: str = "",
    recipient: Any = None,
) -> OutgoingMail:
    """Write a letter; it goes out when the transaction that it belongs to has been committed.

    With `recipient`, nothing is sent to an account that was closed meanwhile. Raises
    ValidationError when the address or the subject could smuggle something in.
    """
    validate_email(to)
    if not subject.strip() or any(_is_control(sign) for sign in to + subject):
        raise ValidationError("Een adres of onderwerp heeft geen regeleinden of verborgen tekens.")
    number = uuid.uuid4()
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or str(DNS_NAME)
    mail = OutgoingMail.objects.create(
        id=number,
        purpose=purpose,
        to=to,
        recipient=recipient,
        subject=subject,
        sealed_body=seal(json.dumps({"text": text, "html": html}), purpose=f"{PURPOSE} {number}"),
        message_id=f"<{number}@{domain}>",
        created_by=by if by and by.is_authenticated else None,
    )
    transaction.on_commit(lambda: wake_a_worker(mail.pk))
    return mail


def wake_a_worker(number: uuid.UUID) -> None:
    """Best effort, and nobody waits for it: without the broker the sweep comes by soon enough.

    One call at a time: who is woken sends all that waits.
    """
    if _waking.acquire(blocking=False):
        threading.Thread(target=_ask_for_a_sweep, args=[number], daemon=True).start()


def _ask_for_a_sweep(number: uuid.UUID) -> None:
    try:
        # By name: the task stands above this module and imports it.
        current_app.send_task("accounts.tasks.sweep_mail", retry=False)
    except Exception as error:  # whatever the broker's client raises, the row stands and waits
        log.warning("Mail %s wacht op de veger: %s", number, type(error).__name__)
    finally:
        _waking.release()


def send_waiting() -> None:
    """Send each letter whose time has come, unless someone else has it; safe at any moment."""
    mark_abandoned()
    for number in waiting_for_work():
        mail = claim(number)
        if mail is not None:
            send(mail)


def claim(number: uuid.UUID | str) -> OutgoingMail | None:
    """Make the letter ours if it waits and its time has come. None: someone else has it."""
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk=number, state=State.WAITING, next_try_at__lte=Now())
            .first()
        )
        if mail is None:
            return None
        mail.state, mail.owner, mail.claimed_at = State.SENDING, uuid.uuid4(), Now()
        mail.attempts += 1
        mail.save(update_fields=["state", "owner", "claimed_at", "attempts"])
    return mail


def send(mail: OutgoingMail) -> None:
    """Bring a claimed letter to the mail server, and write down what became of it."""
    if mail.recipient and not mail.recipient.is_active:
        _end(mail, State.FAILED, "Het account is gesloten; de mail is niet verstuurd.")
        return
    try:
        message = _as_message(mail)
    except CannotOpen:
        _end(mail, State.FAILED, "De sleutel van deze mail is niet meer bekend.")
        return
    try:
        message.send()
    except Refused as refusal:
        _end(mail, State.FAILED, f"De mailserver weigerde: {refusal}")
    except TryLater as delay:
        _try_again(mail, str(delay))
    except Exception as error:
        # The line broke after the text had left, or something we never met.
        log.exception("Mail %s is onzeker", mail.pk)
        _end(mail, State.UNCERTAIN, f"Misschien wel, misschien niet verstuurd: {error}")
    else:
        _end(mail, State.SENT, "")


def waiting_for_work() -> list[uuid.UUID]:
    """Letters whose time has come, oldest first."""
    due = OutgoingMail.objects.filter(state=State.WAITING, next_try_at__lte=Now())
    return list(due.order_by("next_try_at").values_list("pk", flat=True))


def mark_abandoned() -> int:
    """What a worker was sending when it died may have gone: nobody sends it again by itself."""
    abandoned = Q(state=State.SENDING, claimed_at__lt=Now() - GIVEN_UP_ON)
    return OutgoingMail.objects.filter(abandoned).update(
        state=State.UNCERTAIN, error="De werker stopte tijdens het versturen.", **WIPED
    )


def distrust_what_waits() -> int:
    """After a backup was put back: what waited then may have gone since. How many."""
    underway = OutgoingMail.objects.filter(state__in=[State.WAITING, State.SENDING])
    return underway.update(
        state=State.UNCERTAIN,
        error="Er is een reservekopie teruggezet: deze mail is misschien al verstuurd.",
        **WIPED,
    )


def _as_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    body = json.loads(unseal(mail.sealed_body, purpose=f"{PURPOSE} {mail.pk}"))
    message = EmailMultiAlternatives(
        mail.subject,
        body["text"],
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if body["html"]:
        message.attach_alternative(body["html"], "text/html")
    return message


def _try_again(mail: OutgoingMail, why: str) -> None:
    if mail.attempts > len(PAUSES):
        _end(mail, State.FAILED, f"Na {mail.attempts} pogingen opgegeven: {why}")
        return
    _ours(mail).filter(state=State.SENDING).update(
        state=State.WAITING, next_try_at=Now() + PAUSES[mail.attempts - 1], error=why
    )


def _end(mail: OutgoingMail, state: State, error: str) -> None:
    """Also over `uncertain`: we know better than who thought us dead."""
    living = Q(state=State.SENDING) | Q(state=State.UNCERTAIN, handled_at__isnull=True)
    # What surely wasn't taken keeps its text, so that someone may send it again.
    end = FINISHED if state == State.FAILED else WIPED
    _ours(mail).filter(living).update(state=state, error=error, **end)


def _ours(mail: OutgoingMail) -> Any:
    return OutgoingMail.objects.filter(pk=mail.pk, owner=mail.owner)


def _is_control(sign: str) -> bool:
    """Line ends, and signs that are not seen: they turn a line around or hide a part of it."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp", "Cs"}
