"""Emptying the drop box: first the marks of who answered, then, apart, what was said.

Two transactions that share nothing but the box; each for many at once, in an order of chance, and
without a time (docs/adr/0006-enquetes.md).
"""

import json
import logging
from collections import Counter
from collections.abc import Iterable
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, When

from accounts.sealing import CannotOpen, seal, unseal
from surveys.models import (
    ClosedLink,
    Dropped,
    FormerLink,
    Given,
    Invitation,
    Letter,
    Remark,
    Response,
    Round,
)
from surveys.models.rounds import SMALLEST_GROUP
from surveys.remarks import purpose_of_words

from . import batches
from .batches import Moved, Opened

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
    ended = round.state == Round.State.ENDED
    if ended or _box(round).count() >= SMALLEST_GROUP:
        mark_answered(round, at_least=1 if ended else SMALLEST_GROUP)
    move_on(round)


def opens(round: Round) -> bool:
    """Whether everything in the box can be read. What is in it is looked at by nobody."""
    try:
        for row in _box(round).iterator():
            unseal(row.sealed, purpose=purpose_of(row.pk))
    except CannotOpen:
        return False
    return True


def mark_answered(round: Round, *, at_least: int) -> int:
    """Who has an answer in the box has answered; their links are closed. How many got the mark.

    `at_least` so many at once, or nobody: who is marked alone is marked at the time of one answer.
    All letters and invitations of the round are written, also those that stay as they are: then
    no column of the system says which of them changed, or when. Raises CannotOpen: then nobody is
    marked.
    """
    with transaction.atomic():
        round = _locked(round)
        opened = _opened(round)
        marked = {one.row.pk for one in _marked(opened)}
        invited = [one.said["invitation"] for one in opened if one.row.pk not in marked]
        if len(invited) < at_least:
            return 0
        _close_links(round, invited)
        Invitation.objects.filter(round=round).update(
            answered=Case(When(pk__in=invited, then=True), default=F("answered"))
        )
    return len(invited)


def _close_links(round: Round, invited: list[str]) -> None:
    """Also those of an earlier mail. Their hashes go to where no person is."""
    letters = Letter.objects.filter(invitation__round=round)
    theirs = letters.filter(invitation__in=invited)
    former = FormerLink.objects.filter(letter__in=letters)
    hashes: list[str] = []
    for rows, closing in ((letters, Q(invitation__in=invited)), (former, Q(letter__in=theirs))):
        hashes += rows.filter(closing, link_hash__isnull=False).values_list("link_hash", flat=True)
        rows.update(link_hash=Case(When(closing, then=None), default=F("link_hash")))
    chance.shuffle(hashes)
    ClosedLink.objects.bulk_create(ClosedLink(link_hash=one, round=round) for one in hashes)


def move_on(round: Round) -> int:
    """Answers go from the box to where they are counted, at least ten at once. How many moved.

    Not those whose mark is still to be set: a box that got more in meanwhile keeps these. At the
    end that box waits for its marks: what came in last can be too few to move by itself.
    """
    with transaction.atomic():
        round = _locked(round)
        opened = _opened(round)
        ready = _marked(opened)
        if round.state != Round.State.ENDED:
            moved = batches.while_it_runs(ready)
        elif len(ready) == len(opened):
            groups = [str(pk) for pk in round.groups.values_list("pk", flat=True)]
            moved = batches.at_the_end(ready, earlier=_moved_earlier(round), groups=groups)
        else:
            moved = []
        _write(moved, round)
        Dropped.objects.filter(pk__in=[one.row.pk for one, _ in moved]).delete()
    return len(moved)


def _moved_earlier(round: Round) -> Counter[str]:
    rows = Response.objects.filter(round=round).values_list("group")
    return Counter({str(group): many for group, many in rows.annotate(many=Count("pk"))})


def _write(moved: Iterable[Moved], round: Round) -> None:
    """Each answer to each question a row of its own, all mixed."""
    questions = {str(one.pk): one for one in round.questions.all()}
    responses, given, remarks = [], [], []
    for one, group in moved:
        responses.append(Response(round=round, group_id=group))
        for key, answer in one.said["answers"].items():
            question = questions[key]
            if "text" in answer:
                remark = Remark(question=question)
                remark.sealed = seal(answer["text"], purpose=purpose_of_words(remark.pk))
                remarks.append(remark)
            else:
                given.append(Given(group_id=group, question=question, **answer))
    for model, rows in ((Response, responses), (Given, given), (Remark, remarks)):
        chance.shuffle(rows)
        model.objects.bulk_create(rows)


def _marked(opened: list[Opened]) -> list[Opened]:
    """Also what came by an invitation that was deleted by hand since: there is nothing to mark, and
    it would hold the box for ever."""
    ids = [one.said["invitation"] for one in opened]
    to_mark = Invitation.objects.filter(pk__in=ids, answered=False).values_list("pk", flat=True)
    not_yet = set(map(str, to_mark))
    return [one for one in opened if one.said["invitation"] not in not_yet]


def _opened(round: Round) -> list[Opened]:
    return [
        Opened(row, json.loads(unseal(row.sealed, purpose=purpose_of(row.pk))))
        for row in _box(round)
    ]


def _box(round: Round) -> QuerySet[Dropped]:
    return Dropped.objects.filter(round=round).order_by("pk")


def _locked(round: Round) -> Round:
    """One at a time; who drops an answer in doesn't wait."""
    return Round.objects.select_for_update(of=("self",), no_key=True).get(pk=round.pk)
