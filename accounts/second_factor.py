"""The second step of signing in: its secrets, its codes, and who must set it up first."""

import time
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from allauth.account import app_settings
from allauth.account.internal.flows.login import (
    clear_authentication_records,
    get_authentication_records,
    record_authentication,
)
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.sealing import seal, unseal

PURPOSE = "second factor"
APP, KEY, RECOVERY = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
SVG = "http://www.w3.org/2000/svg"


class SealedSecrets(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet of is al gebruikt. "
        "Wacht tot je app een nieuwe code toont en vul die in.",
        "cannot_generate_recovery_codes": "Stel eerst een app of sleutel in.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=PURPOSE)

    def build_totp_svg(self, url: str) -> str:
        """The QR code as part of the page: dark on white, whatever the colours of the page."""
        picture = ElementTree.fromstring(super().build_totp_svg(url))  # noqa: S314  our own text
        ElementTree.register_namespace("", SVG)
        size = {"width": "220", "height": "220"}
        picture.attrib |= {**size, "role": "img", "aria-labelledby": "qr-uitleg"}
        paper = ElementTree.Element(f"{{{SVG}}}rect", width="100%", height="100%", fill="#fff")
        picture.insert(0, paper)
        return ElementTree.tostring(picture, encoding="unicode")

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a new key is called when its owner gives it no name."""
        held = Authenticator.objects.filter(user=user, type=type).count()
        return f"Sleutel {held + 1}"


def has_second_factor(user: Any) -> bool:
    return Authenticator.objects.filter(user=user, type__in=(APP, KEY)).exists()


def may_go_without(user: Any) -> bool:
    """Only the invented colleagues of the demo; a server refuses to start as a demo."""
    return user.email.endswith(tuple(settings.SECOND_FACTOR_SKIPPED_FOR))


def was_shown(request: HttpRequest) -> bool:
    """Whether this session proved the second factor, not just that the account has one."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def is_fresh(request: HttpRequest) -> bool:
    """Whether it was shown within the last minutes (allauth's term), or needn't be: who opens
    what isn't theirs shows that it is still they. A password doesn't do."""
    if may_go_without(request.user):
        return True
    records = get_authentication_records(request, request.user)
    shown = [record["at"] for record in records if record.get("method") == "mfa"]
    return bool(shown) and 0 <= time.time() - max(shown) < app_settings.REAUTHENTICATION_TIMEOUT


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks for a code or key, and then back to where the visitor was."""
    has_app = Authenticator.objects.filter(user=request.user, type=APP).exists()
    page = "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"
    return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def note_set_up(request: HttpRequest, authenticator: Authenticator) -> None:
    """Who sets it up has it in hand: this session needn't show it again."""
    record_authentication(
        request, request.user, method="mfa", id=authenticator.pk, type=authenticator.type
    )


def forget_when_none_left(request: HttpRequest) -> None:
    """Without a second factor this session may only set up a new one."""
    if not has_second_factor(request.user):
        clear_authentication_records(request)


def check_code(user: Any, code: str) -> Authenticator | None:
    """The app or the list that `code` belongs to; each code opens once, ever."""
    held = Authenticator.objects.filter(user=user, type__in=(APP, RECOVERY))
    for authenticator in held.order_by("-type"):  # the app first
        is_app = authenticator.type == APP
        right = spend_code(authenticator, code) if is_app else _spend_recovery(authenticator, code)
        if right:
            return authenticator
    return None


@transaction.atomic
def spend_code(authenticator: Authenticator, code: str) -> bool:
    """Whether this is a code of now, or of one step earlier or later, that wasn't used before.

    allauth remembers a used code for thirty seconds, in the cache; with a step either way it is
    right for ninety. Here the last step used stands with the secret, under a lock.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = unseal(row.data["secret"], purpose=PURPOSE)
    for step in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, step))
        if step > row.data.get("last_step", 0) and compare_user_code(
            actual=code, expected=expected
        ):
            row.data["last_step"] = step
            row.save(update_fields=["data"])
            return True
    return False


def _spend_recovery(authenticator: Authenticator, code: str) -> bool:
    return authenticator.wrap().validate_code(code)


@transaction.atomic
def remove_second_factor(user: Any) -> None:
    """All of it: app, keys and recovery codes. Callers see to who may."""
    Authenticator.objects.filter(user=user).delete()
