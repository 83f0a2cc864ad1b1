"""What someone with a link does: open it, fill in, send in, opt out. A visit writes nothing.

Nothing here touches what says who was asked: docs/adr/0006-enquetes.md.
"""

import base64
import json
import os
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now, TruncDate

from accounts.sealing import NONCE_BYTES, seal
from cases.merging.tracks import what_stays, what_went_into
from surveys.links import hash_of, key_of, once_of, place_of
from surveys.models import (
    Audience,
    ClosedLink,
    Dropped,
    Invitation,
    Letter,
    OptOut,
    Progress,
    Question,
    Round,
)

from .moving import purpose_of

UNKNOWN, DONE, OVER = "unknown", "done", "over"
LONGEST_REMARK = 1_000
WIDEST = 4  # bytes of one sign, at most
MARKS = 100  # bytes around one answer: the id of its question, and how it is written down
BESIDES = 300  # bytes of what is no answer: of whom it is, or in which language


@dataclass(frozen=True)
class Opened:
    """What a link opens."""

    link: str
    round: Round
    audience: str
    invitation: UUID
    group: UUID


class Closed(Exception):
    """`state`: why nothing can be filled in by this link. `round`: None when we don't know it."""

    def __init__(self, state: str, round: Round | None = None, audience: str = "") -> None:
        super().__init__(state)
        self.state, self.round, self.audience = state, round, audience


def open_link(link: str, *, today: date) -> Opened:
    """Raises Closed."""
    hashed = hash_of(link)
    letter = _letter_with(link_hash=hashed)
    if letter is None:
        closed = ClosedLink.objects.select_related("round").filter(pk=hashed).first()
        raise Closed(DONE, closed.round, Audience.PARENT) if closed else Closed(UNKNOWN)
    one = letter.invitation
    if one.answered or Dropped.objects.filter(once=once_of(one.pk)).exists():
        raise Closed(DONE, one.round, one.audience)
    if not one.round.is_running or one.round.ends_on < today:
        raise Closed(OVER, one.round, one.audience)
    return Opened(link, one.round, one.audience, one.pk, one.group_id)


def _letter_with(**hashed: str) -> Letter | None:
    """By its own link, or by that of an earlier mail of it that may have arrived."""
    letters = Letter.objects.select_related("invitation__round")
    earlier = {f"former_links__{name}": value for name, value in hashed.items()}
    return letters.filter(**hashed).first() or letters.filter(**earlier).first()


def kept(opened: Opened, *, to_change: bool = False) -> dict[str, Any]:
    """What was filled in so far: `language`, and `answers` by the id of the question.
    `to_change`: another tab waits until this one is done, or the last would win."""
    place = place_of(opened.link)
    rows = Progress.objects.select_for_update() if to_change else Progress.objects
    row = rows.filter(pk=place).first()
    if row is None:
        return {"language": "", "answers": {}}
    raw = base64.b64decode(row.sealed)
    try:
        opener = AESGCM(key_of(opened.link))
        return json.loads(opener.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()))
    except InvalidTag:
        return {"language": "", "answers": {}}


def keep(opened: Opened, content: dict[str, Any]) -> None:
    """Sealed by the link itself: without it nobody reads this, or knows whose it is."""
    place, nonce = place_of(opened.link), os.urandom(NONCE_BYTES)
    sealer = AESGCM(key_of(opened.link))
    sealed = nonce + sealer.encrypt(nonce, _padded(content, opened.round).encode(), place.encode())
    Progress.objects.update_or_create(
        pk=place, defaults={"round": opened.round, "sealed": base64.b64encode(sealed).decode()}
    )


def send_in(opened: Opened, answers: dict[str, Any]) -> None:
    """Into the drop box, once. Raises Closed: another tab or letter was first ('done'), or the
    round ended a moment ago ('over')."""
    row = Dropped(round=opened.round, once=once_of(opened.invitation))
    said = {
        "invitation": str(opened.invitation),
        "group": str(opened.group),
        "answers": answers,
    }
    row.sealed = seal(_padded(said, opened.round), purpose=purpose_of(row.pk))
    try:
        with transaction.atomic():
            if not _still_runs(opened.round):
                raise Closed(OVER, opened.round, opened.audience)
            row.save(force_insert=True)
    except IntegrityError:
        raise Closed(DONE, opened.round, opened.audience) from None
    Progress.objects.filter(pk=place_of(opened.link)).delete()


def _still_runs(round: Round) -> bool:
    """And will until the answer is in the box: who ends the round waits for it. Senders don't wait
    for each other, which is why this isn't `select_for_update`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM surveys_round WHERE id = %s FOR KEY SHARE", [round.pk])
        return cursor.fetchone() == (Round.State.RUNNING,)


def invitation_to_leave(link: str) -> Invitation:
    """Whose unsubscribe link it is. Raises Closed."""
    letter = _letter_with(unsubscribe_hash=hash_of(link))
    if letter is None:
        raise Closed(UNKNOWN)
    return letter.invitation


def opt_out(invitation: Invitation) -> None:
    """No survey any more, from the next letter on."""
    if not has_opted_out(invitation):
        OptOut.objects.get_or_create(
            person_id=invitation.person_id, defaults={"since": TruncDate(Now())}
        )


def opt_in(invitation: Invitation) -> None:
    """They changed their mind."""
    _opt_outs(invitation).delete()


def has_opted_out(invitation: Invitation) -> bool:
    return _opt_outs(invitation).exists()


def _opt_outs(invitation: Invitation) -> QuerySet[OptOut]:
    """Under each number that they have had."""
    asked = invitation.person_id
    now = what_stays([asked]).get(asked, asked)
    return OptOut.objects.filter(person_id__in={now, *what_went_into([now])})


def _padded(said: dict[str, Any], round: Round) -> str:
    """Of one length in bytes for all of a round: a short answer looks like the longest."""
    text = json.dumps(said, ensure_ascii=False)
    return text + " " * (_longest(round) - len(text.encode()))


def _longest(round: Round) -> int:
    """Bytes of the longest that anyone can answer. Its questions don't change any more."""
    return BESIDES + sum(
        MARKS
        + WIDEST * (LONGEST_REMARK if one.kind == Question.Kind.TEXT else len(str(one.options)))
        for one in round.questions.all()
    )
