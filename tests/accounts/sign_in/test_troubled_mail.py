"""Letters that failed or are uncertain: seen by an administrator, without what is in them."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.mail_backend import Refused
from accounts.models import OutgoingMail
from accounts.services import outbox, troubled_mail
from accounts.tasks import sweep_mail

from .helpers import (
    account,
    administrator,
    give_recovery_codes,
    manager,
    next_code,
    signed_in,
)
from .test_outbox import letter, state_of

pytestmark = pytest.mark.django_db
PAGE = "/beheer/mail/"
QUERIES = 9


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr(outbox, "wake_a_worker", lambda *which: None)


@pytest.fixture
def fay():
    return administrator()


@pytest.fixture
def browser(fay):
    return signed_in(fay)


def failed(**fields) -> OutgoingMail:
    mail = letter(**fields)
    outbox._end(outbox.claim(mail.pk), OutgoingMail.State.FAILED, "De mailserver weigerde: nee")
    mail.refresh_from_db()
    return mail


def uncertain(**fields) -> OutgoingMail:
    mail = letter(**fields)
    outbox._end(outbox.claim(mail.pk), OutgoingMail.State.UNCERTAIN, "Misschien wel")
    mail.refresh_from_db()
    return mail


def test_the_page_shows_kind_moment_and_state_and_nothing_of_what_is_in_it(browser):
    rik = account()
    failed(purpose="invitation", recipient=rik, subject="Geheim onderwerp")
    uncertain(purpose="noodtoegang", to="onbekend@elders.example.org")
    letter()
    text = browser.get(PAGE).content.decode()
    assert "Uitnodiging" in text
    assert "niet verstuurd" in text
    assert "Noodtoegang" in text
    assert "onzeker" in text
    assert "Rik Voorbeeld" in text
    for hidden in ("Geheim", rik.email, "onbekend@", "weigerde", "Met een sleutel"):
        assert hidden not in text
    assert len(browser.get(PAGE).context["letters"]) == 2


def test_the_menu_counts_what_waits_and_is_silent_when_nothing_does(browser):
    assert 'class="waits"' not in browser.get("/beheer/medewerkers/").content.decode()
    failed()
    uncertain()
    assert 'class="waits">2<' in browser.get("/beheer/medewerkers/").content.decode()
    text = signed_in(manager()).get("/beheer/medewerkers/").content.decode()
    assert 'class="waits"' not in text


def test_what_failed_is_sent_again_by_hand(browser, monkeypatch):
    mail = failed()
    browser.post(f"{PAGE}{mail.pk}/opnieuw/")
    assert state_of(mail) == "waiting"
    sweep_mail()
    assert state_of(mail) == "sent"
    assert mail.sealed_body == ""
    assert [sent.subject for sent in django_mail.outbox] == ["Een brief"]
    page = browser.post(f"{PAGE}{mail.pk}/opnieuw/", follow=True).content.decode()
    assert "intussen al afgehandeld of opnieuw verstuurd" in page


def test_refused_by_the_server_its_text_is_kept_for_that(monkeypatch):
    mail = letter()

    def refuse(message) -> None:
        raise Refused("550 onbekend")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    sweep_mail()
    assert state_of(mail) == "failed"
    assert troubled_mail.can_be_sent_again(mail)


def test_what_is_uncertain_is_never_sent_again(browser):
    mail = uncertain()
    assert "Opnieuw versturen" not in browser.get(PAGE).content.decode()
    page = browser.post(f"{PAGE}{mail.pk}/opnieuw/", follow=True).content.decode()
    assert "kan niet meer opnieuw" in page
    sweep_mail()
    assert state_of(mail) == "uncertain"
    assert django_mail.outbox == []


def test_set_aside_it_leaves_the_list_with_who_did(browser, fay):
    for mail in (failed(), uncertain()):
        browser.post(f"{PAGE}{mail.pk}/afgehandeld/")
        mail.refresh_from_db()
        assert (mail.handled_by, mail.sealed_body) == (fay, "")
        assert mail.handled_at is not None
    assert "niets blijven liggen" in browser.get(PAGE).content.decode()


def test_after_a_week_the_text_is_wiped(fay):
    mail = failed()
    assert troubled_mail.wipe_old() == 0
    OutgoingMail.objects.update(finished_at=F("finished_at") - timedelta(days=8))
    assert troubled_mail.wipe_old() == 1
    with pytest.raises(ValidationError, match="gewist"):
        troubled_mail.send_again(mail, by=fay)


def test_other_roles_see_none_of_it():
    mail = failed()
    client = signed_in(manager())
    assert client.get(PAGE).status_code == 403
    for deed in ("opnieuw", "afgehandeld"):
        assert client.post(f"{PAGE}{mail.pk}/{deed}/").status_code == 403
    assert state_of(mail) == "failed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"handled_at": F("created_at")},
        {"handled_at": F("created_at"), "handled_by": F("created_by"), "state": "waiting"},
    ],
)
def test_the_database_refuses_half_a_handling(fay, wrong):
    mail = letter(by=fay)
    with pytest.raises(IntegrityError, match="mail_handled_whole"), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**wrong)


@pytest.mark.parametrize("many", [1, 3, 100])
def test_it_costs_as_much_for_one_as_for_a_hundred(browser, fay, django_assert_num_queries, many):
    for number in range(many):
        (failed if number % 2 else uncertain)(recipient=fay)
    browser.get(PAGE)
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)


class TestRecoveryCodes:
    ADDRESS = "/account/beveiliging/herstelcodes/"

    def codes_made(self, client, user) -> None:
        give_recovery_codes(user)
        again = "/account/beveiliging/bevestigen/code/"
        client.post(again, {"code": next_code(user), "next": self.ADDRESS})

    def test_they_can_be_downloaded_at_once(self, browser, fay):
        self.codes_made(browser, fay)
        page = browser.get(self.ADDRESS)
        assert "Codes downloaden" in page.content.decode()
        file = browser.get(f"{self.ADDRESS}bewaren/")
        assert file["Content-Disposition"] == 'attachment; filename="herstelcodes.txt"'
        assert "no-store" in file["Cache-Control"]
        codes = page.context["unused_codes"]
        assert all(code in file.content.decode() for code in codes)
        assert "Elke code werkt één keer" in file.content.decode()

    def test_not_without_saying_who_it_is_again(self, browser, fay):
        codes = give_recovery_codes(fay)
        with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=True):
            response = browser.get(f"{self.ADDRESS}bewaren/")
        assert response.status_code == 302
        assert codes[0] not in response.content.decode()
