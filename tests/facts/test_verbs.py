"""Facts are added, withdrawn and corrected; never changed in place."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, connections, transaction

from cases.models import Support
from cases.services import correct, note
from facts.recording import instant_of_a_draw, recording
from facts.verbs import withdraw
from tests.cast import a_registration, code, family_of, fatima


@pytest.fixture
def support(db):
    family = family_of(a_registration())
    form = code("support_form", "mediation")
    return note(Support(family=family, form=form, happened_on=date(2024, 6, 3)), by=None)


def test_a_correction_withdraws_and_adds_at_one_instant_with_reason_and_person(support):
    fatima_ = fatima()
    new = correct(support, by=fatima_, reason="Verkeerde dag", happened_on=date(2024, 6, 4))

    old = Support.objects.get(pk=support.pk)
    assert old.withdrawn_at == new.recorded_at
    assert (old.withdrawn_by, old.withdrawal_reason) == (fatima_, "Verkeerde dag")
    assert (new.happened_on, new.form_id) == (date(2024, 6, 4), old.form_id)
    assert [str(fact.pk) for fact in Support.objects.standing()] == [str(new.pk)]


def test_what_was_known_before_a_correction_is_still_known_as_of_then(support):
    before = instant_of_a_draw()
    new = correct(support, by=None, reason="Verkeerde dag", happened_on=date(2024, 6, 4))

    assert list(Support.objects.known_at(before)) == [support]
    assert list(Support.objects.known_at(new.recorded_at)) == [new]


def test_history_says_who_did_it_and_why(support):
    fatima_ = fatima()
    correct(support, by=fatima_, reason="Verkeerde dag", happened_on=date(2024, 6, 4))

    last = support.history.latest()
    assert (last.history_type, last.history_user, last.history_change_reason) == (
        "~",
        fatima_,
        "Verkeerde dag",
    )


def test_without_a_reason_nothing_is_withdrawn(support):
    with pytest.raises(ValidationError, match="Geef een reden"):
        correct(support, by=None, reason="  ", happened_on=date(2024, 6, 4))
    assert list(Support.objects.standing()) == [support]


def test_a_correction_that_cannot_be_leaves_the_old_fact_standing(support):
    with pytest.raises(ValidationError):
        correct(support, by=None, reason="Verkeerde dag", happened_on=None)
    assert list(Support.objects.standing()) == [support]


def test_a_fact_is_withdrawn_only_once(support):
    stale = Support.objects.get(pk=support.pk)
    correct(support, by=None, reason="Verkeerde dag", happened_on=date(2024, 6, 4))
    with pytest.raises(ValidationError, match="intussen al ingetrokken"):
        correct(stale, by=None, reason="Nog een keer", happened_on=date(2024, 6, 5))
    assert Support.objects.standing().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"happened_on": date(2020, 1, 1)},
        {"recorded_at": "2020-01-01T00:00Z"},
        {"form_id": "support_form.debt_help"},
    ],
)
def test_the_database_refuses_to_change_what_was_written(support, change):
    with pytest.raises(Error, match="stands_as_written|Cannot update"), transaction.atomic():
        Support.objects.filter(pk=support.pk).update(**change)


def test_the_database_refuses_to_withdraw_twice_or_to_bring_back(support):
    with recording(by=None, reason="Vergissing") as now:
        withdraw(support, at=now)
    for change in ({"withdrawn_at": None, "withdrawal_reason": ""}, {"withdrawal_reason": "x"}):
        with pytest.raises(Error, match="withdrawn_once|Cannot update"), transaction.atomic():
            Support.objects.filter(pk=support.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_nothing_recorded_before_a_draws_instant_can_commit_after_it():
    """A writer has read its clock but not committed: the draw waits for it."""
    clock_read, may_commit, instants = threading.Event(), threading.Event(), {}

    def write() -> None:
        with recording(by=None) as now:
            instants["recorded"] = now.at
            clock_read.set()
            may_commit.wait(10)
            with connection.cursor() as cursor:
                cursor.execute("SELECT clock_timestamp()")
                instants["committing"] = cursor.fetchone()[0]
        connections.close_all()

    def draw() -> None:
        instants["drawn"] = instant_of_a_draw()
        connections.close_all()

    writer, drawer = threading.Thread(target=write), threading.Thread(target=draw)
    writer.start()
    assert clock_read.wait(10)
    drawer.start()
    drawer.join(0.3)
    assert drawer.is_alive(), "the draw took its instant while a writer was under way"
    may_commit.set()
    writer.join(10)
    drawer.join(10)
    assert instants["recorded"] < instants["committing"] < instants["drawn"]
