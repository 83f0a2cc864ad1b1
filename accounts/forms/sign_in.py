"""The forms of signing in: allauth's, with our limits, our words and our sealed secrets."""

from typing import Any

from allauth.account import forms as account
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    generate_totp_secret,
    validate_totp_code,
)
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest

from accounts.guessing import Guess, TooManyGuesses, count_guess
from accounts.models import User
from accounts.password_rules import HELP, LONGEST
from accounts.second_factor import check_code
from accounts.services.alarms import warn_of_guessing
from accounts.services.outbox import wake_a_worker


def count_second_step(user: User) -> Guess:
    """Raises TooManyGuesses. The owner hears of it: whoever gets here knows the password."""
    try:
        return count_guess(context.request, "second_step", account=str(user.pk))
    except TooManyGuesses as refusal:
        if refusal.just_now:
            warn_of_guessing(user)
        raise


class SignIn(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].validators.append(_not_endless)


class Reauthenticate(account.ReauthenticateForm):
    password = PasswordField(label="Wachtwoord", autocomplete="current-password")


class ForgottenPassword(account.ResetPasswordForm):
    """Asks for a letter. Whether the address is known makes no difference, not even in time."""

    def clean_email(self) -> str:
        email = super().clean_email()
        count_guess(context.request, "forgotten", account=email)
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = self.cleaned_data["email"]
        known = [user for user in self.users if user.invited_at and user.has_usable_password()]
        nobody = User(email=email, name="niemand")
        with transaction.atomic():
            request_password_reset(request, email, known or [nobody], default_token_generator)
            if not known:  # the same work was done, for nothing
                transaction.set_rollback(True)
        if not known:
            wake_a_worker(nobody.pk)
        return email


class NewPassword(account.PasswordVerificationMixin, forms.Form):
    """A new password, typed twice. `user` is whose it becomes."""

    password1 = SetPasswordField(label="Nieuw wachtwoord", help_text=HELP)
    password2 = PasswordField(label="Nog een keer", autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].user = user


class NewPasswordByLetter(NewPassword, account.ResetPasswordKeyForm):
    pass


class ChangePassword(account.ChangePasswordForm):
    oldpassword = PasswordField(label="Huidig wachtwoord", autocomplete="current-password")
    password1 = SetPasswordField(label="Nieuw wachtwoord", help_text=HELP)
    password2 = PasswordField(label="Nog een keer", autocomplete="new-password")

    def clean_oldpassword(self) -> str:
        guess = count_guess(context.request, "password", account=self.user.email.lower())
        password = super().clean_oldpassword()
        guess.was_right()
        return password


class _Code(mfa.BaseAuthenticateForm):
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        guess = count_second_step(self.user)
        code = self.cleaned_data["code"]
        found = check_code(self.user, code)
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        guess.was_right()
        self.authenticator = found
        return code


class SecondStep(_Code, mfa.AuthenticateForm):
    pass


class SecondStepAgain(_Code, mfa.ReauthenticateForm):
    pass


class SecondStepByKey(webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        guess = count_second_step(self.user)
        found = super().clean_credential()
        guess.was_right()
        return found


class SecondStepByKeyAgain(SecondStepByKey, webauthn.ReauthenticateWebAuthnForm):
    pass


class SetUpApp(totp.ActivateTOTPForm):
    """The secret waits in the session until the app proved to know it; sealed there too."""

    code = forms.CharField(
        label="Code uit de app",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        session = context.request.session
        if SECRET_SESSION_KEY not in session:
            session[SECRET_SESSION_KEY] = get_adapter().encrypt(generate_totp_secret())
        self.secret = get_adapter().decrypt(session[SECRET_SESSION_KEY])

    def clean_code(self) -> str:
        guess = count_second_step(self.user)
        code = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        guess.was_right()
        return code

    @property
    def secret_in_groups(self) -> str:
        """To take over by hand."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class AddKey(webauthn.AddWebAuthnForm):
    name = forms.CharField(
        label="Naam van de sleutel",
        required=False,
        max_length=50,
        help_text="Bijvoorbeeld ‘laptop’ of ‘blauwe stick’.",
    )


def _not_endless(password: str) -> None:
    """Nobody has such a password, and hashing it costs time."""
    if len(password) > LONGEST:
        raise forms.ValidationError(f"Een wachtwoord heeft hoogstens {LONGEST} tekens.")
