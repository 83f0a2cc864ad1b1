"""The first visit: one link, seven days, once (T8, T47 to T49)."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client

from accounts.models import Invitation, OutgoingMail, User
from accounts.services.invitations import VALID, hash_of, invite

from .helpers import (
    OTHER_PASSWORD,
    account,
    administrator,
    code_of,
    is_in,
    last_mail,
    link_in,
    signed_in,
)

pytestmark = pytest.mark.django_db
CHOSEN = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
DEAD = "Deze link werkt niet (meer)"


@pytest.fixture
def fay():
    return administrator()


@pytest.fixture
def new(fay) -> User:
    return User.objects.create_user("nieuw@ot.example.org", name="Noor Nieuw")


def path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def accept(link: str, client=None):
    client = client or Client()
    client.get(path(link), follow=True)
    return client.post("/uitnodiging/", CHOSEN, follow=True)


def test_from_the_letter_to_the_first_page(client, new, fay):
    invite(new, by=fay, site="https://ot.example.nl/")
    letter = last_mail()
    assert (letter["to"], letter["purpose"]) == (new.email, "invitation")
    page = client.get(link_in(letter["text"]), follow=True)
    assert "Welkom, Noor Nieuw" in page.content.decode()
    page = client.post("/uitnodiging/", CHOSEN, follow=True)
    assert page.request["PATH_INFO"] == "/account/beveiliging/"
    page = client.get("/account/beveiliging/app/")
    code = code_of(page.context["form"].secret)
    page = client.post("/account/beveiliging/app/", {"code": code}, follow=True)
    assert page.request["PATH_INFO"] == "/account/beveiliging/herstelcodes/"
    assert len(page.context["unused_codes"]) == 10
    assert client.get("/").status_code == 200
    assert Authenticator.objects.filter(user=new).count() == 2


def test_a_link_works_once(new, fay):
    link = invite(new, by=fay)
    accept(link)
    answer = accept(link)
    assert answer.status_code == 404
    assert DEAD in answer.content.decode()


def test_a_link_works_for_seven_days(new, fay):
    link = invite(new, by=fay)
    Invitation.objects.update(expires_at=F("expires_at") - VALID - timedelta(seconds=1))
    assert DEAD in accept(link).content.decode()
    new.refresh_from_db()
    assert not new.has_usable_password()


def test_a_newer_letter_replaces_the_older(new, fay):
    first, second = invite(new, by=fay), invite(new, by=fay)
    assert accept(first).status_code == 404
    assert accept(second).request["PATH_INFO"] == "/account/beveiliging/"


def test_an_unknown_used_or_old_link_gets_one_answer(new, fay):
    used = invite(new, by=fay)
    accept(used)
    pages = []
    for link in (used, "x/x/x/uitnodiging/bestaat-niet/"):
        client = Client()
        answer = client.get(path(link), follow=True)
        pages.append((answer.status_code, answer.content))
    assert pages[0] == pages[1]


def test_the_key_is_long_and_only_its_hash_is_kept(new, fay):
    token = invite(new, by=fay).rstrip("/").rpartition("/")[2]
    assert len(token) >= 43  # 256 bits
    assert Invitation.objects.get().token_hash == hash_of(token)
    assert token not in str(list(Invitation.objects.values()) + list(OutgoingMail.objects.values()))


def test_the_key_leaves_the_address_at_once(client, new, fay):
    link = invite(new, by=fay)
    answer = client.get(path(link))
    assert answer["Location"] == "/uitnodiging/"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_mail_scanner_uses_nothing_up(new, fay):
    link = invite(new, by=fay)
    for _ in range(5):
        Client().head(path(link))
        Client().get(path(link), follow=True)
    assert accept(link).request["PATH_INFO"] == "/account/beveiliging/"


def test_trying_links_ends(client):
    answers = [client.get(f"/uitnodiging/{n}/", follow=True).status_code for n in range(25)]
    assert answers == [404] * 20 + [429] * 5


def test_whoever_sat_there_is_signed_out(new, fay):
    client = signed_in(account())
    accept(invite(new, by=fay), client)
    assert client.get("/account/beveiliging/").context["user"] == new


def test_an_account_in_use_or_closed_is_not_invited(new, fay):
    with pytest.raises(ValidationError, match="al in gebruik"):
        invite(account(), by=fay)
    new.is_active = False
    new.save()
    with pytest.raises(ValidationError, match="gesloten"):
        invite(new, by=fay)


def test_before_the_password_is_chosen_nobody_gets_in(client, new, fay):
    invite(new, by=fay)
    client.post("/inloggen/", {"login": new.email, "password": ""})
    client.post("/inloggen/", {"login": new.email, "password": OTHER_PASSWORD})
    assert not is_in(client)


def test_the_database_refuses_a_second_open_invitation(new, fay):
    invite(new, by=fay)
    row = Invitation.objects.get()
    row.pk, row.token_hash, row._state.adding = None, "x", True
    with pytest.raises(IntegrityError, match="invitation_one_open"), transaction.atomic():
        row.save()
