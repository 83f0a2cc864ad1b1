"""The pages of the quarterly figures: who may see them, what they take, and what they say."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import ADMINISTRATOR
from reporting.models import ReportRun
from tests.reporting.runs import (
    FIGURES,
    HTMX,
    NOT_COLLECTED,
    OWN_DATES,
    a_done_run,
    a_failed_run,
    a_run,
    fatima,
    rianne,
    someone,
)

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
ONE_RUN = ("report", "report_file")


def address(name: str, run: uuid.UUID | None = None) -> str:
    """The address of a page; of a page about a run, of `run` or of one that is done."""
    if name not in (*ONE_RUN, "report_progress"):
        return reverse(name)
    args = [run or a_done_run().pk]
    return reverse(name, args=[*args, "csv"] if name == "report_file" else args)


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


class TestWhoMay:
    @pytest.mark.parametrize("name", ["reports", *ONE_RUN])
    def test_a_passer_by_is_asked_to_sign_in(self, client, name):
        response = client.get(address(name))
        assert response.status_code == 302
        assert response["Location"].startswith("/inloggen/?next=/rapporten/")

    @pytest.mark.parametrize("name", ["reports", *ONE_RUN])
    def test_without_the_right_the_page_says_so(self, client, name):
        client.force_login(fatima())
        response = client.get(address(name))
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
        response = reader.get(address(name, uuid.uuid4()), headers=HTMX)
        assert response.status_code == 404
        assert "bestaat niet" in response.content.decode()

    @pytest.mark.parametrize(
        ("method", "name"),
        [("put", "reports"), ("post", "report"), ("delete", "report_file")],
    )
    def test_a_wrong_method_is_refused(self, reader, method, name):
        assert getattr(reader, method)(address(name)).status_code == 405

    def test_asking_again_is_no_link(self, reader):
        assert reader.get(reverse("report_again", args=[a_done_run().pk])).status_code == 405


class TestHome:
    def test_who_reads_figures_lands_on_them(self, reader):
        assert reader.get("/")["Location"] == "/rapporten/"

    def test_who_manages_people_lands_on_them(self, client):
        client.force_login(someone("beheer@ot.example.org", "Bea Beheer", ADMINISTRATOR))
        assert client.get("/")["Location"] == "/beheer/medewerkers/"

    def test_an_account_without_a_role_reads_whom_to_ask(self, client):
        client.force_login(someone("niemand@ot.example.org", "Noor Niemand", None))
        page = client.get("/").content.decode()
        assert "heeft geen rol" in page
        assert "functioneel beheerder" in page


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
        menu = '"auth_permission"'  # says on every page what waits for someone
        sqls = [one["sql"] for one in queries if menu not in one["sql"]]
        read = [sql for sql in sqls if '"reporting_' in sql or '"cases_' in sql]
        assert len(read) == 2
