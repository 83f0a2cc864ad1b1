"""The windows at their edges, and the same rows found by the database and by the figures."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from cases.clock import (
    NORMS,
    PHONE,
    WELCOME,
    State,
    missed_windows,
    open_or_missed,
    open_windows,
    window,
    windows,
)
from cases.models import Intake
from cases.services import correct
from cases.standing.registrations import registrations
from facts.dates import Dates
from tests.cast import a_registration

MONDAY = date(2024, 5, 6)


def on(days: int | None) -> date | None:
    return None if days is None else MONDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("norm", "answered", "today", "state", "left"),
    [
        (PHONE, None, 0, State.OPEN, 2),
        (PHONE, None, 1, State.OPEN, 1),
        (PHONE, None, 2, State.OPEN, 0),
        (PHONE, None, 3, State.MISSED, -1),
        (PHONE, 0, 0, State.MET, 2),
        (PHONE, 2, 9, State.MET, -7),
        (PHONE, 3, 3, State.MISSED, -1),
        (PHONE, -1, 0, State.MISSED, 2),
        (WELCOME, None, 7, State.OPEN, 0),
        (WELCOME, None, 8, State.MISSED, -1),
        (WELCOME, 7, 8, State.MET, -1),
        (WELCOME, 8, 8, State.MISSED, -1),
    ],
)
def test_a_window_is_open_met_or_missed(norm, answered, today, state, left):
    found = window(norm, MONDAY, on(answered), on(today))
    assert (found.state, found.days_left, found.answered) == (state, left, answered is not None)


def test_the_last_day_lies_two_and_seven_calendar_days_on():
    assert [norm.last_day(date(2024, 2, 27)) for norm in NORMS] == [
        date(2024, 2, 29),
        date(2024, 3, 5),
    ]


def test_it_reads_both_windows_of_a_row():
    @dataclass
    class Row:
        happened_on: date = MONDAY
        phone_contact_on: date | None = date(2024, 5, 7)
        welcome_scheduled_on: date | None = None

    assert [one.state for one in windows(Row(), on(3))] == [State.MET, State.OPEN]


@pytest.mark.django_db
@pytest.mark.parametrize("norm", NORMS)
def test_the_database_and_the_figures_agree_with_it_on_every_day(norm):
    answers = [None, -1, 0, 1, 2, 3, 6, 7, 8]
    for answered in answers:
        intake = a_registration(on=MONDAY).intakes.get()
        if answered is not None:
            correct(intake, by=None, reason="Gebeld", **{norm.answered_on: on(answered)})
    intakes = Intake.objects.standing()
    name = "phone" if norm is PHONE else "welcome"
    for day in map(on, range(10)):
        stand = {
            one.pk: window(norm, one.happened_on, getattr(one, norm.answered_on), day).state
            for one in intakes
        }
        by_state = {state: {pk for pk, one in stand.items() if one is state} for state in State}

        def found(condition):
            return set(intakes.filter(condition).values_list("pk", flat=True))

        assert found(open_windows(day, [norm])) == by_state[State.OPEN]
        assert found(missed_windows(day, [norm])) == by_state[State.MISSED]
        assert found(open_or_missed(day, [norm])) == (by_state[State.OPEN] | by_state[State.MISSED])
        counted = registrations(Dates.by_day(MONDAY, day, date.today()))
        met = set(counted.filter(**{f"{name}_met": True}).values_list("pk", flat=True))
        due = set(counted.filter(**{f"{name}_due": True}).values_list("pk", flat=True))
        assert met == by_state[State.MET] & due
