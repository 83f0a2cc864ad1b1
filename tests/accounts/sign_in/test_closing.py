"""A closed account is out before its next page (T9)."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import BrowserSession, Invitation, User
from accounts.roles import ADMINISTRATOR, PROCESS_SUPERVISOR, sync_roles
from accounts.services.invitations import invite
from accounts.services.people import change_work, close_account, reopen_account

from .helpers import account, administrator, give_password, is_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def fay():
    return administrator()


def test_whoever_is_signed_in_is_out_at_the_next_request(fay):
    rik = account()
    browsers = [signed_in(rik)]
    close_account(rik, by=fay, reason="Uit dienst")
    assert not BrowserSession.objects.filter(user=rik).exists()
    assert not any(is_in(browser) for browser in browsers)
    assert browsers[0].get("/").status_code == 302


def test_half_way_the_second_step_counts_as_in(fay, client):
    rik = account()
    signed_in(rik)
    give_password(client)
    close_account(rik, by=fay, reason="Uit dienst")
    assert client.get("/inloggen/tweede-stap/").status_code in {200, 302}
    client.post("/inloggen/tweede-stap/", {"code": "123456"})
    assert not is_in(client)


def test_a_change_in_the_table_alone_is_enough(fay):
    client = signed_in(account())
    User.objects.filter(email="rik@ot.example.org").update(is_active=False)
    assert not is_in(client)


def test_a_letter_under_way_opens_nothing(fay):
    new = User.objects.create_user("nieuw@ot.example.org", name="Nieuw")
    invite(new, by=fay)
    close_account(new, by=fay, reason="Toch niet")
    assert Invitation.objects.get().withdrawn_at


def test_who_and_why_stay_on_record(fay):
    rik = account()
    close_account(rik, by=fay, reason="Uit dienst per 1 mei")
    line = rik.history.first()
    assert (line.is_active, line.history_user, line.history_change_reason) == (
        False,
        fay,
        "Uit dienst per 1 mei",
    )


def test_reopening_gives_back_the_same_account(fay, client):
    rik = account()
    signed_in(rik)
    close_account(rik, by=fay, reason="Verlof")
    reopen_account(rik, by=fay, reason="Terug van verlof")
    assert give_password(client).status_code == 302


def test_a_reason_is_needed(fay):
    with pytest.raises(ValidationError, match="Geef een reden"):
        close_account(account(), by=fay, reason="  ")


def test_the_last_administrator_stays(fay):
    other = administrator("ander@ot.example.org")
    close_account(fay, by=other, reason="Uit dienst")
    with pytest.raises(ValidationError, match="enige functioneel beheerder"):
        close_account(other, by=account(), reason="Uit dienst")
    with pytest.raises(ValidationError, match="enige functioneel beheerder"):
        change_work(user=other, roles=[PROCESS_SUPERVISOR], team=None, by=fay)


def test_nobody_gives_oneself_a_role(fay):
    sync_roles()
    with pytest.raises(ValidationError, match="eigen rollen"):
        change_work(user=fay, roles=[ADMINISTRATOR, PROCESS_SUPERVISOR], team=None, by=fay)


def test_roles_given_stay_on_record(fay):
    sync_roles()
    rik = account()
    change_work(user=rik, roles=[PROCESS_SUPERVISOR], team=None, by=fay)
    line = rik.history.first()
    assert [held.group.name for held in line.groups.all()] == ["procesbegeleider"]
    assert line.history_user == fay
