"""Remarks of invented people, in a round with as many answers as a test wants."""

from accounts.sealing import seal
from surveys.models import Question, Remark, Response, Round
from surveys.remarks import purpose_of_shown, purpose_of_words
from tests.surveys.asking import a_running_round


def answered(many: int = 10, **rules: str) -> Round:
    """A round that runs, and so many filled it in."""
    round = a_running_round(10, **rules)
    more_answers(round, many)
    return round


def more_answers(round: Round, many: int) -> None:
    group = round.groups.first()
    Response.objects.bulk_create(Response(round=round, group=group) for _ in range(many))


def a_remark(
    round: Round, text: str, *, shown: str = "", question: Question | None = None
) -> Remark:
    """Not read yet; or released as `shown`."""
    remark = Remark(question=question or round.questions.filter(kind="text").first())
    remark.sealed = seal(text, purpose=purpose_of_words(remark.pk))
    if shown:
        remark.shown = seal(shown, purpose=purpose_of_shown(remark.pk))
        remark.state = Remark.State.RELEASED
    remark.save(force_insert=True)
    return remark
