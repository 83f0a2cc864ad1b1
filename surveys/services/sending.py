"""Bringing letters to the mail server, each at most once unless it surely wasn't taken."""

import logging
import time
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.mail_backend import Refused, ServerAway, TryLater
from cases.merging.tracks import what_went_into
from cases.models import Person
from surveys.choosing import choose
from surveys.choosing.facts import ARRIVED
from surveys.links import once_of
from surveys.models import Dropped, Invitation, Letter, Round
from surveys.wording import Wording

from . import letters
from .letters import Claimed, State
from .writing import write

log = logging.getLogger(__name__)
A_SWEEP_TAKES = 15  # seconds: then other work may pass, and the next sweep goes on
AT_ONCE = 500
CLOCKS_DIFFER = timedelta(minutes=2)  # at most, that of a mail server and ours
PATIENCE = 3  # letters in a row for which the server was away: then this sweep leaves it alone
NOT_TAKEN = 30  # letters in a row that went nowhere, each by itself: something is wrong with all


class _Brake:
    """Tells when to leave the mail server alone until the next sweep."""

    def __init__(self) -> None:
        self.away = self.nowhere = 0

    def note(self, state: State, *, away: bool) -> None:
        self.away = self.away + 1 if away else 0
        taken = state in (State.SENT, State.SKIPPED)
        self.nowhere = 0 if taken else self.nowhere + 1

    @property
    def pulled(self) -> bool:
        return self.away >= PATIENCE or self.nowhere >= NOT_TAKEN


def send_waiting(*, today: date) -> int:
    """Send what waits, for as long as a sweep may take; safe at any moment. How many were tried."""
    letters.mark_abandoned()
    began, tried, brake = time.monotonic(), 0, _Brake()
    wordings: dict[object, Wording] = {}
    for number in letters.waiting(AT_ONCE):
        if time.monotonic() - began > A_SWEEP_TAKES or brake.pulled:
            break
        claimed = letters.claim(number)
        if claimed is None:
            continue
        tried += 1
        round = claimed.letter.invitation.round
        if round.pk not in wordings:
            wordings[round.pk] = Wording(round)
        state, away = send(claimed, wordings[round.pk], today=today)
        brake.note(state, away=away)
    return tried


def send(claimed: Claimed, wording: Wording, *, today: date) -> tuple[State, bool]:
    """Look once more whether they may be mailed, send, and write down what became of it: the state,
    and whether it was the server that was away."""
    letter = claimed.letter
    if cause := why_not_now(letter, today):
        letters.end(letter, State.SKIPPED, cause)
        return State.SKIPPED, False
    try:
        message = _message(claimed, wording)
    except ValidationError:
        letters.end(letter, State.REFUSED, letters.BAD_ADDRESS)
        return State.REFUSED, False
    except Exception:
        log.exception("Brief %s kon niet worden gemaakt", letter.pk)
        letters.try_again(letter, letters.NOT_MADE)
        return State.WAITING, True  # ours to mend, and the next one will fare no better
    try:
        message.send()
    except Refused as refusal:
        letters.end(letter, State.REFUSED, _code(refusal))
        return State.REFUSED, False
    except TryLater as delay:
        letters.try_again(letter, _code(delay))
        return State.WAITING, isinstance(delay, ServerAway)
    except Exception:
        # The line broke after the text had left, or something we never met.
        log.exception("Brief %s is onzeker", letter.pk)
        letters.end(letter, State.UNCERTAIN, letters.LINE_BROKE)
        return State.UNCERTAIN, True
    letters.end(letter, State.SENT)
    return State.SENT, False


def _message(claimed: Claimed, wording: Wording) -> EmailMessage:
    """Whole, before anybody is spoken to. Raises ValidationError of an address that isn't one."""
    validate_email(claimed.letter.invitation.person.email)  # one, and nothing smuggled in
    message = write(claimed, wording)
    message.message()  # what can't be sent in mail shows now
    return message


def why_not_now(letter: Letter, today: date) -> str:
    """A key of AT_SENDING; '' when the letter may go. Asked at the moment of sending (T52)."""
    invitation = letter.invitation
    round = Round.objects.get(pk=invitation.round_id)
    if not round.is_running or (round.ends_on and round.ends_on < today):
        return letters.ENDED
    before = what_went_into([invitation.person_id])
    theirs = Invitation.objects.filter(round=round, person__in=[invitation.person_id, *before])
    if _has_answered(theirs):
        return "answered"
    found = choose(round, today=today, people=[invitation.person_id])
    if not found or found[0].reason:
        return found[0].reason if found else "gone"
    if letter.kind == Letter.Kind.REMINDER:
        return "address_changed" if _has_another_address(letter) else ""
    asked = Letter.objects.filter(invitation__in=theirs.exclude(pk=invitation.pk))
    return "asked_as_other" if asked.filter(state__in=ARRIVED).exists() else ""


def _has_answered(invitations: QuerySet[Invitation]) -> bool:
    """Also who isn't marked yet, and whose answer lies in the box: they are not reminded."""
    found = dict(invitations.values_list("pk", "answered"))
    once = [once_of(pk) for pk in found]
    return any(found.values()) or Dropped.objects.filter(once__in=once).exists()


def _has_another_address(reminder: Letter) -> bool:
    """Than the first letter went to: a reminder holds a link to what somebody filled in, and goes
    to whom that was asked."""
    invitation = reminder.invitation
    first = Letter.objects.get(invitation=invitation, kind=Letter.Kind.INVITATION)
    then = Person.history.filter(id=invitation.person_id, history_date__lte=first.claimed_at)
    known = then.order_by("-history_date", "-history_id").values_list("email", flat=True).first()
    return known is not None and known.lower() != invitation.person.email.lower()


def note_bounce(message_id: str, *, at: datetime | None = None) -> bool:
    """A letter came back (T86), as was said `at` a moment: not what was sent again since. False: it
    isn't one of ours, or it is known already."""
    ours = Letter.objects.filter(message_id=message_id, state__in=[State.SENT, State.UNCERTAIN])
    if at:
        ours = ours.exclude(claimed_at__gt=at + CLOCKS_DIFFER)
    return bool(
        ours.update(
            state=State.BOUNCED,
            cause="bounced",
            finished_at=Now(),
            settled_at=None,  # whatever people thought of it: this they have still to hear
            settled_by=None,
        )
    )


def _code(answer: Exception) -> str:
    """What the server said, without its words: these may name the address."""
    code = str(answer)[:3]
    return code if code.isdigit() else "no_line"
