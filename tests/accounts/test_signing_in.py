"""Who gets in with a password."""

import pytest
from django.utils import timezone

from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "een lange zin met spaties"


def account(**fields) -> User:
    fields = {"invited_at": timezone.now(), "name": "Rik Voorbeeld", **fields}
    return User.objects.create_user("rik@ot.example.org", password=PASSWORD, **fields)


def sign_in(client, email="rik@ot.example.org", password=PASSWORD) -> bool:
    client.post("/inloggen/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_an_invited_colleague_signs_in_whatever_the_capitals(client):
    account()
    assert sign_in(client, "RIK@ot.example.org")


def test_an_account_made_by_an_import_cannot_sign_in_before_the_invitation(client):
    account(invited_at=None)
    assert not sign_in(client)


def test_a_closed_account_is_out_at_once(client):
    user = account()
    assert sign_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/").status_code == 302
    assert not sign_in(client)


def test_without_a_password_nobody_signs_in(client):
    User.objects.create_user("pb@ot.example.org", name="P. B.", invited_at=timezone.now())
    assert not sign_in(client, "pb@ot.example.org", "")


@pytest.mark.parametrize("path", ["/aanmelden-account/", "/accounts/signup/", "/signup/"])
def test_there_is_no_page_to_make_an_account(client, path):
    assert client.get(path).status_code in {302, 404}
    assert not User.objects.exists()
