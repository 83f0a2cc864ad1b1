"""Sessions: a new one at each door, none after leaving, and an end to all (T30, T31)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client

from accounts.models import BrowserSession
from accounts.sessions import SessionStore, clear_ended

from .helpers import (
    account,
    code_of,
    give_app,
    give_code,
    give_password,
    is_in,
    next_code,
    signed_in,
)

pytestmark = pytest.mark.django_db


def age(**times: timedelta) -> None:
    """As if that much time went by."""
    BrowserSession.objects.update(**{name: F(name) - time for name, time in times.items()})


def key_of(client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_signing_in_gives_a_new_session_each_time(client):
    secret = give_app(account())
    client.get("/uitnodiging/sleutel-van-een-ander/")  # has a session, as a stranger
    keys = [key_of(client)]
    give_password(client)
    keys.append(key_of(client))
    give_code(client, code_of(secret))
    keys.append(key_of(client))
    assert keys[2] not in keys[:2]
    fixated = Client()
    for old in keys[:2]:
        fixated.cookies[settings.SESSION_COOKIE_NAME] = old
        assert not is_in(fixated)


def test_a_made_up_session_is_not_taken_over(client):
    secret = give_app(account())
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    give_password(client)
    give_code(client, code_of(secret))
    assert key_of(client) != "a" * 32


def test_after_signing_out_the_session_is_dead_and_the_browser_empty():
    client = signed_in(account())
    key = key_of(client)
    answer = client.post("/uitloggen/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(thief)


def test_signing_out_by_a_link_does_nothing():
    client = signed_in(account())
    client.get("/uitloggen/")
    assert is_in(client)


def test_a_copy_of_the_table_opens_nothing():
    client = signed_in(account())
    stored = BrowserSession.objects.get(user__email="rik@ot.example.org").session_key
    assert key_of(client) not in stored
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stored
    assert not is_in(thief)


def test_two_browsers_have_two_sessions_and_one_may_leave():
    rik = account()
    one, other = signed_in(rik), signed_in(rik)
    one.post("/uitloggen/")
    assert is_in(other)
    assert not is_in(one)


def test_a_quarter_without_a_page_ends_it():
    client = signed_in(account())
    age(seen_at=timedelta(minutes=14))
    assert is_in(client)  # and the quarter begins again
    age(seen_at=timedelta(minutes=14))
    assert is_in(client)
    age(seen_at=timedelta(minutes=15, seconds=1))
    assert not is_in(client)


def test_twelve_hours_after_signing_in_it_ends_however_busy():
    client = signed_in(account())
    age(started_at=timedelta(hours=11, minutes=59))
    assert is_in(client)
    age(started_at=timedelta(minutes=2))
    assert not is_in(client)


def test_a_page_that_polls_keeps_nothing_alive():
    client = signed_in(account())
    age(seen_at=timedelta(minutes=10))
    client.get("/rapporten/00000000-0000-0000-0000-000000000001/voortgang/")
    age(seen_at=timedelta(minutes=6))
    assert not is_in(client)


def test_after_the_quarter_one_comes_back_to_the_same_page():
    rik = account()
    client = signed_in(rik)
    page = "/account/wachtwoord/?van=ver"
    age(seen_at=timedelta(minutes=20))
    answer = client.get(page, follow=True)
    assert "Je bent uitgelogd. Dat gebeurt vanzelf" in answer.content.decode()
    next_page = answer.context["redirect_field_value"]
    give_password(client, next=next_page)
    assert give_code(client, next_code(rik))["Location"] == page


def test_a_fragment_of_a_page_sends_the_whole_page_to_the_door(client):
    answer = client.get("/account/beveiliging/", headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert not answer.content


def test_a_later_save_does_not_bring_an_old_session_to_life():
    session = SessionStore()
    session["a"] = 1
    session.save()
    age(seen_at=timedelta(minutes=20))
    session["a"] = 2
    session.save()
    assert SessionStore(session.session_key).load() == {}


def test_what_ended_is_thrown_away():
    signed_in(account())
    age(seen_at=timedelta(minutes=20))
    assert clear_ended() >= 1
    assert not BrowserSession.objects.exists()


def test_a_session_in_use_is_written_once_in_half_a_minute():
    client = signed_in(account())
    seen = BrowserSession.objects.values_list("seen_at", flat=True)
    age(seen_at=timedelta(seconds=20))
    before = seen.get()
    is_in(client)
    assert seen.get() == before
    age(seen_at=timedelta(seconds=20))
    is_in(client)
    assert seen.get() > before
