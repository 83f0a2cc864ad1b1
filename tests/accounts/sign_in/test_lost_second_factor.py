"""A lost second factor takes two people, and the owner hears of it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import OutgoingMail, SecondFactorReset
from accounts.roles import PROCESS_SUPERVISOR
from accounts.services.second_factor import approve_reset, ask_reset, refuse_reset

from .helpers import account, administrator, give_password, is_in, manager, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rik():
    return account()


@pytest.fixture
def fay():
    return administrator()


@pytest.fixture
def tess():
    return manager()


@pytest.fixture
def browser(rik):
    return signed_in(rik)


@pytest.fixture
def asked(rik, browser, fay):
    return ask_reset(rik, by=fay, reason="Stond aan mijn bureau")


def test_two_people_take_it_away_and_every_session_ends(rik, browser, asked, tess):
    assert is_in(browser), "asking alone changes nothing"
    approve_reset(asked, by=tess)
    assert not Authenticator.objects.filter(user=rik).exists()
    assert not is_in(browser)


def test_the_owner_sets_up_a_new_one_before_anything_else(client, asked, tess):
    approve_reset(asked, by=tess)
    give_password(client)
    assert client.get("/")["Location"] == "/account/beveiliging/"


def test_the_owner_hears_of_both_steps(rik, asked, tess):
    approve_reset(asked, by=tess)
    letters = OutgoingMail.objects.filter(to=rik.email).order_by("created_at")
    assert [mail.purpose for mail in letters if "reset" in mail.purpose] == [
        "reset_asked",
        "reset_approved",
    ]


def test_the_first_person_is_not_the_second(asked, fay):
    with pytest.raises(ValidationError, match="Iemand anders"):
        approve_reset(asked, by=fay)


def test_nobody_does_it_for_oneself(fay, tess):
    signed_in(fay)
    with pytest.raises(ValidationError, match="voor jezelf"):
        ask_reset(fay, by=fay, reason="Ik ben het")
    reset = ask_reset(fay, by=tess, reason="Gezien")
    with pytest.raises(ValidationError, match="voor jezelf"):
        approve_reset(reset, by=fay)


def test_only_who_has_the_role(rik, browser, asked):
    colleague = account("pim@ot.example.org", PROCESS_SUPERVISOR)
    with pytest.raises(ValidationError, match="je rol"):
        approve_reset(asked, by=colleague)
    with pytest.raises(ValidationError, match="je rol"):
        ask_reset(rik, by=colleague, reason="Gezien")


def test_it_waits_for_a_day(asked, tess):
    SecondFactorReset.objects.update(expires_at=F("expires_at") - timedelta(hours=25))
    with pytest.raises(ValidationError, match="verlopen"):
        approve_reset(asked, by=tess)


def test_what_expired_can_be_asked_again(rik, asked, fay):
    SecondFactorReset.objects.update(expires_at=F("expires_at") - timedelta(hours=25))
    ask_reset(rik, by=fay, reason="Opnieuw gezien")
    states = SecondFactorReset.objects.order_by("asked_at").values_list("state", flat=True)
    assert list(states) == ["expired", "asked"]


def test_it_is_decided_once(asked, tess):
    refuse_reset(asked, by=tess)
    with pytest.raises(ValidationError, match="al beslist"):
        approve_reset(asked, by=tess)


def test_the_database_refuses_one_person_in_two_roles(asked, fay, rik):
    for decider in (fay, rik):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondFactorReset.objects.update(
                state="approved", decided_by=decider, decided_at=F("asked_at")
            )
