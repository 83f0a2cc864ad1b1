"""Opening a file in an emergency asks who it is once more, and loses nothing of what was typed."""

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Draft
from accounts.roles import PROCESS_SUPERVISOR
from accounts.services import outbox
from cases.models import EmergencyAccess
from tests.accounts.sign_in.helpers import (
    PASSWORD,
    account,
    give_recovery_codes,
    next_code,
    signed_in,
)
from tests.cases.office import a_case, browser_of, colleague
from tests.cases.test_emergency import PAGE, REASON, asked
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
CODE = f"/account/beveiliging/bevestigen/code/?next={PAGE.replace('/', '%2F')}"


@pytest.fixture(autouse=True)
def as_on_a_server(settings, monkeypatch):
    settings.SECOND_FACTOR_SKIPPED_FOR = ()
    monkeypatch.setattr(outbox, "wake_a_worker", lambda *which: None)


@pytest.fixture
def case():
    return a_case(colleague("fatima"))


@pytest.fixture
def bob():
    return account("bob@ot.example.org", PROCESS_SUPERVISOR)


@pytest.fixture
def later():
    """Six minutes after signing in."""
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=6), tick=True):
        yield


@pytest.fixture
def browser(bob, request):
    client = signed_in(bob)
    request.getfixturevalue("later")
    return client


def test_the_code_is_asked_and_what_was_typed_stands_there_again(case, bob, browser):
    response = browser.post(PAGE, asked(case, reason=f"{REASON} <b>nu</b>"))
    assert response["Location"] == CODE
    assert not EmergencyAccess.objects.exists()
    assert "bewaard" in browser.get(CODE).content.decode()
    back = browser.post(CODE, {"code": next_code(bob), "next": PAGE})
    assert back["Location"] == PAGE
    page = browser.get(PAGE)
    text = page.content.decode()
    assert "Je eerdere tekst is teruggezet" in text
    assert f"{REASON} &lt;b&gt;nu&lt;/b&gt;" in text
    assert family_of(case).number in text
    opened = browser.post(PAGE, asked(case))
    assert opened["Location"] == f"/gezinnen/{family_of(case).pk}/"
    assert Draft.objects.get(user=bob, form="noodtoegang").content == {}


def test_shortly_after_signing_in_it_is_not_asked_again(case, bob):
    assert signed_in(bob).post(PAGE, asked(case))["Location"].startswith("/gezinnen/")
    assert EmergencyAccess.objects.filter(user=bob).exists()


def test_a_password_does_not_do(case, browser):
    browser.post(PAGE, asked(case))
    again = "/account/beveiliging/bevestigen/"
    browser.post(again, {"password": PASSWORD, "next": PAGE})
    assert browser.post(PAGE, asked(case))["Location"] == CODE
    assert not EmergencyAccess.objects.exists()


def test_a_recovery_code_does(case, bob, browser):
    browser.post(PAGE, asked(case))
    browser.post(CODE, {"code": give_recovery_codes(bob)[0], "next": PAGE})
    browser.post(PAGE, asked(case))
    assert EmergencyAccess.objects.filter(user=bob).exists()


def test_a_number_that_does_not_exist_is_asked_the_code_just_the_same(case, browser):
    assert browser.post(PAGE, asked(case, nummer="G99999"))["Location"] == CODE


def test_who_may_go_without_a_second_factor_is_exempt_as_elsewhere(case, settings):
    settings.SECOND_FACTOR_SKIPPED_FOR = ("dani@ot.example.org",)
    dani = colleague("dani")
    browser_of(dani).post(PAGE, asked(case))
    assert EmergencyAccess.objects.filter(user=dani).exists()
