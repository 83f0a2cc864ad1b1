"""Whether there is a report of a round, and which round went before it."""

from enum import StrEnum

from surveys.models import Dropped, Remark, Response, Round
from surveys.models.rounds import SMALLEST_GROUP
from surveys.remarks import released_texts

from .making import report_of
from .structure import SurveyReport


class Stage(StrEnum):
    """Why there is no report, or that there is."""

    RUNNING = "running"
    COUNTING = "counting"
    TOO_FEW = "too_few"
    TOLD = "told"


def stage_of(round: Round) -> Stage:
    """Told from the end on, once the drop box gave all that it gives (services.moving)."""
    if round.state != Round.State.ENDED:
        return Stage.RUNNING
    if Dropped.objects.filter(round=round).count() >= SMALLEST_GROUP:
        return Stage.COUNTING
    many = Response.objects.filter(round=round).count()
    return Stage.TOLD if many >= SMALLEST_GROUP else Stage.TOO_FEW


def previous_of(round: Round) -> Round | None:
    """The last round that began before it and is told."""
    earlier = Round.objects.filter(state=Round.State.ENDED, started_at__lt=round.started_at)
    return next((one for one in earlier if stage_of(one) == Stage.TOLD), None)


def told_report(round: Round) -> SurveyReport | None:
    """None: there is none (stage_of says why)."""
    if stage_of(round) != Stage.TOLD:
        return None
    remarks = None
    if not Remark.objects.erased().filter(question__round=round).exists():
        remarks = {one.key: tuple(texts) for one, texts in released_texts(round).items()}
    return report_of(round, previous=previous_of(round), remarks=remarks)
