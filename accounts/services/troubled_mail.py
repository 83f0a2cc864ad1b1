"""What people do about letters that failed or are uncertain.

A letter that surely wasn't taken can be sent again for as long as its text is kept: a week. One
that may have gone is never sent again; someone asks, and sets it aside.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.models import OutgoingMail
from accounts.services import outbox

State = OutgoingMail.State
KEPT = timedelta(days=7)


def unhandled() -> QuerySet[OutgoingMail]:
    """What waits for someone to look at it."""
    return OutgoingMail.objects.filter(
        state__in=[State.FAILED, State.UNCERTAIN], handled_at__isnull=True
    )


def can_be_sent_again(mail: OutgoingMail) -> bool:
    return mail.state == State.FAILED and bool(mail.sealed_body)


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: Any) -> None:
    """A failed letter waits for a worker again, and has all its attempts before it.

    Raises ValidationError, in Dutch: of two people who press at once, the second.
    """
    mail = _locked(mail)
    if not can_be_sent_again(mail):
        raise ValidationError(
            "Deze mail kan niet meer opnieuw: de tekst is gewist, of ze is al onderweg.",
            code="late",
        )
    mail.state, mail.attempts, mail.error = State.WAITING, 0, ""
    mail.owner = mail.claimed_at = mail.finished_at = None
    mail.next_try_at = Now()
    mail.save()
    transaction.on_commit(lambda: outbox.wake_a_worker(mail.pk))


@transaction.atomic
def set_aside(mail: OutgoingMail, *, by: Any) -> None:
    """Someone saw to it, in another way. Raises ValidationError, in Dutch."""
    mail = _locked(mail)
    mail.handled_at, mail.handled_by, mail.sealed_body = Now(), by, ""
    mail.save(update_fields=["handled_at", "handled_by", "sealed_body"])


def wipe_old() -> int:
    """The text of a letter that failed is kept no longer than someone may still send it."""
    old = OutgoingMail.objects.filter(state=State.FAILED, finished_at__lt=Now() - KEPT)
    return old.exclude(sealed_body="").update(sealed_body="")


def _locked(mail: OutgoingMail) -> OutgoingMail:
    found = unhandled().select_for_update(of=("self",)).filter(pk=mail.pk).first()
    if found is None:
        raise ValidationError("Deze mail is intussen al afgehandeld of opnieuw verstuurd.")
    return found
