"""The life of a registration, as sentences."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from cases.models import Intake, StatusChange
from cases.services import (
    assign,
    close,
    end_assignment,
    never_start,
    register,
    reopen,
    start,
    status_of,
    withdraw_last_move,
)
from cases.status import Status
from tests.cast import MONDAY, a_father, a_mother, a_registration, code, family_of, fatima

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 3))


@pytest.fixture
def registration(db):
    return a_registration()


def completed():
    return code("closing_reason", "completed")


def test_a_trajectory_runs_closes_reopens_and_closes_again(registration):
    assert status_of(registration) is Status.NOT_STARTED
    start(registration=registration, on=TUESDAY, by=None)
    close(registration=registration, on=WEDNESDAY, reason=completed(), by=None)
    assert status_of(registration) is Status.CLOSED
    reopen(registration=registration, on=THURSDAY, by=None)
    assert status_of(registration) is Status.REOPENED
    close(registration=registration, on=THURSDAY + timedelta(days=1), reason=completed(), by=None)
    assert [change.status for change in registration.status_changes.order_by("happened_on")] == [
        Status.RUNNING,
        Status.CLOSED,
        Status.REOPENED,
        Status.CLOSED,
    ]


def test_closing_on_the_day_of_a_reopening_is_refused_and_the_reopening_is_withdrawn(registration):
    start(registration=registration, on=TUESDAY, by=None)
    close(registration=registration, on=WEDNESDAY, reason=completed(), by=None)
    reopen(registration=registration, on=THURSDAY, by=None)

    with pytest.raises(ValidationError, match="Trek de heropening in"):
        close(registration=registration, on=THURSDAY, reason=completed(), by=None)

    withdraw_last_move(registration=registration, by=None, reason="Heropend bij vergissing")
    assert status_of(registration) is Status.CLOSED


def test_a_closed_trajectory_may_reopen_on_the_same_day(registration):
    start(registration=registration, on=TUESDAY, by=None)
    close(registration=registration, on=WEDNESDAY, reason=completed(), by=None)
    reopen(registration=registration, on=WEDNESDAY, by=None)
    assert status_of(registration) is Status.REOPENED


@pytest.mark.parametrize("move", [close, never_start])
def test_a_move_that_asks_for_a_reason_gets_one_of_its_own_list(registration, move):
    if move is close:
        start(registration=registration, on=TUESDAY, by=None)
    other_list = code("theme", "placement")
    with pytest.raises(ValidationError):
        move(registration=registration, on=WEDNESDAY, reason=other_list, by=None)
    with pytest.raises(ValidationError, match="reden"):
        move(registration=registration, on=WEDNESDAY, reason=None, by=None)


def test_what_the_table_does_not_allow_is_refused_with_what_it_does_allow(registration):
    with pytest.raises(ValidationError, match="kan alleen 'Nooit gestart' of 'Lopend' volgen"):
        reopen(registration=registration, on=TUESDAY, by=None)
    never_start(
        registration=registration,
        on=TUESDAY,
        reason=code("never_started_reason", "contact_lost"),
        by=None,
    )
    with pytest.raises(ValidationError, match="kan alleen 'Lopend' volgen"):
        close(registration=registration, on=WEDNESDAY, reason=completed(), by=None)
    start(registration=registration, on=THURSDAY, by=None)
    assert status_of(registration) is Status.RUNNING


def test_a_move_written_down_late_must_fit_between_the_others(registration):
    start(registration=registration, on=WEDNESDAY, by=None)
    with pytest.raises(ValidationError, match="Na 'Lopend'"):
        start(registration=registration, on=TUESDAY, by=None)
    with pytest.raises(ValidationError, match="voor de dag van de aanmelding"):
        start(registration=registration, on=MONDAY - timedelta(days=1), by=None)


def test_a_registration_is_of_one_or_two_people_of_one_family(db):
    couple = register(applicants=[a_mother(), a_father()], happened_on=MONDAY, by=None)
    assert couple.applicants.count() == 2
    again = register(
        applicants=[couple.applicants.get(position=1).person],
        happened_on=TUESDAY,
        by=None,
        family=family_of(couple),
    )
    assert Intake.objects.filter(family=family_of(couple)).count() == 2
    stranger = a_registration().applicants.get().person
    for applicants in ([], [a_mother(), a_father(), a_mother()], [stranger]):
        with pytest.raises(ValidationError):
            register(applicants=applicants, happened_on=MONDAY, by=None, family=family_of(couple))
    assert [again.number, couple.number] == ["A00002", "A00001"]


def test_a_running_trajectory_may_wait_for_a_supervisor_and_has_one_at_a_time(registration):
    start(registration=registration, on=TUESDAY, by=None)
    fatima_ = fatima()
    assign(registration=registration, supervisor=fatima_, on=WEDNESDAY, by=None)
    with pytest.raises(ValidationError, match="heeft al een procesbegeleider"):
        assign(registration=registration, supervisor=fatima_, on=THURSDAY, by=None)
    ended = end_assignment(registration=registration, on=THURSDAY, by=None)
    assert (ended.happened_on, ended.ended_on) == (WEDNESDAY, THURSDAY)
    assign(registration=registration, supervisor=fatima_, on=THURSDAY, by=None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_start_a_trajectory_at_once_one_wins_and_the_other_is_told():
    registration, barrier, outcomes = a_registration(), threading.Barrier(2), []

    def attempt() -> None:
        barrier.wait(10)
        try:
            start(registration=registration, on=date(2024, 5, 8), by=None)
            outcomes.append("gestart")
        except ValidationError as refusal:
            outcomes.append(refusal.messages[0])
        finally:
            connections.close_all()

    people = [threading.Thread(target=attempt) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join(20)

    assert sorted(outcomes, key=len)[0] == "gestart"
    assert "Na 'Lopend'" in sorted(outcomes, key=len)[1]
    assert StatusChange.objects.filter(registration=registration).count() == 1
