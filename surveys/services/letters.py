"""Letters as rows: made, claimed by one worker, and how each ended. Speaks to no mail server."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Now

from surveys.links import hash_of, new_link
from surveys.models import Invitation, Letter, Round

State = Letter.State
GIVEN_UP_ON = timedelta(minutes=5)  # longer than all time-outs of one letter together
# After each failed attempt: when to try again. Eight attempts in about a day.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
WORKER_GONE, LINE_BROKE, GAVE_UP = "worker_gone", "line_broke", "gave_up"
BAD_ADDRESS, NOT_MADE = "bad_address", "not_made"
ENDED, RESTORED = "ended", "restored"


@dataclass(frozen=True)
class Claimed:
    """A letter that is ours to send, with the links that stand nowhere else."""

    letter: Letter
    link: str
    unsubscribe: str


def new_letters(invitations: Iterable[Invitation], kind: str) -> None:
    """One to each, for the workers. The database refuses a second one of a kind."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or str(DNS_NAME)
    rows = [Letter(invitation=one, kind=kind) for one in invitations]
    for row in rows:
        row.message_id = f"<{row.pk}@{domain}>"
    Letter.objects.bulk_create(rows, batch_size=2_000)


def waiting(limit: int) -> list[uuid.UUID]:
    """Letters whose time has come, the oldest first."""
    due = Letter.objects.filter(state=State.WAITING, next_try_at__lte=Now())
    return list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])


def claim(number: uuid.UUID) -> Claimed | None:
    """Make the letter ours, with fresh links, if it waits. None: someone else has it.

    Committed before anyone speaks to the mail server: who dies after this leaves `sending`.
    """
    link, unsubscribe = new_link(), new_link()
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("invitation__round", "invitation__person")
            .filter(pk=number, state=State.WAITING, next_try_at__lte=Now())
            .first()
        )
        if letter is None:
            return None
        letter.state, letter.owner, letter.claimed_at = State.SENDING, uuid.uuid4(), Now()
        letter.link_hash, letter.unsubscribe_hash = hash_of(link), hash_of(unsubscribe)
        letter.attempts += 1
        letter.settled_at = letter.settled_by = None  # what people decided has been done
        letter.save(
            update_fields=[
                "settled_at",
                "settled_by",
                "state", "owner", "claimed_at", "attempts", "link_hash", "unsubscribe_hash",
            ]
        )  # fmt: skip
    return Claimed(letter, link, unsubscribe)


def try_again(letter: Letter, cause: str) -> None:
    """It surely wasn't taken, and may be later."""
    if letter.attempts > len(PAUSES):
        end(letter, State.REFUSED, f"{GAVE_UP} {cause}")
        return
    _ours(letter).filter(state=State.SENDING).update(
        state=State.WAITING,
        cause=cause,
        next_try_at=Now() + PAUSES[letter.attempts - 1],
        link_hash=None,
    )


def end(letter: Letter, state: State, cause: str = "") -> None:
    """Also over `uncertain`: we know better than who thought us dead. What surely didn't arrive
    leaves no link."""
    living = Q(state=State.SENDING) | Q(state=State.UNCERTAIN, settled_at__isnull=True)
    fields: dict[str, Any] = {"state": state, "cause": cause[:30], "finished_at": Now()}
    if state in (State.REFUSED, State.SKIPPED):
        fields["link_hash"] = None
    _ours(letter).filter(living).update(**fields)


def mark_abandoned() -> int:
    """What a worker was sending when it died may have gone: nobody sends it again by itself."""
    left = Letter.objects.filter(state=State.SENDING, claimed_at__lt=Now() - GIVEN_UP_ON)
    with transaction.atomic():  # who writes all letters of a round is not waited for
        numbers = list(left.select_for_update(skip_locked=True).values_list("pk", flat=True))
        return left.filter(pk__in=numbers).update(
            state=State.UNCERTAIN, cause=WORKER_GONE, finished_at=Now()
        )


def skip_waiting(round: Round) -> int:
    """What waits in a round that ends is never sent. How many."""
    waits = Letter.objects.filter(invitation__round=round, state=State.WAITING)
    return waits.update(state=State.SKIPPED, cause=ENDED, finished_at=Now(), link_hash=None)


def distrust_what_waits() -> int:
    """After a backup was put back: what waited then may have gone since. How many. Also of rounds
    that are over: what waited then didn't surely stay."""
    underway = Letter.objects.filter(state__in=[State.WAITING, State.SENDING])
    return underway.update(
        state=State.UNCERTAIN,
        cause=RESTORED,
        settled_at=None,  # whatever was decided, was decided before
        settled_by=None,
        finished_at=Now(),
        claimed_at=Coalesce("claimed_at", Now()),  # it went to the address of about then
    )


def _ours(letter: Letter) -> QuerySet[Letter]:
    return Letter.objects.filter(pk=letter.pk, owner=letter.owner)
