"""Signing in and out, and the safety of an account: the pages of allauth, as few as will do."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts import second_factor
from accounts.even_time import in_even_time

# A guess is counted and committed before it is tried: not in the transaction of the page, where
# every other guess would have to wait for this one, or might be rolled back with it.
login = in_even_time(account.login)
password_reset = in_even_time(transaction.atomic(account.password_reset))


class SecondStep(mfa.AuthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = Authenticator.objects.filter(user=self.stage.login.user)
        has_key = held.filter(type=second_factor.KEY).exists()
        return super().get_context_data(**kwargs) | {"has_key": has_key}


second_step = transaction.non_atomic_requests(SecondStep.as_view())


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Someone is there still: asking is enough (accounts.middleware_sign_in keeps it alive)."""
    return HttpResponse(status=204)


class SignOut(account.LogoutView):
    """Nothing stays in the browser: not in its cache, not in its storage."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class KeepCodes(recovery.DownloadRecoveryCodesView):
    """The recovery codes as a file, for who keeps them in a vault."""

    http_method_names = ["get", "head"]

    def render_to_response(self, context: dict, **how: Any) -> HttpResponse:
        response = super().render_to_response(context, **how)
        response["Content-Disposition"] = 'attachment; filename="herstelcodes.txt"'
        return response


keep_codes = KeepCodes.as_view()


class SetUpApp(totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=second_factor.APP)
        second_factor.spend_code(app, form.cleaned_data["code"])  # each code works once
        second_factor.note_set_up(self.request, app)
        return response


class RemoveApp(totp.DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.forget_when_none_left(self.request)
        return response


class AddKey(webauthn.AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        keys = Authenticator.objects.filter(user=self.request.user, type=second_factor.KEY)
        second_factor.note_set_up(self.request, keys.latest("created_at"))
        return response


class RemoveKey(webauthn.RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.forget_when_none_left(self.request)
        return response
