"""Teams, their supervisors, and how much these work."""

from datetime import date, datetime, time, timedelta
from math import ceil

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from accounts.models import Employment, Team, User
from facts.dates import AMSTERDAM

from .names import FIRST_NAMES, LAST_NAMES
from .rows import Rows
from .shares import (
    FIRST_DAY,
    FTE,
    LAST_DAY,
    MOST_SUPERVISORS,
    SUPERVISOR_LEFT,
    SUPERVISORS_PER_REGISTRATION,
    SUPERVISORS_PER_TEAM,
)


def write_staff(rows: Rows, registrations: int) -> list[str]:
    """The ids of the supervisors. None of them can sign in: nobody invited them."""
    many = min(ceil(registrations * SUPERVISORS_PER_REGISTRATION), MOST_SUPERVISORS)
    teams = [
        rows.add(Team, name=f"Synthetisch team {number:03}")
        for number in range(1, ceil(many / SUPERVISORS_PER_TEAM) + 1)
    ]
    return [_write_supervisor(rows, number, teams) for number in range(1, many + 1)]


def _write_supervisor(rows: Rows, number: int, teams: list[str]) -> str:
    chance = rows.chance
    supervisor = rows.add(
        User,
        email=f"spb{number:04}@ot.example.org",
        name=f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}",
        password=UNUSABLE_PASSWORD_PREFIX,
        team_id=teams[number % len(teams)],
        joined_at=datetime.combine(FIRST_DAY, time(9), AMSTERDAM),
    )
    began = FIRST_DAY if chance.happens(0.5) else chance.day(FIRST_DAY, LAST_DAY)
    left = chance.day(began, LAST_DAY) if chance.happens(SUPERVISOR_LEFT) else None
    _write_employment(rows, supervisor, began, left)
    return supervisor


def _write_employment(rows: Rows, supervisor: str, began: date, left: date | None) -> None:
    """Known when it began; who left has a second row, since facts are not changed in place."""
    values = {"supervisor_id": supervisor, "fte": rows.chance.one_of(FTE), "happened_on": began}
    rows.fact(Employment, max(began, FIRST_DAY) - timedelta(7), ended_on=left, **values)
