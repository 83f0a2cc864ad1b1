"""What the privacy officer decides about free text: the only way that others get to read it.

Nothing of it is kept at the remark, but where it stands (docs/adr/0006-enquetes.md). Who decided,
and when, stands in the access log with the round; about which remark stands nowhere.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access_log.writing import note
from accounts.models import AccessLine
from accounts.sealing import seal
from surveys.door import PURPOSE, WHAT
from surveys.marking import black_out, take_apart
from surveys.models import Remark
from surveys.remarks import purpose_of_shown, words_of

State = Remark.State
LATE = "Over deze tekst is intussen al besloten, misschien door een collega. Zo staat het nu."


@transaction.atomic
def release(remark: Remark, *, blacked_out: Collection[int], by: Any) -> None:
    """Others may read it, without the words at these places: those are gone from what they get.

    `remark`: in the state in which `by` saw it, not read yet or kept shut. Raises ValidationError;
    CannotOpen.
    """
    _lock(remark, State.NEW, State.WITHHELD)
    words = words_of(remark)
    places = {piece.place for piece in take_apart(words)} - {None}
    if not places.issuperset(blacked_out):
        raise ValidationError("Dit woord staat er niet. Kijk de tekst opnieuw na.", code="places")
    shown = seal(black_out(words, blacked_out), purpose=purpose_of_shown(remark.pk))
    _settle(remark, State.RELEASED, shown=shown, by=by)


@transaction.atomic
def withhold(remark: Remark, *, by: Any) -> None:
    """Nobody else reads it. Not read yet. Raises ValidationError."""
    _lock(remark, State.NEW)
    _settle(remark, State.WITHHELD, by=by)


@transaction.atomic
def take_back(remark: Remark, *, by: Any) -> None:
    """It was released; now it is to be read again, and what was released of it is gone. What was
    published of it before can't be taken back. Raises ValidationError."""
    _lock(remark, State.RELEASED)
    _settle(remark, State.NEW, by=by)


def _lock(remark: Remark, *states: str) -> None:
    """Of two who decide at once, the second hears it: it no longer stands as they saw it. So does
    who decides on one that was erased meanwhile."""
    there = Remark.objects.exclude(sealed="").filter(pk=remark.pk)
    stands = there.select_for_update(of=("self",)).first()
    if stands is None or stands.state != remark.state or stands.state not in states:
        raise ValidationError(LATE, code="late")


def _settle(remark: Remark, state: State, *, by: Any, shown: str = "") -> None:
    remark.state, remark.shown = state, shown
    remark.save(update_fields=["state", "shown"])
    note(
        actor=by,
        action=AccessLine.Action.CHANGE,
        object_type=WHAT,
        object_id=remark.question.round_id,
        part=f"opmerking: {state.label.lower()}",
        ground=AccessLine.Ground.DUTY,
        purpose=PURPOSE,
    )
