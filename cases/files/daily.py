"""What the file shows of the daily work: conversations, and what has to be done."""

from datetime import date, datetime
from typing import Any

from cases.caseload.tasks import tasks_on_file, tasks_that_stood
from cases.models import Family

from .contacts import ROWS_A_PAGE, contacts_of
from .sight import sight_of


def daily_of(family: Family, user: Any, today: date) -> dict[str, Any]:
    """For the template of a file; four queries."""
    sight = sight_of(family, user)
    return {
        "contacts": contacts_of(sight),
        "tasks": tasks_on_file(sight, today),
        "plan_for": sorted(sight.writable.items(), key=lambda one: one[1]),
    }


def daily_as_of(family: Family, user: Any, day: date, at: datetime) -> dict[str, Any]:
    """The same as we knew it at an instant of `day`, with nothing to do; six queries."""
    sight = sight_of(family, user)
    return {
        "contacts": contacts_of(sight, rows=ROWS_A_PAGE, at=at),
        "tasks": tasks_that_stood(sight, day, at),
    }
