"""Whether there is a report of a round, and which round went before it."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

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


def stages_of(rounds: Iterable[Round]) -> dict[UUID, Stage]:
    """Of each by its key, in two queries. Told from the end on, once the drop box gave all that it
    gives (services.moving)."""
    rounds = list(rounds)
    ended = [one.pk for one in rounds if one.state == Round.State.ENDED]
    in_box, answers = _with_enough(Dropped, ended), _with_enough(Response, ended)
    return {one.pk: _stage(one, one.pk in in_box, one.pk in answers) for one in rounds}


def _with_enough(model: type[Dropped | Response], rounds: list[UUID]) -> set[UUID]:
    counted = model.objects.filter(round__in=rounds).values("round").annotate(many=Count("pk"))
    return set(counted.filter(many__gte=SMALLEST_GROUP).values_list("round", flat=True))


def _stage(round: Round, fills: bool, enough: bool) -> Stage:
    if round.state != Round.State.ENDED:
        return Stage.RUNNING
    if fills:
        return Stage.COUNTING
    return Stage.TOLD if enough else Stage.TOO_FEW


def stage_of(round: Round) -> Stage:
    return stages_of([round])[round.pk]


def previous_of(round: Round) -> Round | None:
    """The last round that was over before it began, and is told. Not one that ended since: a report
    that is there gets no other round to be laid beside."""
    earlier = Round.objects.filter(state=Round.State.ENDED, ended_at__lt=round.started_at)
    stages = stages_of(earlier)
    return next((one for one in earlier if stages[one.pk] == Stage.TOLD), None)


def told_report(round: Round) -> SurveyReport | None:
    """None: there is none (stage_of says why)."""
    if stage_of(round) != Stage.TOLD:
        return None
    remarks = None
    if not Remark.objects.erased().filter(question__round=round).exists():
        remarks = {one.key: tuple(texts) for one, texts in released_texts(round).items()}
    return report_of(round, previous=previous_of(round), remarks=remarks)
