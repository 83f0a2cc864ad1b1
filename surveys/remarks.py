"""The words of remarks: sealed in the database, read here."""

from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.sealing import CannotOpen, unseal
from surveys.models import Question, Remark, Round

SHUT = "Deze tekst gaat niet open: de sleutel waarmee ze is versleuteld ontbreekt."
ERASED = "Wat mensen schreven, is een jaar na het einde van de ronde gewist."


def purpose_of_words(remark: UUID) -> str:
    """What someone wrote, sealed for this alone."""
    return f"survey remark {remark}"


def purpose_of_shown(remark: UUID) -> str:
    """What was released of it: one doesn't open in the place of the other."""
    return f"survey remark {remark} as shown"


def words_of(remark: Remark) -> str:
    """As they were written: for the privacy officer. Raises CannotOpen."""
    return unseal(remark.sealed, purpose=purpose_of_words(remark.pk))


def shown_of(remark: Remark) -> str:
    """As they were released, with what was blacked out; '' of one that isn't. Raises CannotOpen."""
    return unseal(remark.shown, purpose=purpose_of_shown(remark.pk)) if remark.shown else ""


def released_texts(round: Round) -> dict[Question, list[str]]:
    """By question that was answered in words, what was released; nothing below ten answers.

    In order of the text itself, which says nothing of who wrote it or when. In place of one that
    doesn't open SHUT: the rest of a report doesn't suffer from it.
    """
    texts: dict[Question, list[str]] = {}
    for remark in Remark.objects.released_in(round).select_related("question"):
        texts.setdefault(remark.question, []).append(_shown_or_shut(remark))
    in_order = sorted(texts, key=lambda question: (question.position, question.key))
    return {one: sorted(texts[one], key=lambda text: (text.casefold(), text)) for one in in_order}


def _shown_or_shut(remark: Remark) -> str:
    try:
        return shown_of(remark)
    except CannotOpen:
        return SHUT


def how_many(remarks: QuerySet[Remark]) -> dict[UUID, dict[str, int]]:
    """By round how many there are in each state, every state named; a round without isn't there.

    `remarks`: as Remark.objects.readable() or .in_round(round) gives them.
    """
    rows = remarks.order_by().values_list("question__round", "state").annotate(many=Count("pk"))
    found: dict[UUID, dict[str, int]] = {}
    for round, state, many in rows:
        found.setdefault(round, dict.fromkeys(Remark.State.values, 0))[state] = many
    return found
