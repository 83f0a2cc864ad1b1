"""Emptying the drop box: first the marks of who answered, then, apart, what was said.

Two transactions that share nothing but the box; each for many at once, in an order of chance, and
without a time (docs/adr/0006-enquetes.md).
"""

import json
import logging
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.sealing import CannotOpen, seal, unseal
from surveys.models import ClosedLink, Dropped, Given, Invitation, Letter, Remark, Response, Round
from surveys.models.rounds import SMALLEST_GROUP
from surveys.remarks import purpose_of_words

log = logging.getLogger(__name__)
SHUT_BOX = (
    "De bus met antwoorden gaat niet open. Waarschijnlijk ontbreekt op de server een sleutel. De "
    "antwoorden wachten zolang in de bus; er gaat niets verloren. Vraag de functioneel beheerder "
    "om de sleutel terug te laten zetten."
)
chance = SystemRandom()


def purpose_of(dropped: UUID) -> str:
    return f"survey answer {dropped}"


def empty_boxes() -> None:
    """Whatever may be moved by now, of every round. Safe at any moment, and for two at once.

    A box in which one doesn't open waits, and holds up no other round.
    """
    for round in Round.objects.filter(pk__in=Dropped.objects.values("round")):
        try:
            _empty(round)
        except CannotOpen:
            log.exception("De bus van ronde %s gaat niet open: er ontbreekt een sleutel", round.pk)


def _empty(round: Round) -> None:
    if round.state == Round.State.ENDED or _box(round).count() >= SMALLEST_GROUP:
        mark_answered(round)
    move_on(round)


def opens(round: Round) -> bool:
    """Whether everything in the box can be read. What is in it is looked at by nobody."""
    try:
        for row in _box(round).iterator():
            unseal(row.sealed, purpose=purpose_of(row.pk))
    except CannotOpen:
        return False
    return True


def mark_answered(round: Round) -> int:
    """Who has an answer in the box has answered; their links are closed. How many in the box.
    Raises CannotOpen: then nobody is marked."""
    with transaction.atomic():
        round = _locked(round)
        invited = [said["invitation"] for _, said in _opened(round)]
        chance.shuffle(invited)
        letters = Letter.objects.filter(invitation__in=invited, link_hash__isnull=False)
        hashes = list(letters.values_list("link_hash", flat=True))
        chance.shuffle(hashes)
        ClosedLink.objects.bulk_create(ClosedLink(link_hash=one, round=round) for one in hashes)
        letters.update(link_hash=None)
        Invitation.objects.filter(pk__in=invited, answered=False).update(answered=True)
    return len(invited)


def move_on(round: Round) -> int:
    """Answers go from the box to where they are counted, at least ten at once. How many moved.

    Not those whose mark is still to be set: a box that got more in meanwhile keeps these. At the
    end that box waits for its marks: what came in last can be too few to move by itself.
    """
    with transaction.atomic():
        round = _locked(round)
        opened = _opened(round)
        ready, ended = _marked(opened), round.state == Round.State.ENDED
        many = len(ready) - (0 if ended else SMALLEST_GROUP)
        if many < SMALLEST_GROUP or (ended and len(ready) < len(opened)):
            return 0
        moved = chance.sample(ready, many)
        _write([said for _, said in moved], round)
        Dropped.objects.filter(pk__in=[row.pk for row, _ in moved]).delete()
    return many


def _write(said: list[dict[str, Any]], round: Round) -> None:
    """Each answer to each question a row of its own, all mixed."""
    questions = {str(one.pk): one for one in round.questions.all()}
    responses, given, remarks = [], [], []
    for one in said:
        responses.append(Response(round=round, group_id=one["group"]))
        for key, answer in one["answers"].items():
            question = questions[key]
            if "text" in answer:
                remark = Remark(question=question)
                remark.sealed = seal(answer["text"], purpose=purpose_of_words(remark.pk))
                remarks.append(remark)
            else:
                given.append(Given(group_id=one["group"], question=question, **answer))
    for model, rows in ((Response, responses), (Given, given), (Remark, remarks)):
        chance.shuffle(rows)
        model.objects.bulk_create(rows)


def _marked(opened: list[tuple[Dropped, dict]]) -> list[tuple[Dropped, dict]]:
    """Also what came by an invitation that was deleted by hand since: there is nothing to mark, and
    it would hold the box for ever."""
    ids = [said["invitation"] for _, said in opened]
    to_mark = Invitation.objects.filter(pk__in=ids, answered=False).values_list("pk", flat=True)
    not_yet = set(map(str, to_mark))
    return [(row, said) for row, said in opened if said["invitation"] not in not_yet]


def _opened(round: Round) -> list[tuple[Dropped, dict[str, Any]]]:
    return [
        (row, json.loads(unseal(row.sealed, purpose=purpose_of(row.pk)))) for row in _box(round)
    ]


def _box(round: Round) -> QuerySet[Dropped]:
    return Dropped.objects.filter(round=round).order_by("pk")


def _locked(round: Round) -> Round:
    """One at a time; who drops an answer in doesn't wait."""
    return Round.objects.select_for_update(of=("self",), no_key=True).get(pk=round.pk)
