"""Bringing letters to the mail server, each at most once unless it surely wasn't taken."""

import logging
import time
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Now

from accounts.mail_backend import Refused, TryLater
from surveys.choosing import choose
from surveys.models import Letter, Round
from surveys.wording import Wording

from . import letters
from .letters import Claimed, State
from .writing import write

log = logging.getLogger(__name__)
A_SWEEP_TAKES = 15  # seconds: then other work may pass, and the next sweep goes on
AT_ONCE = 500
PATIENCE = 3  # letters in a row that the server can't take now: then it is left alone for a while


def send_waiting(*, today: date) -> int:
    """Send what waits, for as long as a sweep may take; safe at any moment. How many were tried."""
    letters.mark_abandoned()
    began, tried, in_a_row = time.monotonic(), 0, 0
    wordings: dict[object, Wording] = {}
    for number in letters.waiting(AT_ONCE):
        if time.monotonic() - began > A_SWEEP_TAKES or in_a_row >= PATIENCE:
            break
        claimed = letters.claim(number)
        if claimed is None:
            continue
        tried += 1
        round = claimed.letter.invitation.round
        wording = wordings.setdefault(round.pk, Wording(round))
        in_a_row = in_a_row + 1 if send(claimed, wording, today=today) == State.WAITING else 0
    return tried


def send(claimed: Claimed, wording: Wording, *, today: date) -> State:
    """Look once more whether they may be mailed, send, and write down what became of it."""
    letter = claimed.letter
    if cause := why_not_now(letter, today):
        letters.end(letter, State.SKIPPED, cause)
        return State.SKIPPED
    try:
        validate_email(letter.invitation.person.email)  # one address, and nothing smuggled in
        write(claimed, wording).send()
    except ValidationError:
        letters.end(letter, State.REFUSED, letters.BAD_ADDRESS)
        return State.REFUSED
    except Refused as refusal:
        letters.end(letter, State.REFUSED, _code(refusal))
        return State.REFUSED
    except TryLater as delay:
        letters.try_again(letter, _code(delay))
        return State.WAITING
    except Exception:
        # The line broke after the text had left, or something we never met.
        log.exception("Brief %s is onzeker", letter.pk)
        letters.end(letter, State.UNCERTAIN, letters.LINE_BROKE)
        return State.UNCERTAIN
    letters.end(letter, State.SENT)
    return State.SENT


def why_not_now(letter: Letter, today: date) -> str:
    """A key of AT_SENDING; '' when the letter may go. Asked at the moment of sending (T52)."""
    invitation = letter.invitation
    round = Round.objects.get(pk=invitation.round_id)
    if not round.is_running or (round.ends_on and round.ends_on < today):
        return "ended"
    if type(invitation).objects.filter(pk=invitation.pk, answered=True).exists():
        return "answered"
    found = choose(round, today=today, people=[invitation.person_id])
    return found[0].reason if found else "gone"


def note_bounce(message_id: str) -> bool:
    """A letter came back (T86). False: it isn't one of ours, or it is known already."""
    return bool(
        Letter.objects.filter(
            message_id=message_id, state__in=[State.SENT, State.UNCERTAIN]
        ).update(state=State.BOUNCED, cause="bounced", finished_at=Now())
    )


def _code(answer: Exception) -> str:
    """What the server said, without its words: these may name the address."""
    code = str(answer)[:3]
    return code if code.isdigit() else "no_line"
