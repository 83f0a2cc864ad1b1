"""What changed between two draws: asked for, worked out by a worker, kept.

A comparison is a row, as a run is: a message only wakes a worker up. Two workers at once: the
second finds the row locked. A worker that dies leaves it waiting, and the sweep finds it.
"""

import logging
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.roles import VIEW_REPORTS, may
from cases.models import Code
from reporting.differences import FigureDifference, Side, causes, compare
from reporting.differences.sources import FROM_THE_LIST, columns_of
from reporting.figures import REPORT, Figure
from reporting.models import ComparedIds, Comparison, Edition, ReportRun
from reporting.presenting.explain import Explainer

from .drawing import READING_WHOLE_TABLES

log = logging.getLogger(__name__)
State = Comparison.State
MAX_ATTEMPTS = 3


def request_comparison(*, earlier: ReportRun, later: ReportRun, by: Any) -> Comparison:
    """Ask for a comparison, and wake a worker up; or the one that is there already. The draw with
    the earlier reference date is the earlier one, and of one date the one that knew less.

    Raises ValidationError, in Dutch: 'same', or 'not_drawn' when there are no figures (yet).
    """
    if earlier.pk == later.pk:
        raise ValidationError("Kies twee verschillende berekeningen.", code="same")
    if {earlier.state, later.state} != {ReportRun.State.DONE}:
        raise ValidationError("Van een van de twee zijn er nog geen cijfers.", code="not_drawn")
    earlier, later = sorted((earlier, later), key=lambda run: (run.reference_date, run.known_on))
    asked = Comparison.objects.exclude(state=State.FAILED).filter(earlier=earlier, later=later)
    if there := asked.filter(code_version__in=["", settings.VERSION]).first():
        return there
    comparison = Comparison.objects.create(earlier=earlier, later=later, requested_by=by)
    transaction.on_commit(lambda: wake_a_worker(comparison))
    return comparison


def edition_before(edition: Edition) -> Edition | None:
    """The one that was published last before it: an earlier edition of its period, or else the
    newest of the period before."""
    published = Edition.objects.filter(state=Edition.State.PUBLISHED, run__isnull=False)
    published = published.exclude(pk=edition.pk).defer("figures", "hidden", "rules")
    own = published.filter(period=edition.period_id, number__lt=edition.number)
    before = published.filter(period__last_day__lt=edition.period.last_day)
    return (
        own.order_by("-number").first() or before.order_by("-period__last_day", "-number").first()
    )


def comparison_between(earlier_id: UUID | None, later_id: UUID | None) -> Comparison | None:
    """The last that was asked for, and didn't fail."""
    made = Comparison.objects.filter(earlier=earlier_id, later=later_id)
    return made.exclude(state=State.FAILED).defer("outcome").first()


def wake_a_worker(comparison: Comparison) -> None:
    """Best effort: when the broker is away the sweep finds it."""
    try:
        current_app.send_task("reporting.tasks.compare_runs", [str(comparison.pk)], retry=False)
    except Exception as error:  # whatever the broker's client raises, the comparison waits
        log.warning("Vergelijking %s wacht op de veger: %s", comparison.pk, type(error).__name__)


def comparisons_waiting() -> list[UUID]:
    waiting = Comparison.objects.filter(state=State.WAITING).order_by("requested_at")
    return list(waiting.values_list("pk", flat=True))


def work_on_comparison(comparison_id: UUID | str) -> None:
    """Work it out and keep it. Does nothing when it is done, or someone else is at it."""
    waiting = Comparison.objects.filter(pk=comparison_id, state=State.WAITING)
    if not _another_attempt(waiting):
        return
    try:
        with transaction.atomic():
            comparison = waiting.select_for_update(skip_locked=True).first()
            if comparison is not None:
                _work_out(comparison)
    except Exception:
        log.exception("Vergelijking %s mislukt", comparison_id)
        why = "Er ging iets mis bij het vergelijken. De beheerder kan het in het logboek zien."
        waiting.update(state=State.FAILED, error=why, finished_at=Now())
        raise


@transaction.atomic
def _another_attempt(waiting: QuerySet[Comparison]) -> bool:
    """Counted before the work begins, or a worker that dies of it would be followed for ever."""
    comparison = waiting.select_for_update(skip_locked=True).first()
    if comparison is None:
        return False
    if comparison.attempts >= MAX_ATTEMPTS:
        why = "De vergelijking is drie keer afgebroken. Vraag haar opnieuw aan."
        waiting.update(state=State.FAILED, error=why, finished_at=Now())
        return False
    return bool(waiting.update(attempts=comparison.attempts + 1))


def _work_out(comparison: Comparison) -> None:
    comparison.finished_at = Now()
    if comparison.requested_by and not may(comparison.requested_by, VIEW_REPORTS):
        comparison.state = State.FAILED
        comparison.error = "Wie deze vergelijking vroeg, mag geen cijfers meer zien."
    else:
        _compare(comparison)
    comparison.save()


def _compare(comparison: Comparison) -> None:
    with connection.cursor() as cursor:
        cursor.execute(READING_WHOLE_TABLES)
    earlier, later = _side(comparison.earlier), _side(comparison.later)
    found = compare(REPORT, earlier, later)
    _check(found)
    ComparedIds.objects.bulk_create(
        ComparedIds(
            comparison=comparison, key=one.key, cause=cause, gained=part.gained, lost=part.lost
        )
        for one in found
        for cause, part in one.parts.items()
        if part.gained or part.lost
    )
    comparison.outcome = {one.key: _as_json(one) for one in found}
    comparison.code_version, comparison.state = settings.VERSION, State.DONE


def _check(found: list[FigureDifference]) -> None:
    """What came less what went is the whole difference. Raises RuntimeError: never shown wrong."""
    for one in found:
        if one.parts and one.explained != one.difference:
            raise RuntimeError(f"{one.key}: {one.explained} verklaard van {one.difference}.")


def _side(run: ReportRun) -> Side:
    """A draw as it was published, or as it was made."""
    edition = run.editions.filter(state=Edition.State.PUBLISHED).first()
    if edition is None:
        return Side(run.dates, run.figures)
    frozen = dict(edition.counted.values_list("key", "ids"))
    return Side(run.dates, edition.figures, frozen, _definition(edition, run))


def _definition(edition: Edition, run: ReportRun) -> dict[str, causes.Cause]:
    """Of each figure why it is counted otherwise now than in the edition, if it is: its rule reads
    otherwise, or else a code of a list that it reads as it stands was changed since."""
    explainer = Explainer(REPORT, edition.figures, run.dates)
    changed = Code.history.filter(history_date__gt=run.finished_at, history_type="~").exists()
    found = {}
    for figure in REPORT:
        says = [list(line) for line in explainer.definition(figure).lines]
        same_rule = edition.rules.get(figure.key) == says
        listed = isinstance(figure, Figure) and FROM_THE_LIST.intersection(columns_of(figure))
        by_list = changed and same_rule and listed
        found[figure.key] = causes.CODE_LIST if by_list else causes.RULE
    return found


def _as_json(one: FigureDifference) -> dict[str, Any]:
    parts = {key: [float(part.plus), float(part.minus)] for key, part in one.parts.items()}
    return {"before": one.before, "after": one.after, "causes": parts}
