"""Parents on a registration of a family that ever started, with their custody."""

from django.db.models import Case, CharField, F, QuerySet, Value, When

from cases.models import Applicant, FamilyMember, Intake, Role
from facts.dates import Dates

from .custody import custody_by_parent
from .joins import Subquery, among, beside, within
from .registrations import started_families


def _applicants(dates: Dates) -> Subquery:
    """The people on any registration that counts, of a family that ever started."""
    intakes = Subquery(
        within(Intake.objects.counted(dates), "family_id", started_families(dates)).values(
            "registration_id"
        ),
        name="intakes",
    )
    people = among(Applicant.objects.counted(dates), "registration_id", intakes)
    return Subquery(people.values("person_id").distinct(), name="applicants")


def parents(dates: Dates) -> QuerySet:
    """Rule 6, per parent. Columns: `person_id`, `family_id`, `custody`: all, some or none of the
    children of whom it is known (None: not in view)."""
    custody = custody_by_parent(dates)
    people = FamilyMember.objects.counted(dates).filter(role__in=[Role.MOTHER, Role.FATHER])
    rows = beside(among(people, "person_id", _applicants(dates)), "person_id", custody)
    return rows.annotate(known=custody.col.known, held=custody.col.held).annotate(
        custody=Case(
            When(known__isnull=True, then=None),
            When(held=F("known"), then=Value("all")),
            When(held__gt=0, then=Value("some")),
            default=Value("none"),
            output_field=CharField(null=True),
        )
    )
