"""The demo holds a survey, and shows what it mailed."""

import pytest
from django.core.mail import EmailMessage

from cases.models import Applicant
from ondersteuning.demo.remarks import BETTER, GOOD, NAME, RELEASED, hold_a_round_that_is_over
from ondersteuning.demo.survey import hold_a_survey
from surveys.models import Invitation, Remark, Round
from surveys.remarks import how_many
from surveys.report.rounds import told_report
from tests.cases.office import browser_of, colleague, officer
from tests.surveys.asking import TODAY, parents

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


def test_a_round_runs_once():
    parents(12)
    hold_a_survey(TODAY)
    hold_a_survey(TODAY)
    assert Round.objects.get().is_running
    assert Invitation.objects.count() == Applicant.objects.count() == 12


def test_a_round_that_is_over_has_free_text_to_read():
    hold_a_round_that_is_over(TODAY)
    hold_a_round_that_is_over(TODAY)
    round = Round.objects.get(name=NAME)
    assert how_many(Remark.objects.readable())[round.pk]["new"] == len(GOOD) + len(BETTER)
    page = browser_of(officer()).get(f"/enquetes/{round.pk}/nalezen/").text
    assert "Beginnen met nalezen" in page


def test_its_report_shows_everything_there_is_to_see():
    hold_a_round_that_is_over(TODAY)
    report = told_report(Round.objects.get(name=NAME))
    assert report.answers >= 30
    response, satisfied, helped, grade, good, _ = report.sections
    assert not any(section.hidden for section in report.sections)
    assert all(section.groups for section in (response, satisfied, helped, grade))
    assert all(section.leading[-1].change for section in (response, satisfied, grade))
    assert good.remarks == tuple(sorted(RELEASED))


def test_what_was_mailed_is_read_on_a_page(settings, tmp_path):
    settings.DEMO, settings.MAIL_FOLDER = True, tmp_path / "mail"
    settings.EMAIL_BACKEND = "accounts.mail_backend.Letterbox"
    browser = browser_of(colleague("pim"))
    assert "Er is nog niets verstuurd" in browser.get("/demo/mail/").text
    EmailMessage(
        "Één vraag", "Kijk op\nhttp://127.0.0.1:8000/enquete/x/", to=["a@example.org"]
    ).send()
    page = browser.get("/demo/mail/").text
    assert "Één vraag · aan a@example.org" in page
    assert '<a href="http://127.0.0.1:8000/enquete/x/"' in page


def test_on_a_server_there_is_no_such_page(settings):
    settings.DEMO = False
    assert browser_of(colleague("pim")).get("/demo/mail/").status_code == 404
