"""The moves of a trajectory: start, never start, close, reopen; and taking a reopening back."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from cases.models import Code, Registration, StatusChange
from cases.status import Status, can_follow, refusal
from facts.recording import recording
from facts.verbs import add, withdraw

LATEST_FIRST = ("-happened_on", "-status")


def start(*, registration: Registration, on: date, by: Any) -> StatusChange:
    """The trajectory runs from `on`, also while it waits for a process supervisor."""
    return _move(registration, Status.RUNNING, on, by)


def never_start(*, registration: Registration, on: date, reason: Code, by: Any) -> StatusChange:
    return _move(registration, Status.NEVER_STARTED, on, by, reason)


def close(*, registration: Registration, on: date, reason: Code, by: Any) -> StatusChange:
    """Raises ValidationError on the day of a reopening: that is withdrawn instead."""
    if _standing(registration).filter(status=Status.REOPENED, happened_on=on).exists():
        raise ValidationError(
            "Dit traject is op deze dag heropend. Trek de heropening in: dan staat de eerdere "
            "afsluiting er weer.",
            code="reopened_today",
        )
    return _move(registration, Status.CLOSED, on, by, reason)


def reopen(*, registration: Registration, on: date, by: Any) -> StatusChange:
    """An event of its own: the earlier closing stays on record."""
    return _move(registration, Status.REOPENED, on, by)


def withdraw_last_move(*, registration: Registration, by: Any, reason: str) -> StatusChange:
    """Take the last change of status back, such as a reopening that should not have been."""
    with recording(by=by, reason=reason) as now:
        last = _locked(registration).status_changes.standing().order_by(*LATEST_FIRST).first()
        if last is None:
            raise ValidationError("Deze aanmelding heeft nog geen status om in te trekken.")
        return withdraw(last, at=now)


def status_of(registration: Registration) -> Status:
    """Where the registration stands today, as we know it."""
    last = _standing(registration).order_by(*LATEST_FIRST).first()
    return Status.NOT_STARTED if last is None else Status(last.status)


def _move(
    registration: Registration, to: Status, on: date, by: Any, reason: Code | None = None
) -> StatusChange:
    """Between the changes before and after `on`, since a move may be written down late."""
    with recording(by=by) as now:
        _locked(registration)
        if on < registration.intakes.standing().get().happened_on:
            raise ValidationError(
                "Een status kan niet ingaan voor de dag van de aanmelding.", code="too_early"
            )
        changes = [(c.happened_on, c.status) for c in _standing(registration)]
        _refuse_impossible(sorted([*changes, (on, to)]))
        return add(
            StatusChange(registration=registration, status=to, happened_on=on, reason=reason),
            at=now,
        )


def _refuse_impossible(changes: list[tuple[date, int]]) -> None:
    before = None
    for _, value in changes:
        after = Status(value)
        if not can_follow(before, after):
            raise ValidationError(refusal(before, after), code="cannot_follow")
        before = after


def _locked(registration: Registration) -> Registration:
    """Whoever changes a status first wins; the second sees the new stand and is told."""
    return Registration.objects.select_for_update().get(pk=registration.pk)


def _standing(registration: Registration):
    return registration.status_changes.standing()
