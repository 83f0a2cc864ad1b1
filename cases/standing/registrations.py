"""Registrations, with their status, who is supported, and how quickly we reacted."""

from django.db.models import (
    Case,
    CharField,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth

from cases.clock import PHONE, WELCOME, Norm
from cases.models import Applicant, FamilyComposition, FamilyMember, Intake, Role, StatusChange
from cases.status import STARTED_EVER, Status
from facts.dates import Dates

from .joins import Subquery, among, beside

NEVER_STARTED = frozenset(Status) - STARTED_EVER
TRANSFERRED = "closing_reason.transferred"


def latest_change(dates: Dates) -> Subquery:
    """Rule 1: the latest status change of each registration; of two on one day the higher."""
    changes = (
        StatusChange.objects.counted(dates)
        .order_by("registration_id", "-happened_on", "-status")
        .distinct("registration_id")
    )
    return Subquery(changes.values("registration_id", "status", "reason_id"), name="latest_change")


def with_status(dates: Dates) -> QuerySet:
    """The registrations that count, each with its `status` (none written down: not started)."""
    change = latest_change(dates)
    return beside(Intake.objects.counted(dates), "registration_id", change).annotate(
        status=Coalesce(change.col.status, Value(Status.NOT_STARTED)),
        status_reason=change.col.reason_id,
    )


def started_families(dates: Dates) -> Subquery:
    """Rule 4: the families with at least one registration that ever started."""
    change = latest_change(dates)
    intakes = among(Intake.objects.counted(dates), "registration_id", change)
    # Said as what it is not: of 'one of these' the planner expects a hundredth of the rows, and
    # then takes a plan for a handful; of 'none of these' it rightly expects nearly all.
    started = intakes.annotate(status=change.col.status).exclude(status__in=NEVER_STARTED)
    return Subquery(started.values("family_id").distinct(), name="started_families")


def roles(dates: Dates) -> Subquery:
    """What each person is in the family, as known: '' where that is not in view."""
    members = FamilyMember.objects.counted(dates)
    return Subquery(members.values("person_id", "role"), name="roles")


def _applicants_roles(dates: Dates) -> Subquery:
    """Of each registration the alphabetically first and last role of its (one or two) people."""
    role = roles(dates)
    people = beside(Applicant.objects.counted(dates), "person_id", role).annotate(
        role=Coalesce(role.col.role, Value(""))
    )
    rows = people.values("registration_id").annotate(first=Min("role"), last=Max("role"))
    return Subquery(rows, name="applicants_roles")


def _supported_person(applicants: Subquery) -> Case:
    """Rule 2. Two different roles are mother and father only if these are the first and last."""
    both = When(Q(first=Role.FATHER, last=Role.MOTHER), then=Value("both_parents"))
    alike = (
        When(Q(first=role, last=role), then=Value(str(role)))
        for role in (Role.MOTHER, Role.FATHER, Role.CHILD)
    )
    return Case(both, *alike, output_field=CharField(null=True))


def _transferred_in_period(dates: Dates) -> Exists:
    """Rule 10: a change to closed for a transfer, dated in the period, also if reopened since."""
    transfers = StatusChange.objects.counted(dates).in_period(dates)
    return Exists(
        transfers.filter(reason_id=TRANSFERRED, registration_id=OuterRef("registration_id"))
    )


def _reaction(norm: Norm, dates: Dates) -> dict[str, Q]:
    """Rule 3: `due` when the window has passed; `met` when it was answered within it."""
    due = Q(happened_on__lte=dates.reference_date - norm.window)
    return {"due": due, "met": due & norm.met()}


def registrations(dates: Dates) -> QuerySet:
    """Every registration that counts. Columns: `registration_id`, `family_id`, `status`,
    `status_reason`, `supported_person`, `composition`, `route_id`, `referrer_id`, `month`,
    `phone_due`, `phone_met`, `welcome_due`, `welcome_met`, `transferred_in_period`."""
    composition = Subquery(
        FamilyComposition.objects.counted(dates).values("family_id", "composition_id"),
        name="composition",
    )
    applicants = _applicants_roles(dates)
    rows = beside(with_status(dates), "family_id", composition)
    rows = beside(rows, "registration_id", applicants).annotate(
        first=applicants.col.first, last=applicants.col.last
    )
    phone = _reaction(PHONE, dates)
    welcome = _reaction(WELCOME, dates)
    return rows.annotate(
        composition=composition.col.composition_id,
        supported_person=_supported_person(applicants),
        month=TruncMonth("happened_on"),
        transferred_in_period=_transferred_in_period(dates),
        phone_due=phone["due"],
        phone_met=phone["met"],
        welcome_due=welcome["due"],
        welcome_met=welcome["met"],
    )
