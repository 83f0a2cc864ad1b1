"""Nobody gets past the second step, and a code opens once (T6, T7)."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver

from accounts.models import User

from .helpers import (
    PASSWORD,
    account,
    code_of,
    give_app,
    give_code,
    give_password,
    give_recovery_codes,
    is_in,
    last_mail,
    link_in,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db


def pages() -> list[str]:
    """Every page without a number in its address."""
    found = []

    def walk(patterns, prefix=""):
        for pattern in patterns:
            route = prefix + str(pattern.pattern).replace("^", "").replace("$", "")
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
            elif "<" not in route and "(" not in route:
                found.append("/" + route)

    walk(get_resolver().url_patterns)
    return found


OPEN_TO_ALL = {
    "/inloggen/",
    "/inloggen/tweede-stap/",
    "/uitloggen/",
    "/uitnodiging/",
    "/wachtwoord-vergeten/",
    "/wachtwoord-vergeten/verstuurd/",
    "/wachtwoord-vergeten/klaar/",
    "/.well-known/security.txt",
    "/publicaties/reeks/",
    "/publicaties/",  # whoever passes by may read and register
    "/aanmelden/",
}


def halfway_a_step():
    """The clock stands still, in the middle of the half minute of one code."""
    return time_machine.travel(time.time() // 30 * 30 + 15, tick=False)


class TestHalfWay:
    """The password was right; the second step not yet taken."""

    @pytest.fixture
    def half(self):
        give_app(account())
        client = Client()
        give_password(client)
        return client

    def test_no_page_opens(self, half):
        reached = [
            page
            for page in set(pages()) - OPEN_TO_ALL
            if half.get(page, headers={"HX-Request": "true"}).status_code == 200
            and half.get(page).status_code not in {302, 405}
        ]
        assert not reached

    def test_signing_in_again_leads_to_the_second_step(self, half):
        assert half.get("/inloggen/")["Location"] == "/inloggen/tweede-stap/"

    def test_a_letter_for_a_new_password_does_not_skip_it(self, half):
        half.post("/wachtwoord-vergeten/", {"email": "rik@ot.example.org"})
        page = half.get(link_in(last_mail()["text"]), follow=True)
        new = {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}
        half.post(page.request["PATH_INFO"], new)
        assert not is_in(half)
        give_password(half, password=PASSWORD + "!")
        assert not is_in(half)

    def test_nothing_is_remembered_for_the_next_time(self):
        user = account()
        secret = give_app(user)
        client = Client()
        sign_in(client, user, secret)
        client.post("/uitloggen/")
        give_password(client)
        assert not is_in(client)

    def test_a_closed_account_stops_half_way(self, half):
        User.objects.update(is_active=False)
        give_code(half, "123456")
        assert not is_in(half)


class TestWithoutASecondFactor:
    def test_an_account_sees_only_how_to_set_one_up(self, client):
        account()
        give_password(client)
        setting_up = {
            page: client.get(page)
            for page in set(pages()) - OPEN_TO_ALL - {"/account/beveiliging/bevestigen/"}
        }
        shown = {page for page, answer in setting_up.items() if answer.status_code == 200}
        assert shown == {
            "/account/beveiliging/",
            "/account/beveiliging/app/",
            "/account/beveiliging/sleutels/nieuw/",
        }
        others = [answer for page, answer in setting_up.items() if page not in shown]
        assert {answer["Location"] for answer in others if answer.status_code == 302} == {
            "/account/beveiliging/"
        }

    def test_a_session_opened_with_the_password_alone_ends_when_the_owner_sets_one_up(self, client):
        user = account()
        give_password(client)  # a stranger who knows the password, before the owner came
        give_app(user)
        assert client.get("/account/beveiliging/").status_code == 302
        assert not is_in(client)

    def test_removing_the_last_one_leads_to_setting_up_another(self):
        user = account()
        client = signed_in(user)
        client.post("/account/beveiliging/app/verwijderen/")
        assert not Authenticator.objects.filter(user=user).exists()
        assert client.get("/")["Location"] == "/account/beveiliging/"

    def test_in_the_demo_only_its_own_people_go_without(self, client, settings):
        settings.DEMO, settings.SECOND_FACTOR_SKIPPED_FOR = True, settings.DEMO_ADDRESSES
        account("pim@demo.example.org")
        give_password(client, "pim@demo.example.org")
        assert is_in(client)
        assert client.get("/").status_code == 200
        other = Client()
        account("pim@ot.example.org")
        give_password(other, "pim@ot.example.org")
        assert other.get("/")["Location"] == "/account/beveiliging/"

    def test_outside_the_demo_its_people_do_not_get_in(self, client):
        account("pim@demo.example.org")
        give_password(client, "pim@demo.example.org")
        assert not is_in(client)


class TestCodes:
    def test_each_code_opens_once(self):
        user = account()
        secret = give_app(user)
        with halfway_a_step() as clock:
            code = code_of(secret)
            opened = 0
            for _ in range(4):  # now and half a minute later it is still a right code
                client = Client()
                give_password(client)
                give_code(client, code)
                opened += is_in(client)
                clock.shift(14)
        assert opened == 1

    @pytest.mark.parametrize(("steps", "opens"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
    def test_a_clock_may_be_one_step_off(self, client, steps, opens):
        secret = give_app(account())
        with halfway_a_step():
            give_password(client)
            give_code(client, code_of(secret, steps=steps))
            assert is_in(client) == bool(opens)

    def test_an_older_code_is_dead_once_a_newer_one_was_used(self):
        secret = give_app(account())
        with halfway_a_step():
            for steps, opens in ((0, True), (-1, False)):
                client = Client()
                give_password(client)
                give_code(client, code_of(secret, steps=steps))
                assert is_in(client) == opens

    def test_the_code_of_setting_up_is_used_up_too(self, client):
        user = account()
        give_password(client)
        page = client.get("/account/beveiliging/app/")
        secret = page.context["form"].secret
        with halfway_a_step():
            code = code_of(secret)
            client.post("/account/beveiliging/app/", {"code": code})
            assert Authenticator.objects.filter(user=user, type="totp").exists()
            other = Client()
            give_password(other)
            give_code(other, code)
            assert not is_in(other)

    def test_a_recovery_code_opens_once(self):
        user = account()
        give_app(user)
        code = give_recovery_codes(user)[3]
        opened = 0
        for _ in range(3):
            client = Client()
            give_password(client)
            give_code(client, code)
            opened += is_in(client)
        assert opened == 1
