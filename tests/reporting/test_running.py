"""A run is a row: whoever claims it computes it, and what falls is picked up (T27: by the rights of
that moment)."""

import uuid
from datetime import date, timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from facts.dates import end_of_day
from reporting.models import ReportRun
from reporting.services import running, working
from reporting.services.running import claim, request_run, waiting_for_work, work_on
from reporting.tasks import sweep
from tests.cast import a_registration
from tests.reporting.processes import Worker, wait_until
from tests.reporting.runs import rianne

MAY, JULY = date(2024, 5, 1), date(2024, 7, 31)


def a_run(**fields) -> ReportRun:
    fields = {"known_on": end_of_day(date(2030, 1, 1)), "label": "Mei t/m juli 2024", **fields}
    return ReportRun.objects.create(period_start=MAY, reference_date=JULY, **fields)


@pytest.mark.django_db
class TestClaiming:
    def test_a_waiting_run_is_claimed_once(self):
        run = a_run()
        assert claim(run.pk).state == ReportRun.State.RUNNING
        assert claim(run.pk) is None
        assert waiting_for_work() == []

    def test_a_run_whose_owner_died_is_claimed_by_another(self):
        run = a_run()
        first = claim(run.pk)
        ReportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1))
        assert waiting_for_work() == [run.pk]
        second = claim(run.pk)
        assert (second.attempts, second.owner != first.owner) == (2, True)

    def test_after_three_deaths_it_fails_and_says_so(self):
        run = a_run()
        for _ in range(3):
            claim(run.pk)
            ReportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1))
        assert claim(run.pk) is None
        run.refresh_from_db()
        assert (run.state, "drie keer afgebroken" in run.error) == (ReportRun.State.FAILED, True)
        assert waiting_for_work() == []

    @pytest.mark.parametrize("lost", ["the role", "the account"])
    def test_who_may_no_longer_see_figures_gets_none(self, lost):
        asker = rianne()
        run = a_run(requested_by=asker)
        if lost == "the role":
            asker.groups.clear()
        else:
            User.objects.update(is_active=False)
        assert claim(run.pk) is None
        run.refresh_from_db()
        assert run.state == ReportRun.State.FAILED
        assert "mag geen cijfers meer zien" in run.error
        assert run.figures in (None, {})
        assert waiting_for_work() == []

    def test_a_run_that_is_done_is_not_claimed_again(self):
        run = a_run(state="done", figures={}, finished_at=timezone.now())
        assert claim(run.pk) is None


@pytest.mark.django_db
class TestAsking:
    def test_all_that_is_known_now_unless_said_otherwise(self):
        before = timezone.now()
        run = request_run(period_start=MAY, reference_date=JULY, known_on=None, label="P", by=None)
        assert before <= run.known_on <= timezone.now()

    def test_impossible_dates_are_refused_in_dutch_and_nothing_is_kept(self):
        with pytest.raises(ValueError, match="na de peildatum"):
            request_run(period_start=JULY, reference_date=MAY, known_on=None, label="P", by=None)
        assert not ReportRun.objects.exists()

    def test_a_broker_that_is_away_costs_nobody_a_page(
        self, settings, django_capture_on_commit_callbacks, monkeypatch, caplog
    ):
        def gone(*args, **kwargs):
            raise ConnectionError("weg")

        monkeypatch.setattr("reporting.services.working.current_app.send_task", gone)
        with django_capture_on_commit_callbacks(execute=True):
            run = request_run(
                period_start=MAY, reference_date=JULY, known_on=None, label="P", by=None
            )
        assert waiting_for_work() == [run.pk]
        assert "wacht op de veger" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestWorking:
    def test_done_twice_is_done_once(self):
        a_registration()
        run = a_run()
        claimed = claim(run.pk)
        work_on(claimed)
        run.refresh_from_db()
        first = run.figures
        assert (run.state, first["registrations.total"]) == (ReportRun.State.DONE, 1)
        work_on(claimed)
        run.refresh_from_db()
        assert run.figures == first

    def test_what_an_owner_that_was_declared_dead_still_writes_is_ignored(self):
        run = a_run()
        slow = claim(run.pk)
        ReportRun.objects.filter(pk=run.pk).update(owner=uuid.uuid4(), heartbeat_at=Now())
        work_on(slow)
        run.refresh_from_db()
        assert (run.state, run.figures) == (ReportRun.State.RUNNING, None)

    def test_a_draw_that_breaks_is_shown_as_failed(self, monkeypatch, caplog):
        def broken(dates, progress):
            raise RuntimeError("stuk")

        monkeypatch.setattr(running, "draw", broken)
        run = a_run()
        with pytest.raises(RuntimeError):
            work_on(claim(run.pk))
        run.refresh_from_db()
        assert run.state == ReportRun.State.FAILED
        assert "stuk" not in run.error, "the reader gets words, the log gets the error"

    def test_the_sweep_does_what_nobody_was_woken_up_for(self):
        run = a_run()
        sweep()
        run.refresh_from_db()
        assert run.state == ReportRun.State.DONE


def is_done(run: ReportRun) -> bool:
    run.refresh_from_db()
    return run.state == ReportRun.State.DONE


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestRealWorkers:
    def test_a_worker_that_is_woken_up_draws_the_report(self):
        a_registration()
        with Worker():
            run = request_run(
                period_start=MAY, reference_date=JULY, known_on=None, label="P", by=None
            )
            wait_until(lambda: is_done(run), seconds=30, what="de berekening is klaar")
        assert run.figures["registrations.total"] == 1
        assert run.attempts == 1

    def test_a_worker_killed_half_way_loses_nothing(self, tmp_path, monkeypatch):
        """Its child is killed at the third step; Celery gives the message to the next child,
        which may have the run as soon as the dead one has missed its signs of life."""
        a_registration()
        monkeypatch.setattr(working, "DEAD_AFTER", timedelta(seconds=0.5))
        run = request_run(period_start=MAY, reference_date=JULY, known_on=None, label="P", by=None)
        with Worker(crash_at=3, crash_file=str(tmp_path / "crashed")):
            wait_until((tmp_path / "crashed").exists, seconds=30, what="de werker is gevallen")
        run.refresh_from_db()
        assert run.state == ReportRun.State.RUNNING
        wait_until(lambda: bool(waiting_for_work()), seconds=10, what="de veger ziet de run")
        sweep()
        assert is_done(run)
        assert run.figures["registrations.total"] == 1
        assert run.attempts == 2
