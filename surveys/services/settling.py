"""What people decide about letters that may have gone, or were refused."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from surveys.models import FormerLink, Letter, Round

State = Letter.State
TROUBLED = [State.UNCERTAIN, State.REFUSED, State.BOUNCED]

OVER = "Deze ronde loopt niet meer. Er gaat geen brief meer de deur uit: laat deze rusten."


def troubled(round: Round) -> QuerySet[Letter]:
    """What didn't arrive or may not have, and nobody decided on."""
    rows = Letter.objects.filter(invitation__round=round, state__in=TROUBLED)
    return rows.filter(settled_at__isnull=True).order_by("-finished_at", "pk")


@transaction.atomic
def arrived(letter: Letter, *, by: Any) -> None:
    """The log of the mail server says that it took it. Raises ValidationError."""
    _settle(letter, [State.UNCERTAIN], by, state=State.SENT, cause="")


@transaction.atomic
def send_again(letter: Letter, *, by: Any) -> None:
    """The log of the mail server says that it didn't, or the address was mended. It keeps its
    Message-ID; if the first did arrive after all, its links still work. Only while the round runs:
    after that its report stands. Raises ValidationError."""
    rounds = Round.objects.select_for_update(of=("self",), no_key=True)
    if not rounds.get(pk=letter.invitation.round_id).is_running:
        raise ValidationError(OVER, code="state")
    _settle(
        _with_former_links(letter),
        [State.UNCERTAIN, State.REFUSED],
        by,
        state=State.WAITING,
        attempts=0,
        finished_at=None,
        next_try_at=Now(),
        link_hash=None,
    )


@transaction.atomic
def let_rest(letter: Letter, *, by: Any) -> None:
    """Nothing is done with it. Raises ValidationError."""
    _settle(letter, TROUBLED, by)


def _with_former_links(letter: Letter) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state == State.UNCERTAIN and letter.unsubscribe_hash:
        hashes = {"link_hash": letter.link_hash, "unsubscribe_hash": letter.unsubscribe_hash}
        FormerLink.objects.create(letter=letter, **hashes)
    return letter


def _settle(letter: Letter, states: list[State], by: Any, **fields: Any) -> None:
    """Of two who press at once, the second hears it."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state not in states or letter.settled_at:
        raise ValidationError("Iemand anders heeft hier intussen over besloten.", code="late")
    for name, value in (fields | {"settled_at": Now(), "settled_by": by}).items():
        setattr(letter, name, value)
    letter.save()
