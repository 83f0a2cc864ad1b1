"""What allauth may do here: sign people in and out, nothing else. No sign-up, no JSON, no guesses
beyond the limits, and all mail by the outbox."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.browsers import known_browser, remember_browser
from accounts.guessing import count_guess, forget_guesses
from accounts.services.outbox import send_later

FRESH = 10 * 60  # seconds after signing in in which nothing has to be shown again


class SignInOnly(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-mailadres en wachtwoord horen niet bij elkaar. "
        "Controleer beide en probeer het opnieuw.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "enter_current_password": "Dit is niet je huidige wachtwoord.",
        "invalid_password_reset": "Deze link werkt niet (meer).",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: a second way in is a second way to make mistakes."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """After signing in people stay on this very site."""
        request = context.request
        return (
            bool(url)
            and url.isprintable()
            and url_has_allowed_host_and_scheme(
                url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
            )
        )

    # --- Guessing a password -------------------------------------------------------------------
    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account, or None. A closed account gets the same answer as a wrong password."""
        email = credentials.get("email", "").lower()
        guess = count_guess(
            request, "password", account=email, known_browser=known_browser(request, email)
        )
        user = authenticate(request, **credentials)
        if user is not None:
            guess.was_right()
        return user

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def set_password(self, user: Any, password: str) -> None:
        """Who can read the mailbox proved to be the owner: earlier guesses lock nobody out."""
        user._history_user, user._change_reason = user, "Ander wachtwoord"
        super().set_password(user, password)
        forget_guesses("password", user.email.lower())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    # --- Signing in ------------------------------------------------------------------------------
    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        response = super().post_login(request, user, **details)
        remember_browser(response, user.email)
        return response

    def is_reauthentication_required(self, *, app: str, **details: Any) -> bool:
        """Who has just signed in needn't show it again."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] > FRESH

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """With a second factor, only that will do: a password alone doesn't change it."""
        methods = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"].startswith("mfa")]
        return stronger or methods

    # --- Mail ------------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        message = self.render_mail(template_prefix, email, context)
        send_later(
            to=email,
            recipient=context["user"],
            purpose=template_prefix.rpartition("/")[2],
            subject=message.subject,
            text=str(message.body),
            by=None,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        self.send_mail(template_prefix, user.email, {**(context or {}), "user": user})
