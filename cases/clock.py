"""The clock of a registration: called within two days, a welcome meeting planned within a week.

Calendar days, counted from the day of registration. Nothing of it is stored: it follows from the
intake. The figures have the same norms (cases.standing.registrations).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q

from facts.working_days import A_DAY, after_working_days

DAYS_AT_THE_START = 5  # working days: the norm of the GI monitor


@dataclass(frozen=True)
class Norm:
    """Something that must have happened within `window` of the day of registration. `answered_on`
    names the field of the intake that says when it did, `told_by` that of the contact that did it.
    """

    answered_on: str
    told_by: str
    window: timedelta
    todo: str

    def last_day(self, registered_on: date) -> date:
        """The last day on which it is in time."""
        return registered_on + self.window

    def met(self) -> Q:
        """Intakes of which it happened in time. Before the registration is not in time either."""
        return Q(
            **{
                f"{self.answered_on}__gte": F("happened_on"),
                f"{self.answered_on}__lte": F("happened_on") + self.window,
            }
        )

    def unanswered(self) -> Q:
        return Q(**{f"{self.answered_on}__isnull": True})

    def passed_on(self, day: date) -> Q:
        """Intakes of which `day` lies after the last day."""
        return Q(happened_on__lt=day - self.window)


PHONE = Norm("phone_contact_on", "first_phone", timedelta(days=2), "Eerste telefonische contact")
WELCOME = Norm(
    "welcome_scheduled_on", "welcome_planned", timedelta(days=7), "Welkomstgesprek inplannen"
)
NORMS = (PHONE, WELCOME)


class State(StrEnum):
    OPEN = "open"
    MET = "gehaald"
    MISSED = "gemist"


@dataclass(frozen=True)
class Window:
    """How one norm stands. `days_left`: 0 on the last day, below 0 after it. `answered`: it did
    happen, in time or not."""

    norm: Norm
    state: State
    last_day: date
    days_left: int
    answered: bool


def window(norm: Norm, registered_on: date, answered_on: date | None, today: date) -> Window:
    """How `norm` stands at the end of `today` for who registered on a day."""
    last_day = norm.last_day(registered_on)
    if answered_on is not None:
        in_time = registered_on <= answered_on <= last_day
        state = State.MET if in_time else State.MISSED
    else:
        state = State.OPEN if today <= last_day else State.MISSED
    return Window(norm, state, last_day, (last_day - today).days, answered_on is not None)


def windows(intake: Any, today: date) -> list[Window]:
    """Both windows of an intake (or of a row with its dates)."""
    return [
        window(norm, intake.happened_on, getattr(intake, norm.answered_on), today) for norm in NORMS
    ]


def open_windows(day: date, norms: Iterable[Norm] = NORMS) -> Q:
    """Intakes with a window that can still be met on `day`."""
    return _any(norm.unanswered() & ~norm.passed_on(day) for norm in norms)


def missed_windows(day: date, norms: Iterable[Norm] = NORMS) -> Q:
    """Intakes with a window that was missed by `day`, also if it was answered since."""
    return _any(
        norm.unanswered() & norm.passed_on(day) | ~norm.unanswered() & ~norm.met() for norm in norms
    )


def open_or_missed(day: date, norms: Iterable[Norm] = NORMS) -> Q:
    """Intakes with a window that isn't met."""
    norms = tuple(norms)
    return open_windows(day, norms) | missed_windows(day, norms)


def start_by(today: date) -> date:
    """Who registered before this day, and didn't start, waits longer than the norm."""
    day = today - timedelta(days=20)
    while after_working_days(day, DAYS_AT_THE_START) < today:
        day += A_DAY
    return day


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)
