"""People who sign in, with everything that takes."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.roles import ADMINISTRATOR, TEAM_MANAGER, Role, sync_roles
from accounts.sealing import unseal
from accounts.services.outbox import PURPOSE

PASSWORD = "vier paarden bij de sloot"
OTHER_PASSWORD = "een theepot vol regenwater"


def account(email: str = "rik@ot.example.org", *roles: Role, **fields: Any) -> User:
    """An invited colleague with a password, and the roles given."""
    fields = {"name": "Rik Voorbeeld", "invited_at": timezone.now(), **fields}
    user = User.objects.create_user(email, password=PASSWORD, **fields)
    if roles:
        sync_roles()
        user.groups.set(Group.objects.filter(name__in=[role.name for role in roles]))
    return user


def administrator(email: str = "fay@ot.example.org") -> User:
    return account(email, ADMINISTRATOR, name="Fay Beheer")


def manager(email: str = "tess@ot.example.org") -> User:
    return account(email, TEAM_MANAGER, name="Tess Manager")


def give_app(user: User) -> str:
    """A second factor, as after setting it up. Returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def give_recovery_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code(secret: str) -> str:
    """A code that is wrong now, and in the half minutes around it."""
    right = {code_of(secret, steps=steps) for steps in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222") if code not in right)


def give_password(
    client: Client, email: str = "rik@ot.example.org", password: str = PASSWORD, **how: Any
):
    """Fill in the first page; `next` is where to go after signing in."""
    fields = {"login": email, "password": password}
    if "next" in how:
        fields["next"] = how.pop("next")
    return client.post("/inloggen/", fields, **how)


def give_code(client: Client, code: str):
    return client.post("/inloggen/tweede-stap/", {"code": code})


def sign_in(client: Client, user: User, secret: str) -> None:
    """The whole of it: password and code."""
    give_password(client, user.email)
    give_code(client, code_of(secret))
    assert is_in(client), "signing in failed"


def next_code(user: User) -> str:
    """A code that wasn't used yet, however short ago the last one was."""
    app = Authenticator.objects.get(user=user, type="totp")
    app.data.pop("last_step", None)
    app.save()
    return code_of(unseal(app.data["secret"], purpose="second factor"))


def signed_in(user: User) -> Client:
    """A browser of someone with a second factor who went through the door."""
    if not Authenticator.objects.filter(user=user, type="totp").exists():
        give_app(user)
    client = Client()
    give_password(client, user.email)
    give_code(client, next_code(user))
    assert is_in(client), "signing in failed"
    return client


def is_in(client: Client) -> bool:
    """Whether this browser sees a page that asks for signing in."""
    return client.get("/account/beveiliging/").status_code == 200


def last_mail() -> dict[str, str]:
    """The newest letter in the outbox, opened."""
    mail = OutgoingMail.objects.latest("created_at")
    body = unseal(mail.sealed_body, purpose=f"{PURPOSE} {mail.pk}")
    return {"to": mail.to, "subject": mail.subject, "purpose": mail.purpose, "text": body}


def link_in(text: str) -> str:
    """The path that a letter points to."""
    return re.search(r"https?://[^/\s]+(/[^\s\"\\]+)", text)[1]


def words_of(response) -> str:
    """What a page says, without its markup and its tokens."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
