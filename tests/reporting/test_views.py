"""The pages of the quarterly figures: who may see them, what they take, and what they say."""

import csv
import io
import json
import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ADMINISTRATOR
from facts.dates import end_of_day
from reporting.models import Period, ReportRun
from reporting.services import running
from tests.reporting.runs import (
    FIGURES,
    JULY,
    KNOWN_ON,
    MAY,
    NOT_COLLECTED,
    a_done_run,
    a_failed_run,
    a_run,
    a_running_run,
    fatima,
    rianne,
    someone,
)

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
HTMX = {"HX-Request": "true"}
OWN_DATES = {"period": "", "period_start": "2024-05-01", "reference_date": "2024-07-31"}
ONE_RUN = ("report", "report_json", "report_csv")


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


class TestWhoMay:
    @pytest.mark.parametrize("name", ["reports", *ONE_RUN])
    def test_a_passer_by_is_asked_to_sign_in(self, client, name):
        args = [a_done_run().pk] if name in ONE_RUN else []
        response = client.get(reverse(name, args=args))
        assert response.status_code == 302
        assert response["Location"].startswith("/inloggen/?next=/rapporten/")

    @pytest.mark.parametrize("name", ["reports", *ONE_RUN])
    def test_without_the_right_the_page_says_so(self, client, name):
        client.force_login(fatima())
        args = [a_done_run().pk] if name in ONE_RUN else []
        response = client.get(reverse(name, args=args))
        assert response.status_code == 403
        assert "niet voor jouw rol" in response.content.decode()

    def test_without_the_right_nothing_can_be_asked(self, client):
        client.force_login(fatima())
        run = a_failed_run()
        assert client.post("/rapporten/", OWN_DATES).status_code == 403
        assert client.post(reverse("report_again", args=[run.pk])).status_code == 403
        assert ReportRun.objects.count() == 1

    @pytest.mark.parametrize("name", [*ONE_RUN, "report_progress"])
    def test_an_unknown_run_is_not_there(self, reader, name):
        response = reader.get(reverse(name, args=[uuid.uuid4()]), headers=HTMX)
        assert response.status_code == 404
        assert "bestaat niet" in response.content.decode()

    @pytest.mark.parametrize(
        ("method", "name"),
        [("put", "reports"), ("post", "report"), ("get", "report_again"), ("delete", "report_csv")],
    )
    def test_a_wrong_method_is_refused(self, reader, method, name):
        args = [] if name == "reports" else [a_done_run().pk]
        assert getattr(reader, method)(reverse(name, args=args)).status_code == 405


class TestHome:
    def test_who_reads_figures_lands_on_them(self, reader):
        assert reader.get("/")["Location"] == "/rapporten/"

    def test_a_role_without_pages_yet_reads_what_the_account_is_for(self, client):
        client.force_login(someone("beheer@ot.example.org", "Bea Beheer", ADMINISTRATOR))
        page = client.get("/").content.decode()
        assert "functioneel beheerder" in page
        assert "nog geen pagina" in page

    def test_an_account_without_a_role_reads_whom_to_ask(self, client):
        client.force_login(someone("niemand@ot.example.org", "Noor Niemand", None))
        page = client.get("/").content.decode()
        assert "heeft geen rol" in page
        assert "functioneel beheerder" in page


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


class TestTheList:
    def test_nothing_yet_says_how_to_begin(self, reader):
        assert "Kies hierboven een periode" in reader.get("/rapporten/").content.decode()

    def test_newest_first_with_its_state_in_words(self, reader):
        a_done_run(label="Oudste")
        a_failed_run(label="Nieuwste")
        page = reader.get("/rapporten/").content.decode()
        assert page.index("Nieuwste") < page.index("Oudste")
        assert "Mislukt" in page
        assert "Klaar" in page

    @pytest.mark.parametrize("many", [1, 3])
    def test_one_query_for_the_draws_and_one_for_their_number(self, reader, many):
        for _ in range(many):
            a_done_run(requested_by_id=reader.session["_auth_user_id"])
        with CaptureQueriesContext(connection) as queries:
            reader.get("/rapporten/")
        assert len([one for one in queries if 'FROM "reporting_reportrun"' in one["sql"]]) == 2
        assert not any('"figures"' in one["sql"] for one in queries)

    def test_more_than_a_page(self, reader):
        for _ in range(26):
            a_run()
        assert "Bladzijde 1 van 2" in reader.get("/rapporten/").content.decode()
        assert len(reader.get("/rapporten/?pagina=2").context["page"].object_list) == 1
        assert reader.get("/rapporten/?pagina=veel").status_code == 200


