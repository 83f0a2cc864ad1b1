"""Guessing a password ends soon, for a while, and not for the owner (T1, T2, T4)."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from accounts.guessing import LIMITS, Limit
from accounts.models import GuessCount

from .helpers import PASSWORD, account, give_app, give_password, last_mail, link_in, sign_in

pytestmark = pytest.mark.django_db
LOCKED = re.compile(
    r"Er is te vaak geprobeerd\. Probeer het opnieuw (op \d\d-\d\d )?na \d\d:\d\d uur"
)


def guess(client, times, email="rik@ot.example.org", **how):
    return [give_password(client, email, f"verkeerd {number}", **how) for number in range(times)]


def is_locked(response) -> bool:
    return bool(LOCKED.search(response.content.decode()))


def knows_the_password(client, email="rik@ot.example.org", **how) -> bool:
    """The right password was let through to the second step."""
    response = give_password(client, email, PASSWORD, **how)
    return response.status_code == 302


def end_the_windows():
    GuessCount.objects.update(resets_at=F("resets_at") - timedelta(hours=30))


def test_however_many_are_made_ten_guesses_are_tried(client):
    account()
    tried = [not is_locked(answer) for answer in guess(client, 30)]
    assert tried.count(True) == 10
    assert not knows_the_password(client), "the eleventh is refused, even when it is right"


def test_the_lock_opens_by_itself_at_the_time_it_names(client):
    give_app(account())
    guess(client, 11)
    end_the_windows()
    assert knows_the_password(client)


def test_a_right_password_costs_nothing(client):
    give_app(account())
    for _ in range(15):
        assert knows_the_password(Client())


def test_the_owner_gets_in_by_the_own_browser_while_a_stranger_guesses():
    user = account()
    own, stranger = Client(), Client()
    sign_in(own, user, give_app(user))
    own.post("/uitloggen/")
    guess(stranger, 15)
    assert not knows_the_password(stranger)
    assert knows_the_password(own)


def test_the_own_browser_is_limited_too_and_knows_no_other_account():
    user = account()
    account("ander@ot.example.org")
    own = Client()
    sign_in(own, user, give_app(user))
    own.post("/uitloggen/")
    assert [is_locked(answer) for answer in guess(own, 12)].count(True) == 2
    guess(Client(), 11, "ander@ot.example.org")
    assert is_locked(give_password(own, "ander@ot.example.org"))


def test_a_letter_unlocks_the_account(client):
    user = account()
    give_app(user)
    guess(client, 11)
    client.post("/wachtwoord-vergeten/", {"email": user.email})
    page = client.get(link_in(last_mail()["text"]), follow=True)
    new = {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    client.post(page.request["PATH_INFO"], new)
    assert give_password(client, user.email, PASSWORD + "!").status_code == 302


def test_spraying_from_one_address_ends(client):
    tried = 0
    for number in range(75):
        tried += not is_locked(guess(client, 1, f"pb{number}@ot.example.org")[0])
    assert tried == 60


def test_spraying_from_many_addresses_ends_with_an_alarm(client, settings, caplog, monkeypatch):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    fewer = [Limit(40, timedelta(minutes=15))]
    monkeypatch.setitem(LIMITS["password"], "everyone", fewer)
    tried = 0
    for number in range(50):
        how = {"headers": {"X-Forwarded-For": f"203.0.113.{number}"}}
        tried += not is_locked(guess(client, 1, f"pb{number}@ot.example.org", **how)[0])
    assert tried == 40
    alarms = [line for line in caplog.messages if "Te veel verkeerde pogingen" in line]
    assert len(alarms) == 1


def test_a_forged_address_is_not_believed(client):
    tried = 0
    for number in range(70):
        how = {"headers": {"X-Forwarded-For": f"203.0.113.{number}"}}
        tried += not is_locked(guess(client, 1, f"pb{number}@ot.example.org", **how)[0])
    assert tried == 60


def test_behind_one_proxy_only_what_the_proxy_added_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    tried = 0
    for number in range(70):
        how = {"headers": {"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"}}
        tried += not is_locked(guess(client, 1, f"pb{number}@ot.example.org", **how)[0])
    assert tried == 60


def test_the_counts_name_nobody(client):
    guess(client, 1)
    assert all(re.fullmatch("[0-9a-f]{64}", count.name) for count in GuessCount.objects.all())
