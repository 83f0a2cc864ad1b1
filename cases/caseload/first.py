"""What comes first: windows of the clock, tasks, and offers, the nearest day on top."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cases.clock import PHONE, State, Window, windows
from cases.services.handing_over import offers_to
from cases.status import Status
from facts.words import many, short_day

from .mine import Case
from .tasks import TaskInWords, Urgency, due_words, urgency

AHEAD = timedelta(days=1)
LONGEST_REMINDED = timedelta(days=30)  # a window missed longer ago has nothing to hurry for
NO_CLOCK = {Status.NEVER_STARTED, Status.CLOSED}


@dataclass(frozen=True)
class First:
    """One line. `task`: it can be ticked off here. `family_id` None: not a file of one's own."""

    day: date
    due: str
    urgency: Urgency
    what: str
    kind: str
    number: str = ""
    family_id: UUID | None = None
    family: str = ""
    names: str = ""
    task: UUID | None = None


def first_of(cases: Iterable[Case], tasks: Iterable[TaskInWords], today: date) -> list[First]:
    """No queries: made of what was read."""
    lines = [
        _of_window(case, window, today)
        for case in cases
        if case.status not in NO_CLOCK
        for window in windows(case, today)
        if not window.answered and window.last_day >= today - LONGEST_REMINDED
    ]
    lines += [_of_task(task) for task in tasks if _is_near(task, today)]
    return sorted(lines, key=lambda line: (line.day, line.family, line.what))


def offers_in_words(user: Any) -> list[str]:
    """'Bob biedt je 3 aanmeldingen aan, vanaf 3 dec 2024': who, how many and when, no more; one
    query."""
    offers: dict[tuple[str, date], int] = {}
    for giver, offerer, day in (
        offers_to(user)
        .order_by("takes_over_on")
        .values_list("giver__name", "offered_by__name", "takes_over_on")
    ):
        key = (giver or offerer, day)
        offers[key] = offers.get(key, 0) + 1
    return [
        f"{who} biedt je {many(number, 'aanmelding', 'aanmeldingen')} aan, vanaf {short_day(day)}"
        for (who, day), number in offers.items()
    ]


def _is_near(task: TaskInWords, today: date) -> bool:
    return task.due_on <= today + AHEAD or (task.remind_on is not None and task.remind_on <= today)


def _of_task(task: TaskInWords) -> First:
    return First(
        task.due_on,
        task.due,
        task.urgency,
        task.title,
        "taak",
        task.registration,
        task.family_id,
        task.family,
        task=task.id,
    )


def _of_window(case: Case, window: Window, today: date) -> First:
    missed = window.state is State.MISSED
    left = "nog vandaag" if not window.days_left else _left(window.days_left)
    return First(
        window.last_day,
        f"gemist, {due_words(window.last_day, today)}" if missed else left,
        urgency(window.last_day, today),
        window.norm.todo,
        "bellen" if window.norm is PHONE else "plannen",
        case.number,
        case.family_id,
        case.family,
        case.names,
    )


def _left(days: int) -> str:
    return f"nog {many(days, 'dag', 'dagen')}"
