"""Reading a closed file without a task: a rule that knows what was known when it was read."""

from django.db.models import (
    Case,
    DateField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    When,
)
from django.db.models.functions import Cast, TruncDate

from accounts.models import AccessLine
from cases.models import Intake, StatusChange
from cases.status import Status
from facts.dates import AMSTERDAM

# Who has one of these had a task in a closed file; an emergency has a rule of its own.
WITH_A_TASK = (
    AccessLine.Ground.AFTERCARE,
    AccessLine.Ground.GRANT,
    AccessLine.Ground.TEAM,
    AccessLine.Ground.EMERGENCY,
)


def of_a_closed_file(shown: QuerySet) -> QuerySet:
    """Lines that showed a family's file while all its registrations stood at closed, as we knew it
    then: what was written down afterwards doesn't make an honest reader odd."""
    read = shown.filter(object_type="gezin").exclude(ground__in=WITH_A_TASK)
    # In a CASE: the database may look at other kinds of lines first, and their ids are no UUIDs.
    named = read.annotate(
        family=Case(
            When(object_type="gezin", then=Cast("object_id", UUIDField())),
            output_field=UUIDField(),
        ),
        day=Cast(TruncDate("at", tzinfo=AMSTERDAM), DateField()),
    )
    intakes = _known(Intake.objects.all(), depth=1).filter(family=OuterRef("family"))
    return named.filter(Exists(intakes), ~Exists(intakes.filter(~Exists(_closing()))))


def _closing() -> QuerySet:
    """The change to closed that was the last one known then. Seen from an intake within a line."""
    later = _known(StatusChange.objects.all(), depth=3).filter(
        Q(happened_on__gt=OuterRef("happened_on"))
        | Q(happened_on=OuterRef("happened_on"), status__gt=OuterRef("status")),
        registration=OuterRef("registration"),
        happened_on__lte=_outer("day", 3),
    )
    return _known(StatusChange.objects.all(), depth=2).filter(
        ~Exists(later),
        registration=OuterRef("registration"),
        status=Status.CLOSED,
        happened_on__lte=_outer("day", 2),
    )


def _known(facts: QuerySet, *, depth: int) -> QuerySet:
    """As FactQuerySet.known_at, at the moment of the line that stands `depth` queries out."""
    at = _outer("at", depth)
    return facts.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at), recorded_at__lte=at)


def _outer(name: str, depth: int) -> OuterRef:
    """A column of the query that stands `depth` queries out."""
    reference: str | OuterRef = name
    for _ in range(depth):
        reference = OuterRef(reference)
    return reference
