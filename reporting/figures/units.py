"""What is counted, and where it is read. Every figure counts one unit, and never mixes two."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet

from accounts.models import Employment
from cases import standing
from cases.models import Complaint, Result, Support, SupportRequest
from facts.dates import Dates
from reporting.models import Activity


@dataclass(frozen=True)
class Unit:
    """A counting unit, in the words of the report. `about_people`: small numbers can be traced."""

    singular: str
    plural: str
    about_people: bool


REGISTRATION = Unit("aanmelding", "aanmeldingen", about_people=True)
FAMILY = Unit("gezin", "gezinnen", about_people=True)
CHILD = Unit("kind", "kinderen", about_people=True)
PARENT = Unit("ouder", "ouders", about_people=True)
REGION = Unit("regio", "regio's", about_people=False)
COMPLAINT = Unit("klacht", "klachten", about_people=False)
ACTIVITY = Unit("activiteit", "activiteiten", about_people=False)
FTE = Unit("fte", "fte", about_people=False)


@dataclass(frozen=True)
class Rows:
    """Where a unit is read: a queryset, and the column `id` that tells one unit from another.

    `once`: every unit has one row. If not, a unit with several rows still counts once.
    """

    unit: Unit
    read: Callable[[Dates], QuerySet]
    id: str
    once: bool = True


REGISTRATIONS = Rows(REGISTRATION, standing.registrations, "registration_id")
FAMILIES = Rows(FAMILY, standing.families, "family_id")
CHILDREN = Rows(CHILD, standing.children, "person_id")
PARENTS = Rows(PARENT, standing.parents, "person_id")
WISHES = Rows(FAMILY, standing.families_by_wish, "family_id", once=False)
PLACEMENT_REASONS = Rows(FAMILY, standing.families_by_placement_reason, "family_id", once=False)
INVOLVED = Rows(FAMILY, standing.families_by_region, "family_id", once=False)
REGIONS = Rows(REGION, standing.families_by_region, "region_id", once=False)
REQUESTS = Rows(
    FAMILY, partial(standing.families_by_item, SupportRequest, "request"), "family_id", once=False
)
SUPPORT = Rows(FAMILY, partial(standing.families_by_item, Support, "form"), "family_id", once=False)
RESULTS = Rows(
    FAMILY, partial(standing.families_by_item, Result, "result"), "family_id", once=False
)
RECEIVED = Rows(
    COMPLAINT, lambda dates: Complaint.objects.counted(dates).in_period(dates), "number"
)
HANDLED = Rows(
    COMPLAINT,
    lambda dates: Complaint.objects.counted(dates).filter(
        handled_on__range=(dates.period_start, dates.reference_date)
    ),
    "number",
)
EMPLOYMENTS = Rows(
    FTE, lambda dates: Employment.objects.counted(dates).open_on(dates.reference_date), "id"
)
ACTIVITIES = Rows(
    ACTIVITY,
    lambda dates: Activity.objects.counted(dates).filter(
        happened_on__gte=dates.reference_date.replace(month=1, day=1)
    ),
    "id",
)
