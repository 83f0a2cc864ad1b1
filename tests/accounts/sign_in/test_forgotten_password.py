"""A letter with a link that opens once, for an hour, for its owner only (T8)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User

from .helpers import OTHER_PASSWORD, account, give_app, give_password, last_mail, link_in, signed_in

pytestmark = pytest.mark.django_db
NEW = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}


def asked(email="rik@ot.example.org") -> str:
    Client().post("/wachtwoord-vergeten/", {"email": email})
    return link_in(last_mail()["text"])


def use(link: str, client=None):
    """Open the link and fill in a new password; the answer."""
    client = client or Client()
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], NEW, follow=True)


def opens(password: str) -> bool:
    return give_password(Client(), password=password).status_code == 302


@pytest.fixture
def rik():
    user = account()
    give_app(user)
    return user


def test_a_link_gives_a_new_password_and_a_letter_that_says_so(rik):
    answer = use(asked())
    assert "Je wachtwoord is gewijzigd" in answer.content.decode()
    assert opens(OTHER_PASSWORD)
    assert last_mail()["subject"] == "Je wachtwoord is gewijzigd"
    assert last_mail()["to"] == rik.email


def test_a_link_works_once(rik):
    link = asked()
    use(link)
    assert "Deze link werkt niet" in Client().get(link, follow=True).content.decode()


def test_a_link_works_for_an_hour(rik):
    link = asked()
    with time_machine.travel(timedelta(minutes=61)):
        assert "Deze link werkt niet" in Client().get(link, follow=True).content.decode()


def test_the_link_of_one_does_not_open_another(rik):
    other = account("ander@ot.example.org")
    link = asked()
    key = link.rstrip("/").rpartition("/")[2].split("-", 1)[1]
    theirs = asked("ander@ot.example.org")
    uid = theirs.rstrip("/").rpartition("/")[2].split("-", 1)[0]
    forged = f"/wachtwoord-vergeten/{uid}-{key}/"
    assert "Deze link werkt niet" in Client().get(forged, follow=True).content.decode()
    other.refresh_from_db()
    assert not other.check_password(OTHER_PASSWORD)


def test_the_key_leaves_the_address_at_once(rik):
    link = asked()
    page = Client().get(link, follow=True)
    key = link.rstrip("/").rpartition("-")[2]
    assert key not in page.request["PATH_INFO"]
    assert key not in page.content.decode()


@pytest.mark.parametrize("visit", ["get", "head"])
def test_a_mail_scanner_that_opens_it_uses_nothing_up(rik, visit):
    link = asked()
    for _ in range(5):
        getattr(Client(), visit)(link, follow=True)
    use(link)
    assert opens(OTHER_PASSWORD)


def test_signing_in_meanwhile_makes_it_worthless(rik):
    link = asked()
    signed_in(rik)
    assert "Deze link werkt niet" in Client().get(link, follow=True).content.decode()


def test_whoever_was_signed_in_with_the_old_password_is_out(rik):
    client = signed_in(rik)
    use(asked())
    assert client.get("/").status_code == 302


def test_never_invited_or_without_a_password_gets_no_letter():
    account("import@ot.example.org", invited_at=None)
    User.objects.create_user("wacht@ot.example.org", name="W.", invited_at=timezone.now())
    for email in ("import@ot.example.org", "wacht@ot.example.org", "onbekend@ot.example.org"):
        Client().post("/wachtwoord-vergeten/", {"email": email})
    assert not OutgoingMail.objects.exists()


def test_a_bad_new_password_is_refused_with_a_reason(rik):
    client = Client()
    page = client.get(asked(), follow=True)
    answer = client.post(
        page.request["PATH_INFO"], {"password1": "rik voorbeeld", "password2": "rik voorbeeld"}
    )
    assert re.search(r"wrong-text[^>]*>\s*\w", answer.content.decode())


def test_nobody_can_fill_a_mailbox(rik):
    for _ in range(30):
        Client().post("/wachtwoord-vergeten/", {"email": rik.email})
    assert OutgoingMail.objects.count() == 4
