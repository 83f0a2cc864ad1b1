"""Which questions a round asks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from surveys.models import Question, Round, Text
from surveys.parts import of_question

from .texts import locked_draft


def add_question(*, round: Round, by: Any, **fields: Any) -> Question:
    """At the end; its words are written next. Raises ValidationError."""
    with transaction.atomic():
        locked_draft(round)
        last = round.questions.aggregate(last=Max("position"))["last"] or 0
        question = Question(round=round, position=last + 1, **fields)
        question._history_user = by
        question.full_clean()
        question.save()
    return question


def drop_question(*, question: Question, by: Any) -> None:
    """With its words. Raises ValidationError when the round has started."""
    with transaction.atomic():
        round = locked_draft(question.round)
        parts = [part.key for part in of_question(question)]
        for row in [*Text.objects.filter(round=round, part__in=parts), question]:
            row._history_user = by
            row.delete()


def move_up(*, question: Question, by: Any) -> None:
    """One place earlier; the first stays. Raises ValidationError when the round has started."""
    with transaction.atomic():
        round = locked_draft(question.round)
        rows = list(round.questions.all())
        place = next((at for at, row in enumerate(rows) if row.pk == question.pk), None)
        if place is None:
            raise ValidationError("Deze vraag is intussen weggehaald.")
        if place:
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
        for position, row in enumerate(rows, start=1):
            if row.position != position:
                row.position, row._history_user = position, by
                row.save(update_fields=["position"])
