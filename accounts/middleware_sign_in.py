"""Who gets past the door: the second factor before any page, and a session that is in use."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRefresh

from accounts import second_factor

# What an account without a second factor may open: setting one up, and leaving.
SETTING_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_logout",
        "security_txt",
    }
)
TIMED_OUT = (
    "Je bent uitgelogd. Dat gebeurt vanzelf als je een kwartier niets doet. "
    "Log in om verder te gaan waar je was."
)


class SecondFactorFirst:
    """An account without a second factor sees only how to set one up.

    A session counts when it showed the second factor itself: one that was opened with the
    password alone, before the owner set it up, ends here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or second_factor.was_shown(request):
            return None
        if second_factor.has_second_factor(user):
            logout(request)
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{_back_to(request)}")
        if second_factor.may_go_without(user):
            return None
        if request.resolver_match.url_name in SETTING_UP:
            return None
        return redirect("mfa_index")


def session_activity(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Keep a session alive while its owner is there, and say so when it ended."""

    def middleware(request: HttpRequest) -> HttpResponse:
        had_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        signed_in = request.user.is_authenticated
        if not signed_in and SESSION_KEY in request.session:
            request.session.flush()  # the account was closed behind its back
        response = get_response(request)
        if signed_in:
            _keep_alive(request)
        elif _asks_to_sign_in(response):
            if "HX-Request" in request.headers:
                # A fragment can't hold the page to sign in with: the whole page goes there.
                return HttpResponseClientRefresh()
            if had_session and request.session.is_empty():
                messages.info(request, TIMED_OUT)
        return response

    return middleware


def _keep_alive(request: HttpRequest) -> None:
    """What a page asks for by itself, over and over, isn't someone who is there."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    if page not in settings.PAGES_THAT_POLL and request.session.session_key:
        request.session.touch()


def _asks_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code != 302:
        return False
    return response["Location"].startswith(resolve_url(settings.LOGIN_URL))


def _back_to(request: HttpRequest) -> str:
    return urlencode({"next": request.get_full_path()})
