"""The pages of a survey report: who gets in, what is logged, and why there is none yet."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLine
from surveys.report.making import report_of
from surveys.services.rounds import end
from tests.cases.office import browser_of, colleague
from tests.surveys.asking import a_running_round, reporter
from tests.surveys.saying import a_round_that_is_over, random_answers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]
GROUPS = {"parent": 60, "child": 50}


class TestPages:
    def test_why_there_is_no_report_yet(self):
        round = a_running_round(many=12)
        browser = browser_of(reporter())
        assert f"/enquetes/{round.pk}/rapport/" in browser.get(f"/enquetes/{round.pk}/").text
        page = browser.get(f"/enquetes/{round.pk}/rapport/").text
        assert "als er minstens 10 antwoorden zijn" in page
        file = browser.get(f"/enquetes/{round.pk}/rapport/rapport.csv")
        assert file.headers["Location"] == f"/enquetes/{round.pk}/rapport/"
        end(round=round, by=None)
        assert "Er zijn geen 10 antwoorden" in browser.get(f"/enquetes/{round.pk}/rapport/").text
        assert browser.get(f"/enquetes/{round.pk}/rapport/rapport.doc").status_code == 404

    def test_the_privacy_officer_finds_it_and_each_reading_is_logged(self):
        round, _ = a_round_that_is_over("Voorjaar", GROUPS, random_answers(7))
        officer = colleague("floor", "functionaris gegevensbescherming")
        browser = browser_of(officer)
        address = f"/enquetes/{round.pk}/rapport/"
        assert address in browser.get("/enquetes/rapporten/").text
        assert browser.get(address).status_code == 200
        assert browser.get(f"{address}rapport.xlsx").status_code == 200
        logged = AccessLine.objects.filter(actor=officer, object_type="enquête")
        found = set(logged.values_list("action", "part", "ground", "object_id"))
        key = str(round.pk)
        assert found == {(one, "rapport", "counts", key) for one in ("read", "export")}

    @pytest.mark.parametrize("second", ["rapporteur", "functionaris gegevensbescherming"])
    def test_who_supports_families_never_sees_it(self, second):
        round, _ = a_round_that_is_over("Voorjaar", GROUPS, random_answers(8))
        supervisor = colleague("fatima")
        supervisor.groups.add(Group.objects.get(name=second))
        browser = browser_of(supervisor)
        for page in ("rapporten/", f"{round.pk}/rapport/", f"{round.pk}/rapport/rapport.csv"):
            assert browser.get(f"/enquetes/{page}").status_code == 404
        assert "/enquetes/rapporten/" not in browser.get("/vandaag/").text

    def test_a_manager_reads_the_quarterly_report_and_not_this(self):
        round, _ = a_round_that_is_over("Voorjaar", GROUPS, random_answers(9))
        browser = browser_of(colleague("mirjam", "teammanager"))
        assert browser.get(f"/enquetes/{round.pk}/rapport/").status_code == 404

    def test_the_number_of_queries_does_not_grow_with_the_answers(self):
        counted = []
        for seed, groups in ((1, {"parent": 100}), (2, {"parent": 20})):
            round, _ = a_round_that_is_over(f"Ronde {seed}", groups, random_answers(seed))
            with CaptureQueriesContext(connection) as queries:
                report_of(round, previous=None, remarks={})
            counted.append(len(queries))
        assert counted == [7, 7]
