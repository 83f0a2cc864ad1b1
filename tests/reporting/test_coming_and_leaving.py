"""A draw while it comes, and its figures as files."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from facts.dates import end_of_day
from reporting.documents import FORMS
from reporting.documents.text import COLUMNS
from tests.reporting.runs import (
    FIGURES,
    HTMX,
    NOT_COLLECTED,
    a_done_run,
    a_failed_run,
    a_run,
    a_running_run,
    rianne,
)

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


class TestProgress:
    def progress(self, client, run, **query):
        return client.get(reverse("report_progress", args=[run.pk]), query, headers=HTMX)

    def test_how_far_it_is(self, reader):
        page = self.progress(reader, a_running_run()).content.decode()
        assert "Stap 4 van 14: gezinnen tellen" in page
        assert "<html" not in page

    def test_nothing_is_sent_while_nothing_changed(self, reader):
        run = a_running_run()
        assert self.progress(reader, run, gezien="running-4-14").status_code == 204
        assert self.progress(reader, run, gezien="running-3-14").status_code == 200

    def test_the_browser_goes_to_the_figures_once_they_are_there(self, reader):
        run = a_done_run()
        response = self.progress(reader, run, gezien="running-4-14")
        assert response["HX-Redirect"] == reverse("report", args=[run.pk])
        page = reader.get(reverse("report", args=[run.pk])).content.decode()
        assert "De cijfers zijn klaar." in page

    def test_and_to_the_reason_when_it_failed(self, reader):
        assert "HX-Redirect" in self.progress(reader, a_failed_run()).headers

    def test_typed_in_as_an_address_it_leads_to_the_page(self, reader):
        run = a_running_run()
        response = reader.get(reverse("report_progress", args=[run.pk]))
        assert response["Location"] == reverse("report", args=[run.pk])
        assert "HX-Request" in response["Vary"]

    def test_signed_out_in_the_meantime_the_whole_page_is_loaded_again(self, client):
        response = self.progress(client, a_running_run())
        assert response["HX-Refresh"] == "true"
        assert not response.content


class TestDownloads:
    def test_json(self, reader):
        response = reader.get(reverse("report_file", args=[a_done_run().pk, "json"]))
        assert 'filename="kwartaalcijfers-2024-07-31.json"' in response["Content-Disposition"]
        told = json.loads(response.content)
        assert (
            told.items()
            >= {
                "period_start": "2024-05-01",
                "reference_date": "2024-07-31",
                "known_on": "2024-08-05",
                "figures": FIGURES,
            }.items()
        )
        assert [one["key"] for one in told["descriptions"]] == list(told["figures"])
        keys = list(told["figures"])
        assert keys[:2] == ["registrations.total", "registrations.status.not_started"]
        assert keys[-1] == "activities.safeguard"

    def test_csv(self, reader):
        response = reader.get(reverse("report_file", args=[a_done_run().pk, "csv"]))
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0] == list(COLUMNS)
        assert len(rows) == len(FIGURES) + 1
        by_key = {row[0]: row[1:] for row in rows}
        told = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows}
        assert by_key["children.residence.network"][:5] == [
            "Kinderen en uithuisplaatsingen",
            "Waar uithuisgeplaatste kinderen nu wonen",
            "In het netwerk (familie of vrienden)",
            "kinderen",
            "110",
        ]
        assert told["supervisors.fte"]["waarde"] == "35,17"
        percentage = told["response.welcome_within_week.percentage"]
        assert (percentage["eenheid"], percentage["waarde"]) == ("procent", "69")
        assert "Wat telt mee: " in told["supervisors.fte"]["hoe geteld"]

    def test_no_cell_becomes_a_formula(self, reader):
        run = a_done_run(
            {"=1+1": 1, "@iets": 2, "-x": 3, "response.phone_within_two_days.percentage": None}
        )
        text = reader.get(reverse("report_file", args=[run.pk, "csv"])).content.decode("utf-8-sig")
        cells = [line.split(";")[0] for line in text.splitlines()[1:]]
        assert cells == ["response.phone_within_two_days.percentage", "'-x", "'=1+1", "'@iets"]

    @pytest.mark.parametrize("extension", FORMS)
    @pytest.mark.parametrize("make", [a_run, a_running_run, a_failed_run])
    def test_there_is_nothing_to_download_before_it_is_done(self, reader, extension, make):
        response = reader.get(reverse("report_file", args=[make().pk, extension]))
        assert response.status_code == 404

    @pytest.mark.parametrize("extension", ["exe", "", "json.bak", "../json"])
    def test_a_form_that_does_not_exist_is_not_there(self, reader, extension):
        assert reader.get(f"/rapporten/{a_done_run().pk}/cijfers.{extension}").status_code == 404

    def test_an_instant_is_echoed_as_one(self, reader):
        run = a_done_run(known_on=end_of_day(date(2024, 8, 5)) - timedelta(hours=1))
        answer = json.loads(reader.get(reverse("report_file", args=[run.pk, "json"])).content)
        assert answer["known_on"] == "2024-08-05T22:59:59.999999+02:00"
