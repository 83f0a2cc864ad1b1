"""The figures of docs/privacy.md in short (T1, T2, T3): python -m tests.accounts.sign_in.guessing
measures them whole. Time itself fails nothing here: a busy machine says little."""

import pytest
from django.core import mail
from django.test import Client

from accounts.guessing import ALARM_AT
from accounts.models import GuessCount, OutgoingMail

from .guessing_measures import (
    asking_for_a_letter,
    signing_in,
    sprayed_before_an_alarm,
    told_apart_by_time,
    tried_in_an_hour,
)
from .helpers import account, administrator, give_password, last_mail, manager

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("accounts.services.outbox.wake_a_worker", lambda *which: None)
    monkeypatch.setattr("accounts.forms.sign_in.wake_a_worker", lambda *which: None)


def test_of_one_account_ten_a_quarter_of_an_hour_are_looked_at():
    assert tried_in_an_hour(posts=150) in range(30, 51)


def test_spraying_is_heard_of_while_it_goes_on():
    assert sprayed_before_an_alarm(accounts=60, times=2) == ALARM_AT["password"]


@pytest.mark.parametrize("make", [signing_in, asking_for_a_letter])
def test_the_curve_is_a_share(make, settings):
    settings.EVEN_SECONDS = 0.01
    assert 0.5 <= told_apart_by_time(make, rounds=5) <= 1


class TestTheLetter:
    def sprayed(self, many: int) -> None:
        for number in range(many):
            how = {"headers": {"X-Forwarded-For": f"198.51.100.{number}"}}
            give_password(Client(), f"pb{number}@ot.example.org", "zomer", **how)

    @pytest.fixture(autouse=True)
    def behind_a_proxy(self, settings, monkeypatch):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        monkeypatch.setitem(ALARM_AT, "password", 12)

    def test_goes_to_every_administrator_once_and_names_nobody(self):
        fay, bea = administrator(), administrator("bea@ot.example.org")
        manager()
        self.sprayed(11)
        assert not OutgoingMail.objects.exists()
        self.sprayed(30)
        assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [bea.email, fay.email]
        letter = last_mail()
        assert "geprobeerd in te loggen" in letter["text"]
        assert "pb1" not in letter["text"]
        assert "198.51" not in letter["text"]
        assert mail.outbox == [], "by the outbox, where they see whether it went"

    def test_one_address_that_is_shut_is_told_too(self, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
        administrator()
        for number in range(61):
            give_password(Client(), "rik@ot.example.org", f"verkeerd {number}")
        assert OutgoingMail.objects.filter(purpose="guessing_alarm").count() == 1

    def test_a_next_quarter_has_a_letter_of_its_own(self):
        administrator()
        self.sprayed(13)
        GuessCount.objects.all().delete()
        self.sprayed(13)
        assert OutgoingMail.objects.filter(purpose="guessing_alarm").count() == 2

    def test_an_office_that_makes_mistakes_is_no_alarm(self):
        administrator()
        account()
        for _ in range(3):
            give_password(Client(), password="verkeerd")
        assert not OutgoingMail.objects.exists()
