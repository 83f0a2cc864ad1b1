"""Who supports a registration."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from cases.models import Assignment, Registration
from facts.recording import recording
from facts.verbs import add, correct


def assign(*, registration: Registration, supervisor: User, on: date, by: Any) -> Assignment:
    """Raises ValidationError when the registration has a process supervisor already."""
    with recording(by=by) as now:
        Registration.objects.select_for_update().get(pk=registration.pk)
        if open_assignment(registration):
            raise ValidationError(
                "Deze aanmelding heeft al een procesbegeleider. Beëindig die toewijzing eerst.",
                code="assigned",
            )
        assignment = Assignment(registration=registration, supervisor=supervisor, happened_on=on)
        return add(assignment, at=now)


def end_assignment(*, registration: Registration, on: date, by: Any) -> Assignment:
    """The supervisor stops on `on`: half-open, that day is no longer theirs."""
    assignment = open_assignment(registration)
    if assignment is None:
        raise ValidationError("Deze aanmelding heeft geen procesbegeleider.", code="unassigned")
    return correct(assignment, by=by, reason="Toewijzing beëindigd", ended_on=on)


def open_assignment(registration: Registration) -> Assignment | None:
    return registration.assignments.standing().filter(ended_on__isnull=True).first()
