"""Who waits, for a start or for a process supervisor: the same words as on the board of a team
(cases.caseload), at the end of any reference date."""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from cases.clock import start_by
from cases.models import Assignment, StatusChange
from cases.status import UNDER_WAY, Status
from facts.dates import Dates

from .joins import Subquery, beside
from .registrations import with_status


def _assignments(dates: Dates) -> Subquery:
    """Of each registration that was ever assigned: how many hold it, and since when nobody did."""
    day = dates.reference_date
    ended = Q(ended_on__lte=day)
    rows = (
        Assignment.objects.counted(dates)
        .order_by()
        .values("registration_id")
        .annotate(holders=Count("pk", filter=~ended | Q(ended_on__isnull=True)))
        .annotate(let_go_on=Max("ended_on", filter=ended))
    )
    return Subquery(rows, name="assignments")


def _first_starts(dates: Dates) -> Subquery:
    starts = StatusChange.objects.counted(dates).filter(status=Status.RUNNING)
    rows = starts.order_by().values("registration_id").annotate(started_on=Min("happened_on"))
    return Subquery(rows, name="first_starts")


def trajectories(dates: Dates) -> QuerySet:
    """Every registration that counts. Columns: `registration_id`, `status`, `held` (under way, with
    a process supervisor), `unheld` (under way, without), `at_the_start` (not started), `too_long`
    (that, past the norm of working days), `started` (for the first time, in the period), and three
    lengths of time: `days_unheld`, `days_at_the_start`, `days_to_start`."""
    assigned, first = _assignments(dates), _first_starts(dates)
    rows = beside(with_status(dates), "registration_id", assigned, first).annotate(
        holders=Coalesce(assigned.col.holders, Value(0)),
        let_go_on=assigned.col.let_go_on,
        started_on=first.col.started_on,
    )
    day = Value(dates.reference_date, output_field=DateField())
    under_way, begins = Q(status__in=UNDER_WAY), Q(status=Status.NOT_STARTED)
    return rows.annotate(
        held=_whether(under_way & Q(holders__gt=0)),
        unheld=_whether(under_way & Q(holders=0)),
        at_the_start=_whether(begins),
        too_long=_whether(begins & Q(happened_on__lt=start_by(dates.reference_date))),
        started=_whether(Q(started_on__gte=dates.period_start)),
        days_unheld=_days(Greatest("happened_on", "let_go_on"), day),
        days_at_the_start=_days(F("happened_on"), day),
        days_to_start=_days(F("happened_on"), F("started_on")),
    )


def _whether(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _days(first: Any, last: Any) -> ExpressionWrapper:
    return ExpressionWrapper(last - first, output_field=DurationField())
