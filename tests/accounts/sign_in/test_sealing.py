"""Small secrets can't be read in the database, changed, or moved; and their key can be replaced."""

import os

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.models import BrowserSession, OutgoingMail
from accounts.sealing import CannotOpen, is_current, seal, unseal
from accounts.services.outbox import send_later
from accounts.tasks import sweep_mail

from .helpers import (
    account,
    code_of,
    give_app,
    give_code,
    give_password,
    give_recovery_codes,
    is_in,
)

OLD, NEW = os.urandom(32), os.urandom(32)


@pytest.fixture
def keys(settings):
    settings.FIELD_KEYS = {"oud": OLD}
    return settings


def test_there_and_back(keys):
    sealed = seal("geheim €", purpose="a")
    assert "geheim" not in sealed
    assert sealed.startswith("v1.oud.")
    assert unseal(sealed, purpose="a") == "geheim €"
    assert seal("geheim €", purpose="a") != sealed


def test_changed_or_moved_it_does_not_open(keys):
    sealed = seal("geheim", purpose="rij 1")
    for wrong in (sealed[:-4] + "AAA=", sealed.replace("v1", "v2"), "", "v1.oud", "v1.oud.x"):
        with pytest.raises(CannotOpen):
            unseal(wrong, purpose="rij 1")
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose="rij 2")


def test_without_its_key_it_does_not_open(keys):
    sealed = seal("geheim", purpose="a")
    keys.FIELD_KEYS = {"nieuw": NEW}
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose="a")


@pytest.mark.django_db
def test_the_secret_of_an_app_and_the_recovery_codes_are_sealed_in_every_table(client):
    user = account()
    give_password(client)
    secret = client.get("/account/beveiliging/app/").context["form"].secret
    session = BrowserSession.objects.get(user=user)
    assert secret not in str(session.get_decoded()), "while it is set up"
    client.post("/account/beveiliging/app/", {"code": code_of(secret)})
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    assert rows.count("v1.lokaal.") == 2
    assert secret not in str(BrowserSession.objects.get(user=user).get_decoded())


@pytest.mark.django_db
def test_a_new_key_takes_over_everything(keys, client):
    user = account()
    secret, codes = give_app(user), give_recovery_codes(user)
    send_later(to=user.email, subject="Brief", text="x", purpose="proef", by=None)
    keys.FIELD_KEYS = {"nieuw": NEW, "oud": OLD}
    call_command("reseal", verbosity=0)
    keys.FIELD_KEYS = {"nieuw": NEW}
    assert all(is_current(mail.sealed_body) for mail in OutgoingMail.objects.all())
    give_password(client)
    give_code(client, code_of(secret))
    assert is_in(client)
    assert give_recovery_codes(user) == codes
    sweep_mail()
    assert OutgoingMail.objects.get().state == "sent"


@pytest.mark.django_db
def test_a_key_that_is_lost_stops_the_resealing_before_anything_changed(keys):
    give_app(account())
    give_app(account("pim@ot.example.org"))
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    Authenticator.objects.filter(user__email="pim@ot.example.org").update(
        data={"secret": "v1.kwijt.AAAA"}
    )
    keys.FIELD_KEYS = {"nieuw": NEW, "oud": OLD}
    with pytest.raises(CommandError, match="niets gewijzigd"):
        call_command("reseal", verbosity=0)
    assert Authenticator.objects.order_by("pk").first().data == before[0]
