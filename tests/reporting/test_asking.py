"""The form that asks for figures: what it takes, and what it says of what cannot be."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from facts.dates import end_of_day
from reporting.models import Period, ReportRun
from reporting.services import running
from tests.reporting.runs import JULY, KNOWN_ON, MAY, NOT_COLLECTED, OWN_DATES, a_failed_run, rianne

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]


@pytest.fixture(autouse=True)
def woken(monkeypatch) -> list:
    """The runs that a worker was woken up for; there is none here."""
    woken: list = []
    monkeypatch.setattr(running, "wake_a_worker", woken.append)
    return woken


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


def errors_of(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


class TestAsking:
    def test_a_stored_period(self, reader, woken, django_capture_on_commit_callbacks):
        period = Period.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            response = reader.post("/rapporten/", {"period": period.pk, "known_on": "2024-08-05"})
        run = ReportRun.objects.get()
        assert response["Location"] == f"/rapporten/{run.pk}/"
        assert (run.label, run.period_start, run.reference_date) == (period.label, MAY, JULY)
        assert run.known_on == end_of_day(KNOWN_ON)
        assert run.requested_by.name == "Rianne Rapport"
        assert woken == [run]

    def test_own_dates_in_either_notation(self, reader):
        reader.post(
            "/rapporten/",
            {"period": "", "period_start": "1-5-2024", "reference_date": "31-07-2024"},
        )
        run = ReportRun.objects.get()
        assert (run.period_start, run.reference_date) == (MAY, JULY)
        assert run.label == "wo 1 mei t/m wo 31 jul 2024"

    @pytest.mark.parametrize("known_on", ["", timezone.localdate().isoformat()])
    def test_a_day_that_is_not_over_means_all_that_is_known_now(self, reader, known_on):
        reader.post("/rapporten/", {**OWN_DATES, "known_on": known_on})
        assert ReportRun.objects.get().known_on <= timezone.now()

    @pytest.mark.parametrize(
        ("wrong", "field", "says"),
        [
            ({"period_start": ""}, "period_start", "Vul de eerste dag in"),
            ({"reference_date": ""}, "reference_date", "Vul de peildatum in"),
            ({"reference_date": "2024-04-30"}, "reference_date", "ligt voor de eerste dag"),
            ({"reference_date": "morgen"}, "reference_date", "geen datum"),
            ({"reference_date": "2024-02-30"}, "reference_date", "geen datum"),
            ({"reference_date": "2098-01-01"}, "reference_date", "in de toekomst"),
            ({"period_start": "0001-01-01"}, "period_start", "van 2000 tot en met 2099"),
            ({"reference_date": "9999-12-31"}, "reference_date", "van 2000 tot en met 2099"),
            ({"known_on": "2024-07-30"}, "known_on", "voor de peildatum"),
            ({"known_on": "2098-01-01"}, "known_on", "in de toekomst"),
            ({"period": str(uuid.uuid4())}, "period", "bestaat niet meer"),
            ({"period": "iets anders"}, "period", "bestaat niet meer"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field_and_kept(self, reader, wrong, field, says):
        response = reader.post("/rapporten/", {**OWN_DATES, **wrong})
        assert list(errors_of(response)) == [field]
        assert says in errors_of(response)[field][0]
        page = response.content.decode()
        assert page.count(says) == 2  # in the summary and at the field
        assert f'href="#id_{field}"' in page
        assert wrong[field] in page or field == "period"
        assert not ReportRun.objects.exists()

    def test_a_period_that_is_not_over_says_until_when_it_runs(self, reader):
        tomorrow = timezone.localdate() + timedelta(days=1)
        period = Period.objects.create(label="Nu", first_day=tomorrow, last_day=tomorrow)
        response = reader.post("/rapporten/", {"period": period.pk})
        assert "loopt nog" in errors_of(response)["period"][0]

    def test_the_last_finished_period_stands_ready(self, reader):
        form = reader.get("/rapporten/").context["form"]
        assert form.initial["period"].label == "Mei t/m juli 2024"

    def test_without_any_period_one_can_still_ask(self, reader):
        Period.objects.all().delete()
        assert reader.get("/rapporten/").status_code == 200

    def test_again_asks_the_same_question(self, reader):
        failed = a_failed_run()
        response = reader.post(reverse("report_again", args=[failed.pk]))
        again = ReportRun.objects.exclude(pk=failed.pk).get()
        assert response["Location"] == f"/rapporten/{again.pk}/"
        assert (again.dates, again.label) == (failed.dates, failed.label)
