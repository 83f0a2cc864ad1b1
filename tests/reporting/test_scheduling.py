"""An edition begins by itself once its period is over: once, whatever the clock does (T80)."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from reporting.models import Edition, Period, ReportRun
from reporting.services.editions import begin_edition
from reporting.services.scheduling import NOT_LONGER_AGO, begin_what_is_due
from tests.reporting.runs import NOT_COLLECTED, mirjam, rianne

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
LAST = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr("reporting.services.running.wake_a_worker", lambda run: None)


@pytest.fixture
def period():
    Period.objects.all().delete()
    return Period.objects.create(label="Herfst", first_day=date(2026, 8, 1), last_day=LAST)


def test_on_the_last_day_not_yet_and_the_day_after_a_draft_with_figures_on_the_way(period):
    assert begin_what_is_due(LAST) == []
    (edition,) = begin_what_is_due(LAST + timedelta(days=1))
    assert (edition.period, edition.state, edition.begun_by) == (period, "draft", None)
    assert edition.run.state == ReportRun.State.WAITING


def test_once_however_often_it_is_asked(period):
    for day in range(1, 5):
        begin_what_is_due(LAST + timedelta(days=day))
    assert Edition.objects.count() == 1


def test_a_clock_that_lay_still_catches_up(period):
    assert len(begin_what_is_due(LAST + NOT_LONGER_AGO)) == 1


def test_of_what_ended_long_ago_nothing_begins_by_itself(period):
    assert begin_what_is_due(LAST + NOT_LONGER_AGO + timedelta(days=1)) == []


def test_what_somebody_began_already_is_left_alone(period):
    begin_edition(period=period, by=rianne())
    assert begin_what_is_due(LAST + timedelta(days=1)) == []


def test_it_stands_in_the_list_and_says_why(period, client):
    begin_what_is_due(LAST + timedelta(days=1))
    client.force_login(rianne())
    assert (
        "Vanzelf begonnen omdat de periode voorbij is"
        in client.get("/rapporten/edities/").content.decode()
    )


class TestPeriods:
    """Data: an edition begins of what stands here."""

    ASKED = {"label": "Winter", "first_day": "2026-11-01", "last_day": "2027-01-31"}

    def test_one_is_added_and_has_its_history(self, client):
        client.force_login(rianne())
        assert client.post("/rapporten/periodes/", self.ASKED).status_code == 302
        added = Period.objects.get(label="Winter")
        assert added.history.get().history_change_reason == "Periode toegevoegd"
        assert "Winter" in client.get("/rapporten/periodes/").content.decode()

    def test_it_does_not_end_before_it_begins(self, client):
        client.force_login(rianne())
        page = client.post("/rapporten/periodes/", self.ASKED | {"last_day": "2026-10-01"})
        assert "ligt voor de eerste dag" in page.content.decode()

    def test_a_manager_reads_them_and_adds_none(self, client):
        client.force_login(mirjam())
        assert client.get("/rapporten/periodes/").status_code == 200
        assert client.post("/rapporten/periodes/", self.ASKED).status_code == 403


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clocks_at_once_begin_one():
    Period.objects.all().delete()
    Period.objects.create(label="Herfst", first_day=date(2026, 8, 1), last_day=LAST)
    together, begun = threading.Barrier(2), []

    def clock() -> None:
        together.wait(10)
        begun.append(begin_what_is_due(LAST + timedelta(days=1)))
        connection.close()

    clocks = [threading.Thread(target=clock) for _ in range(2)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join(30)
    assert sorted(map(len, begun)) == [0, 1]
    assert Edition.objects.count() == 1