class TestOneReport:
    def test_its_figures(self, reader):
        page = reader.get(reverse("report", args=[a_done_run().pk])).content.decode()
        assert "1.030" in page
        assert "Hier klopt iets niet" not in page

    def test_a_broken_rule_stands_at_the_top_with_what_to_do(self, reader):
        run = a_done_run({**FIGURES, "children.placed_now": 1})
        page = reader.get(reverse("report", args=[run.pk])).content.decode()
        assert page.index("Hier klopt iets niet") < page.index("Hoofdstukken")
        assert "Publiceer deze cijfers niet" in page

    def test_the_figures_of_an_older_version_still_open(self, reader):
        run = a_done_run({"vroeger.geteld": 7})
        page = reader.get(reverse("report", args=[run.pk])).content.decode()
        assert "vroeger.geteld" in page
        assert "oudere versie" in page

    def test_failed_says_why_and_offers_again(self, reader):
        page = reader.get(reverse("report", args=[a_failed_run().pk])).content.decode()
        assert "drie keer afgebroken" in page
        assert "Opnieuw aanvragen" in page

    def test_a_name_is_text_and_never_markup(self, reader):
        run = a_done_run(label="<script>alert(1)</script>")
        assert "<script>alert" not in reader.get(reverse("report", args=[run.pk])).content.decode()

    def test_a_report_is_read_with_one_query_and_its_words_with_one(self, reader):
        run = a_done_run()
        with CaptureQueriesContext(connection) as queries:
            reader.get(reverse("report", args=[run.pk]))
        sqls = [one["sql"] for one in queries]
        read = [sql for sql in sqls if '"reporting_' in sql or '"cases_' in sql]
        assert len(read) == 2


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
        response = reader.get(reverse("report_json", args=[a_done_run().pk]))
        assert 'filename="kwartaalcijfers-2024-07-31.json"' in response["Content-Disposition"]
        assert json.loads(response.content) == {
            "period_start": "2024-05-01",
            "reference_date": "2024-07-31",
            "known_on": "2024-08-05",
            "figures": FIGURES,
        }
        keys = list(json.loads(response.content)["figures"])
        assert keys[:2] == ["registrations.total", "registrations.status.not_started"]
        assert keys[-1] == "activities.safeguard"

    def test_csv(self, reader):
        response = reader.get(reverse("report_csv", args=[a_done_run().pk]))
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0] == ["sleutel", "cijfer", "uitsplitsing", "eenheid", "waarde"]
        assert len(rows) == len(FIGURES) + 1
        by_key = {row[0]: row[1:] for row in rows}
        assert by_key["children.residence.network"] == [
            "Waar uithuisgeplaatste kinderen nu wonen",
            "In het netwerk (familie of vrienden)",
            "kinderen",
            "110",
        ]
        assert by_key["supervisors.fte"][-1] == "35,17"
        assert by_key["response.welcome_within_week.percentage"][-2:] == ["procent", "69"]

    def test_no_cell_becomes_a_formula(self, reader):
        run = a_done_run(
            {"=1+1": 1, "@iets": 2, "-x": 3, "response.phone_within_two_days.percentage": None}
        )
        text = reader.get(reverse("report_csv", args=[run.pk])).content.decode("utf-8-sig")
        cells = [line.split(";")[0] for line in text.splitlines()[1:]]
        assert cells == ["response.phone_within_two_days.percentage", "'-x", "'=1+1", "'@iets"]

    @pytest.mark.parametrize("name", ["report_json", "report_csv"])
    @pytest.mark.parametrize("make", [a_run, a_running_run, a_failed_run])
    def test_there_is_nothing_to_download_before_it_is_done(self, reader, name, make):
        assert reader.get(reverse(name, args=[make().pk])).status_code == 404

    def test_an_instant_is_echoed_as_one(self, reader):
        run = a_done_run(known_on=end_of_day(date(2024, 8, 5)) - timedelta(hours=1))
        answer = json.loads(reader.get(reverse("report_json", args=[run.pk])).content)
        assert answer["known_on"] == "2024-08-05T22:59:59.999999+02:00"


class TestErrorPages:
    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
    def test_each_renders_with_nothing_around_it(self, name, django_assert_num_queries):
        from django.template.loader import get_template

        with django_assert_num_queries(0):
            page = get_template(f"{name}.html").render()
        assert 'lang="nl"' in page

    def test_a_form_that_stood_open_too_long(self, reader):
        reader.handler.enforce_csrf_checks = True
        response = reader.post("/rapporten/", OWN_DATES)
        assert response.status_code == 403
        assert "stond te lang open" in response.content.decode()

    def test_an_address_that_does_not_exist(self, reader):
        assert "bestaat niet" in reader.get("/bestaat/niet/").content.decode()


class TestSigningIn:
    def test_a_wrong_password_is_said_and_the_address_kept(self, client):
        response = client.post("/inloggen/", {"login": "rianne@ot.example.org", "password": "fout"})
        page = response.content.decode()
        assert "Dit klopt nog niet" in page
        assert 'value="rianne@ot.example.org"' in page
        assert 'value="fout"' not in page

    def test_it_leads_nowhere_that_does_not_exist(self, client):
        page = client.get("/inloggen/").content.decode()
        leads = re.findall(r'href="(/(?!static/)[^"]*)"', page)
        assert leads
        assert [path for path in leads if client.get(path).status_code >= 400] == []

    def test_out_again(self, reader):
        assert "Uitloggen" in reader.get("/uitloggen/").content.decode()
        response = reader.post("/uitloggen/", follow=True)
        assert "Je bent uitgelogd." in response.content.decode()
