"""Who supports a registration."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.roles import may
from cases.access import SUPPORT_FAMILIES
from cases.models import Assignment, Registration, StatusChange
from cases.status import UNDER_WAY, Status
from facts.recording import recording
from facts.verbs import add, correct


def assign(*, registration: Registration, supervisor: User, on: date, by: Any) -> Assignment:
    """Raises ValidationError when the registration has a process supervisor already, or when the
    account of `supervisor` is closed."""
    with recording(by=by) as now:
        Registration.objects.select_for_update().get(pk=registration.pk)
        if open_assignment(registration):
            raise ValidationError(
                "Deze aanmelding heeft al een procesbegeleider. Beëindig die toewijzing eerst.",
                code="assigned",
            )
        # Locked as by whoever closes the account: of the two at once, the second is refused.
        if not User.objects.select_for_update().get(pk=supervisor.pk).is_active:
            raise ValidationError("Dit account is gesloten. Kies een ander.", code="closed")
        assignment = Assignment(registration=registration, supervisor=supervisor, happened_on=on)
        return add(assignment, at=now)


def end_assignment(*, registration: Registration, on: date, by: Any) -> Assignment:
    """The supervisor stops on `on`: half-open, that day is no longer theirs."""
    assignment = open_assignment(registration)
    if assignment is None:
        raise ValidationError("Deze aanmelding heeft geen procesbegeleider.", code="unassigned")
    return correct(assignment, by=by, reason="Toewijzing beëindigd", ended_on=on)


def may_take_on(user: User) -> bool:
    """Whether someone can support families: as their work is today, from under the lock."""
    colleague = User.objects.select_for_update().get(pk=user.pk)
    return may(colleague, SUPPORT_FAMILIES)


def open_assignment(registration: Registration) -> Assignment | None:
    return registration.assignments.standing().filter(ended_on__isnull=True).first()


def under_way(assignments: QuerySet) -> QuerySet:
    """Those of trajectories that someone has to do something for: not closed, nor never started."""
    changes = (
        StatusChange.objects.standing()
        .filter(registration=OuterRef("registration"))
        .order_by("-happened_on", "-status")
    )
    status = Coalesce(Subquery(changes.values("status")[:1]), Value(Status.NOT_STARTED))
    return assignments.alias(stands_at=status).filter(stands_at__in=UNDER_WAY)
