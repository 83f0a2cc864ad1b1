"""The moves of a trajectory: start, never start, close, reopen; and taking a move back.

`seen` is the last change of status that whoever decides had before them (None: not asked). Is it
another one by now, then someone else was first, and is named.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from cases.models import Code, Registration, StatusChange
from cases.status import Status, can_follow, refusal
from facts.dates import AMSTERDAM
from facts.recording import recording
from facts.verbs import add, withdraw
from facts.words import short_day

LATEST_FIRST = ("-happened_on", "-status")


NOT_ASKED = "not asked"
Seen = UUID | str | None  # NOT_ASKED, or the id of the last change (None: there was none)


def start(*, registration: Registration, on: date, by: Any, seen: Seen = NOT_ASKED) -> StatusChange:
    """The trajectory runs from `on`, also while it waits for a process supervisor."""
    return _move(registration, Status.RUNNING, on, by, seen=seen)


def never_start(
    *, registration: Registration, on: date, reason: Code, by: Any, seen: Seen = NOT_ASKED
) -> StatusChange:
    return _move(registration, Status.NEVER_STARTED, on, by, reason, seen)


def close(
    *, registration: Registration, on: date, reason: Code, by: Any, seen: Seen = NOT_ASKED
) -> StatusChange:
    """Raises ValidationError on the day of a reopening: that is withdrawn instead."""
    if _standing(registration).filter(status=Status.REOPENED, happened_on=on).exists():
        raise ValidationError(
            "Dit traject is op deze dag heropend. Trek de heropening in: dan staat de eerdere "
            "afsluiting er weer.",
            code="reopened_today",
        )
    return _move(registration, Status.CLOSED, on, by, reason, seen)


def reopen(
    *, registration: Registration, on: date, by: Any, seen: Seen = NOT_ASKED
) -> StatusChange:
    """An event of its own: the earlier closing stays on record."""
    return _move(registration, Status.REOPENED, on, by, seen=seen)


def withdraw_last_move(
    *, registration: Registration, by: Any, reason: str, seen: Seen = NOT_ASKED
) -> StatusChange:
    """Take the last change of status back, such as a reopening that should not have been."""
    with recording(by=by, reason=reason) as now:
        _refuse_if_another_was_first(_locked(registration), seen)
        last = last_change(registration)
        if last is None:
            raise ValidationError("Deze aanmelding heeft nog geen status om in te trekken.")
        return withdraw(last, at=now)


def status_of(registration: Registration) -> Status:
    """Where the registration stands today, as we know it."""
    last = last_change(registration)
    return Status.NOT_STARTED if last is None else Status(last.status)


def last_change(registration: Registration) -> StatusChange | None:
    """The change of status that holds today."""
    return _standing(registration).order_by(*LATEST_FIRST).first()


def may_be_taken_back(change: StatusChange | None, today: date) -> bool:
    """On the day on which it was written down or takes effect; later another move follows it."""
    if change is None:
        return False
    return today in (change.happened_on, change.recorded_at.astimezone(AMSTERDAM).date())


def _move(
    registration: Registration,
    to: Status,
    on: date,
    by: Any,
    reason: Code | None = None,
    seen: Seen = NOT_ASKED,
) -> StatusChange:
    """Between the changes before and after `on`, since a move may be written down late."""
    with recording(by=by) as now:
        _refuse_if_another_was_first(_locked(registration), seen)
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


def _refuse_if_another_was_first(registration: Registration, seen: Seen) -> None:
    last = None if seen == NOT_ASKED else last_change(registration)
    if seen == NOT_ASKED or (last and last.pk) == seen:
        return
    if last is None:
        raise ValidationError(
            "De vorige status is intussen ingetrokken. Bekijk hoe de aanmelding nu staat.",
            code="stale",
        )
    who = last.recorded_by.name if last.recorded_by else "Iemand anders"
    raise ValidationError(
        f"{who} zette deze aanmelding intussen op '{Status(last.status).label}', per "
        f"{short_day(last.happened_on)}. Bekijk wat er nu staat.",
        code="stale",
    )


def _locked(registration: Registration) -> Registration:
    """Whoever changes a status first wins; the second sees the new stand and is told."""
    return Registration.objects.select_for_update().get(pk=registration.pk)


def _standing(registration: Registration):
    return registration.status_changes.standing()
