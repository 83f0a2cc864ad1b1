"""What changed between two draws: asked for, worked out by a worker, kept.

A comparison is a row that a worker claims, as a run is (services.working).
"""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models.functions import Now

from accounts.roles import VIEW_REPORTS, may
from cases.models import Code
from reporting.differences import FigureDifference, Side, causes, compare
from reporting.differences.sources import FROM_THE_LIST, columns_of
from reporting.figures import REPORT, Figure
from reporting.models import ComparedIds, Comparison, Edition, ReportRun
from reporting.presenting.explain import Explainer

from . import working
from .drawing import READING_WHOLE_TABLES

log = logging.getLogger(__name__)
State = Comparison.State
THRICE = "De vergelijking is drie keer afgebroken. Vraag haar opnieuw aan."


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
    working.wake("reporting.tasks.compare_runs", comparison)


def comparisons_waiting() -> list[UUID]:
    """Those that nobody works on: waiting, or left behind by a worker that died."""
    return list(working.nobody_works_on(Comparison).values_list("pk", flat=True))


def work_on_comparison(comparison_id: UUID | str) -> None:
    """Work it out and keep it. Nothing happens when it is done, when someone else is at it, or
    when who asked may no longer."""
    comparison = working.claim_row(Comparison, comparison_id, refusal=_refusal, thrice=THRICE)
    if comparison is None:
        return
    try:
        with working.signs_of_life(comparison):
            found = _worked_out(comparison)
    except Exception:
        log.exception("Vergelijking %s mislukt", comparison.pk)
        why = "Er ging iets mis bij het vergelijken. De beheerder kan het in het logboek zien."
        working.fail(comparison, why)
        raise
    _keep(comparison, found)


def _refusal(comparison: Comparison) -> str:
    by = comparison.requested_by
    gone = by is not None and not may(by, VIEW_REPORTS)
    return "Wie deze vergelijking vroeg, mag geen cijfers meer zien." if gone else ""


@transaction.atomic
def _worked_out(comparison: Comparison) -> list[FigureDifference]:
    """The facts that were known by then don't change any more, so no snapshot is needed."""
    with connection.cursor() as cursor:
        cursor.execute(READING_WHOLE_TABLES)
    found = compare(REPORT, _side(comparison.earlier), _side(comparison.later))
    _check(found)
    return found


@transaction.atomic
def _keep(comparison: Comparison, found: list[FigureDifference]) -> None:
    done = working.ours(comparison).update(
        state=State.DONE,
        outcome={one.key: _as_json(one) for one in found},
        code_version=settings.VERSION,
        finished_at=Now(),
    )
    if not done:
        return  # it was taken for dead, and another keeps the same
    ComparedIds.objects.bulk_create(
        ComparedIds(
            comparison=comparison, key=one.key, cause=cause, gained=part.gained, lost=part.lost
        )
        for one in found
        for cause, part in one.parts.items()
        if part.gained or part.lost
    )


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
