"""On which ground a file opens: each ground a queryset of registrations (cases/access.py says what
it is good for). They are united by id, never with OR: that would walk through all there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now, TruncDate

from accounts import grants
from accounts.roles import may
from cases.models import (
    Assignment,
    ConflictOfInterest,
    Cover,
    EmergencyAccess,
    FamilyMember,
    Intake,
    Merge,
    Registration,
    StatusChange,
)
from cases.status import Status

MANAGE_TEAM = "cases.manage_team"
SUPPORT_FAMILIES = "cases.support_families"
TODAY = TruncDate(Now())
AFTERCARE = timedelta(days=30)


def own_case(user: Any) -> QuerySet:
    """The process supervisor who has the open assignment of a trajectory that isn't closed."""
    return _not_closed(_open_assignments().filter(supervisor=user))


def cover(user: Any) -> QuerySet:
    """Who looks after the families of a colleague who is away."""
    absent = Cover.objects.standing().open_on(TODAY).filter(substitute=user).values("absent")
    return _not_closed(_open_assignments().filter(supervisor__in=absent))


def team(user: Any) -> QuerySet:
    """The manager of the team that has it, or had it last."""
    if not may(user, MANAGE_TEAM) or user.team_id is None:
        return Assignment.objects.none()
    # Later: begun since, or begun on the day on which this one ended before it had lasted a day.
    emptied = Q(happened_on=OuterRef("happened_on")) & Q(happened_on=OuterRef("ended_on"))
    later = Assignment.objects.standing().filter(
        Q(happened_on__gt=OuterRef("happened_on"), happened_on__lte=TODAY)
        | emptied & (Q(ended_on__isnull=True) | Q(ended_on__gt=F("happened_on"))),
        registration=OuterRef("registration"),
    )
    return Assignment.objects.standing().filter(~Exists(later), supervisor__team=user.team_id)


def waiting(user: Any) -> QuerySet:
    """Every manager, of a registration that nobody ever had: it must not fall between two."""
    if not may(user, MANAGE_TEAM):
        return Intake.objects.none()
    ever = Assignment.objects.standing().filter(registration=OuterRef("registration"))
    return Intake.objects.standing().filter(~Exists(ever))


def aftercare(user: Any) -> QuerySet:
    """Who had it when the trajectory was closed, for thirty days.

    Read from the user's own assignments: from the closings it would walk through all there are.
    """
    while_mine = StatusChange.objects.standing().filter(
        registration=OuterRef("registration"),
        status=Status.CLOSED,
        happened_on__gt=TODAY - AFTERCARE,
        happened_on__gte=OuterRef("happened_on"),
        happened_on__lte=Coalesce(OuterRef("ended_on"), F("happened_on")),
    )
    return Assignment.objects.standing().filter(Exists(while_mine), supervisor=user)


def shared(codename: str) -> Callable[[Any], QuerySet]:
    """Someone to whom the file was opened, with a reason, by a giver, until a moment."""
    return lambda user: (
        grants.current(user, Registration)
        .filter(permission__codename=codename)
        .annotate(registration=F("content_object"))
    )


def emergency(user: Any) -> QuerySet:
    """Who opened this one file in an emergency, for at most an hour."""
    opened = EmergencyAccess.objects.filter(user=user, begins_at__lte=Now(), ends_at__gt=Now())
    return opened.order_by()


def shut_to(user: Any) -> QuerySet:
    """The families of which someone is kin or acquaintance of `user`: shut on every ground."""
    people = ConflictOfInterest.objects.standing().open_on(TODAY).filter(user=user)
    # Whom only a merge put there, that was a mistake and was undone, was never there.
    mistake = Merge.objects.filter(undone_at=OuterRef("withdrawn_at"), part_of=None)
    members = FamilyMember.objects.filter(~Exists(mistake), person__in=people.values("person"))
    return members.values("family")


def _open_assignments() -> QuerySet:
    return Assignment.objects.standing().open_on(TODAY)


def _not_closed(assignments: QuerySet) -> QuerySet:
    """Without those of a registration whose last change of status is a closing."""
    later = StatusChange.objects.standing().filter(
        Q(happened_on__gt=OuterRef("happened_on"))
        | Q(happened_on=OuterRef("happened_on"), status__gt=OuterRef("status")),
        registration=OuterRef("registration"),
    )
    closed = StatusChange.objects.standing().filter(
        ~Exists(later), registration=OuterRef("registration"), status=Status.CLOSED
    )
    return assignments.filter(~Exists(closed))
