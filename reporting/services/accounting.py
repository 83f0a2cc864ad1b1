"""What the organisation accounts for: activities, complaints, formation, and the data linkage."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from accounts.models import Employment
from cases.models import Complaint
from reporting.models import Activity, LinkageBatch, Period


@dataclass(frozen=True)
class Formation:
    """The fte on the last day of a period, and how many people that are."""

    day: date
    fte: Decimal
    people: int


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


def formation(today: date) -> list[Formation]:
    """Today, and at the end of each period that is over; newest first. One query a day."""
    ended = Period.objects.filter(last_day__lt=today).order_by("-last_day")
    days = [today, *ended.values_list("last_day", flat=True)[:8]]
    return [_on(day) for day in days]


def _on(day: date) -> Formation:
    summed = Employment.objects.standing().open_on(day)
    found = summed.aggregate(fte=Sum("fte"), people=Count("supervisor", distinct=True))
    return Formation(day, found["fte"] or Decimal(0), found["people"])
