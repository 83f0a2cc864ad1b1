"""What the organisation accounts for: activities, complaints, how much work there is and who
waits, and the data linkage."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from accounts.models import Employment
from cases.models import Complaint
from facts.dates import AMSTERDAM, Dates
from facts.working_days import A_DAY
from reporting.models import Activity, LinkageBatch, Period
from reporting.workload import Line, workload

BACK = 8  # periods


@dataclass(frozen=True)
class Workload:
    """How much work there was on a day, and who waited: `people` as process supervisor."""

    day: date
    people: int
    lines: list[Line]


def activities() -> QuerySet:
    """Newest first."""
    return Activity.objects.standing().select_related("section").order_by("-happened_on", "title")


def linkages() -> QuerySet:
    return LinkageBatch.objects.standing().order_by("-happened_on")


def complaints_by_year() -> QuerySet:
    """Of each year of receipt: received, handled, and with a measure taken. Counts alone: what a
    complaint says belongs to the file."""
    years = Complaint.objects.standing().annotate(year=ExtractYear("happened_on")).order_by()
    return (
        years.values("year")
        .annotate(
            received=Count("pk"),
            handled=Count("pk", filter=Q(handled_on__isnull=False)),
            measures=Count("pk", filter=~Q(measure_taken="")),
        )
        .order_by("-year")
    )


def workloads(known_on: datetime) -> list[Workload]:
    """On the day of `known_on`, and at the end of each of the last periods, as known then; newest
    first. Three queries a day. The period of that day begins after the last one that is over."""
    today = known_on.astimezone(AMSTERDAM).date()
    ended = Period.objects.filter(last_day__lt=today).order_by("-last_day")
    spans = list(ended.values_list("first_day", "last_day")[:BACK])
    begins = spans[0][1] + A_DAY if spans else today.replace(month=1, day=1)
    dates = [Dates(first, last, known_on) for first, last in [(begins, today), *spans]]
    return [Workload(one.reference_date, _people(one), workload(one)) for one in dates]


def _people(dates: Dates) -> int:
    employed = Employment.objects.counted(dates).open_on(dates.reference_date)
    return employed.aggregate(people=Count("supervisor", distinct=True))["people"]
