"""Whether everything lives is read from rows; no page waits for what hangs (T75, T80, T81)."""

import subprocess
import sys
import time
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.db.models.functions import Now

from accounts.roles import ADMINISTRATOR
from reporting.models import Heartbeat, ReportRun
from reporting.services import heartbeats
from reporting.services.heartbeats import Part, beat, keep_beating, signs
from reporting.tasks import pulse
from tests.reporting.processes import Worker, environ_of_tests, wait_until
from tests.reporting.runs import NOT_COLLECTED, a_run, rianne, someone

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]


@pytest.fixture
def beheer(client):
    client.force_login(someone("bea@ot.example.org", "Bea Beheer", ADMINISTRATOR))
    return client


def all_live() -> None:
    for part in Part:
        beat(part)


class TestSigns:
    def test_what_was_never_heard_of_is_not_alive(self):
        assert [(one.alive, one.seen_at) for one in signs()] == [(False, None)] * 3

    @pytest.mark.parametrize("silent", Part)
    def test_what_falls_silent_is_told_apart_from_what_lives(self, silent):
        all_live()
        Heartbeat.objects.filter(part=silent).update(seen_at=Now() - timedelta(minutes=3))
        assert {one.part for one in signs() if not one.alive} == {silent}

    def test_a_pulse_is_a_sign_of_the_broker(self):
        pulse()
        assert [one.part for one in signs() if one.alive] == [Part.BROKER]

    def test_a_part_has_one_row_however_often_it_beats(self):
        all_live()
        all_live()
        assert Heartbeat.objects.count() == 3

    def test_a_worker_without_its_database_goes_on(self, monkeypatch, caplog):
        monkeypatch.setattr(heartbeats, "beat", mock.Mock(side_effect=OperationalError("weg")))
        monkeypatch.setattr(heartbeats.connections, "close_all", lambda: None)
        heartbeats.beat_or_wait(Part.WORKER)
        assert "Geen levensteken van worker" in caplog.text


class TestTheCommand:
    def test_it_fails_with_the_name_of_what_is_silent(self):
        with pytest.raises(CommandError, match=r"^Geen teken van: Klok\.$"):
            call_command("check_alive", "beat")
        all_live()
        call_command("check_alive", "beat")
        call_command("check_alive")
        Heartbeat.objects.filter(part=Part.BROKER).update(seen_at=Now() - timedelta(minutes=3))
        call_command("check_alive", "beat", "worker")
        with pytest.raises(CommandError, match=r"^Geen teken van: Wachtrij\.$"):
            call_command("check_alive")

    def test_a_part_that_does_not_exist_is_bad_usage(self):
        with pytest.raises(CommandError, match="Er is geen onderdeel klok") as refused:
            call_command("check_alive", "klok")
        assert refused.value.returncode == 2


class TestThePage:
    def test_it_says_since_when_something_is_silent(self, beheer):
        all_live()
        assert beheer.get("/systeem/").content.decode().count("Werkt") == 4
        Heartbeat.objects.filter(part=Part.BROKER).update(seen_at=Now() - timedelta(minutes=3))
        page = beheer.get("/systeem/").content.decode()
        assert page.count("Geen teken sinds") == 1
        assert "Er wacht geen werk." in page

    def test_it_says_how_much_waits(self, beheer):
        a_run()
        assert (
            "1 berekening of bestand wacht op een werker"
            in beheer.get("/systeem/").content.decode()
        )
        ReportRun.objects.all().delete()

    def test_who_manages_no_people_reads_that_it_is_not_for_them(self, client):
        client.force_login(rianne())
        assert client.get("/systeem/").status_code == 403

    def test_a_monitor_gets_a_word_each_and_no_data(self, client, django_assert_num_queries):
        assert client.get("/systeem.json").status_code == 503
        all_live()
        with django_assert_num_queries(1):
            answer = client.get("/systeem.json")
        assert answer.status_code == 200
        assert answer.json() == {"database": "ok", "beat": "ok", "worker": "ok", "broker": "ok"}

    def test_without_a_database_a_monitor_gets_an_answer(self, client, monkeypatch):
        monkeypatch.setattr(
            "reporting.views.signs_of_life.signs", mock.Mock(side_effect=OperationalError("weg"))
        )
        answer = client.get("/systeem.json")
        assert (answer.status_code, answer.json()) == (503, {"database": "silent"})


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_thread_beats_until_it_is_told_to_stop(monkeypatch):
    monkeypatch.setattr(heartbeats, "EVERY", timedelta(seconds=0.05))
    enough = keep_beating(Part.WORKER)
    wait_until(Heartbeat.objects.exists, seconds=10, what="een teken")
    enough.set()
    time.sleep(0.3)


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_real_clock_and_a_real_worker_say_that_they_live(tmp_path):
    command = [sys.executable, "-m", "celery", "--quiet", "--app", "ondersteuning", "beat"]
    command += ["--loglevel", "error", "--pidfile=", "--schedule", str(tmp_path / "beat")]
    clock = subprocess.Popen(command, env=environ_of_tests(), cwd=settings.BASE_DIR)
    try:
        with Worker():
            wait_until(
                lambda: all(one.alive for one in signs()), seconds=60, what="drie levenstekens"
            )
    finally:
        clock.kill()
        clock.wait(10)
