"""How things stand today: drawn once a day, beside the last edition; the page counts nothing."""

from datetime import date, timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from facts.dates import end_of_day
from reporting.models import Comparison, ReportRun
from reporting.services import comparing
from reporting.services.today import draw_once_a_day, request_today
from reporting.tasks import draw_today
from reporting.views.today import SHOWN
from tests.reporting.runs import FIGURES, NOT_COLLECTED, a_done_run, fatima, mirjam, rianne
from tests.reporting.test_series import an_edition

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
PAGE = "/rapporten/vandaag/"


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr("reporting.services.running.wake_a_worker", lambda run: None)
    monkeypatch.setattr(comparing, "wake_a_worker", lambda comparison: None)


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


def drawn(ago: int = 0, **figures) -> ReportRun:
    """Done, so many days ago."""
    day = timezone.localdate() - timedelta(days=ago)
    return ReportRun.objects.create(
        label="Stand van de dag", period_start=day, reference_date=day,
        known_on=timezone.now() if not ago else end_of_day(day), state="done", daily=True,
        finished_at=Now(), figures={**FIGURES, **figures},
    )  # fmt: skip


class TestOnceADay:
    def test_asked_every_hour_it_is_drawn_once(self):
        draw_today()
        draw_today()
        run = ReportRun.objects.get()
        assert (run.daily, run.reference_date, run.state) == (True, timezone.localdate(), "waiting")
        ReportRun.objects.update(state="done", figures=FIGURES, finished_at=Now())
        assert draw_once_a_day() is None

    def test_the_next_day_again_and_after_a_failure_too(self):
        drawn(ago=1)
        run = draw_once_a_day()
        ReportRun.objects.filter(pk=run.pk).update(state="failed", error="Iets")
        assert draw_once_a_day() != run

    def test_its_period_begins_after_the_last_edition(self):
        an_edition(date(2024, 7, 31))
        assert request_today(by=None).period_start == date(2024, 8, 1)

    def test_also_when_that_ends_today(self):
        an_edition(timezone.localdate())
        assert request_today(by=None).period_start == timezone.localdate()

    def test_what_has_done_its_work_is_cleared_and_what_was_compared_stays(self):
        gone, compared, recent = drawn(ago=9), drawn(ago=10), drawn(ago=3)
        asked_for = a_done_run()
        Comparison.objects.create(earlier=asked_for, later=compared)
        draw_once_a_day()
        left = set(ReportRun.objects.filter(state="done").values_list("pk", flat=True))
        assert left == {compared.pk, recent.pk, asked_for.pk}
        assert gone.pk not in left


class TestThePage:
    def test_beside_the_last_edition(self, reader):
        an_edition(date(2024, 7, 31))
        an_edition(date(2024, 7, 31), number=2)
        run = drawn(**{"registrations.total": FIGURES["registrations.total"] + 5})
        page = reader.get(PAGE)
        rows = {row.key: row for row in page.context["rows"]}
        assert tuple(rows) == SHOWN
        total = rows["registrations.total"]
        assert (total.now, total.then, total.difference) == ("1.035", "1.030", "+5")
        assert rows["response.welcome_within_week.percentage"].difference == "0"
        text = page.content.decode()
        assert "editie 2" in text
        assert reverse("records_behind", args=[run.pk, "registrations.total"]) in text

    def test_what_changed_is_asked_from_there(self, reader):
        edition, run = an_edition(date(2024, 7, 31)), drawn()
        assert "Bekijken wat er veranderde" in reader.get(PAGE).content.decode()
        runs = {"earlier": edition.run_id, "later": run.pk}
        made = reader.post(reverse("comparisons"), runs)["Location"]
        assert made in reader.get(PAGE).content.decode()

    def test_without_an_edition(self, reader):
        drawn()
        text = reader.get(PAGE).content.decode()
        assert "nog geen editie gepubliceerd" in text

    def test_none_yet_and_then_on_demand(self, reader):
        assert "Ze zijn er nog niet" in reader.get(PAGE).content.decode()
        answer = reader.post(PAGE, follow=True)
        assert "Je ziet ze hier zodra ze er zijn." in answer.content.decode()
        assert "hoe ver het is" in answer.content.decode()
        reader.post(PAGE)
        assert ReportRun.objects.count() == 1, "die komt al"

    def test_yesterdays_figures_say_so(self, reader):
        drawn(ago=1)
        page = reader.get(PAGE)
        assert page.context["run"].reference_date == timezone.localdate() - timedelta(days=1)
        assert "de stand op" in page.content.decode()

    def test_they_are_not_among_the_draws_that_were_asked_for(self, reader):
        drawn()
        assert list(reader.get(reverse("reports")).context["page"]) == []

    def test_a_team_manager_may_and_a_process_supervisor_may_not(self, client):
        client.force_login(mirjam())
        assert client.get(PAGE).status_code == 200
        client.force_login(fatima())
        assert client.get(PAGE).status_code == 403

    @pytest.mark.parametrize("days", [1, 3, 100])
    def test_as_many_queries_after_many_days(self, reader, django_assert_num_queries, days):
        an_edition(date(2024, 7, 31))
        for ago in range(days):
            drawn(ago)
        reader.get(PAGE)
        with django_assert_num_queries(12):
            reader.get(PAGE)
