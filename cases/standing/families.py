"""Families that ever started: their custody, analyses, wishes, regions, requests and results."""

from django.db.models import Case, CharField, Count, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from cases.models import (
    DesiredSituation,
    ExplanatoryAnalysis,
    Family,
    InstitutionInvolvement,
    PlacementReason,
)
from facts.dates import Dates

from .custody import custody_by_family
from .joins import Subquery, beside, within
from .registrations import started_families


def _analyses(dates: Dates) -> Subquery:
    """Rule 9: how many analyses a family has finished, and how many run."""
    finished = Q(finished_on__lte=dates.reference_date)
    begun = Q(begun_on__lte=dates.reference_date)
    running = begun & (Q(finished_on__isnull=True) | Q(finished_on__gt=dates.reference_date))
    rows = (
        ExplanatoryAnalysis.objects.counted(dates)
        .values("family_id")
        .annotate(finished=Count("pk", filter=finished), running=Count("pk", filter=running))
    )
    return Subquery(rows, name="analyses")


def _reasons(dates: Dates) -> Subquery:
    rows = PlacementReason.objects.counted(dates).values("family_id").annotate(many=Count("pk"))
    return Subquery(rows, name="reasons")


def families(dates: Dates) -> QuerySet:
    """Every family that ever started. Columns: `family_id`, `custody` (both_parents, one_parent,
    none; None: not in view), `analyses_finished`, `analyses_running`, `reasons_known`."""
    custody, analyses, reasons = custody_by_family(dates), _analyses(dates), _reasons(dates)
    named = Family.objects.annotate(family_id=F("id"))
    rows = within(named, "family_id", started_families(dates))
    rows = beside(rows, "family_id", custody, analyses, reasons)
    return rows.annotate(
        holders=custody.col.holders,
        analyses_finished=Coalesce(analyses.col.finished, 0),
        analyses_running=Coalesce(analyses.col.running, 0),
        reasons_known=Coalesce(reasons.col.many, 0),
    ).annotate(
        custody=Case(
            When(holders__isnull=True, then=None),
            When(holders__gte=2, then=Value("both_parents")),
            When(holders=1, then=Value("one_parent")),
            default=Value("none"),
            output_field=CharField(null=True),
        )
    )


def families_by_wish(dates: Dates) -> QuerySet:
    """A row for each situation that a family wishes for. Columns: `family_id`, `situation_id`."""
    return within(DesiredSituation.objects.counted(dates), "family_id", started_families(dates))


def families_by_placement_reason(dates: Dates) -> QuerySet:
    """A row for each reason of placement. Columns: `family_id`, `reason_id`."""
    return within(PlacementReason.objects.counted(dates), "family_id", started_families(dates))


def families_by_region(dates: Dates) -> QuerySet:
    """Rule 7: a row for each institution that is involved at the end of the reference date.
    Columns: `family_id`, `region_id`."""
    involved = InstitutionInvolvement.objects.counted(dates).open_on(dates.reference_date)
    return within(involved, "family_id", started_families(dates))


def families_by_item(model: type[Model], item: str, dates: Dates) -> QuerySet:
    """Rule 8: a row for each request, form of support or result so far. Columns: `family_id`,
    `item` and its `theme`. `item` names the field of `model` that holds the list's entry."""
    rows = within(model._default_manager.counted(dates), "family_id", started_families(dates))
    return rows.annotate(item=F(f"{item}_id"), theme=F(f"{item}__theme_id"))
