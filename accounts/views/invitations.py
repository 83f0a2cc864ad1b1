"""The first visit: a link from a letter, a password, and on to the second factor."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.sign_in import NewPassword
from accounts.guessing import count_guess
from accounts.services.invitations import (
    LinkIsDead,
    accept_invitation,
    hash_of,
    living_invitation,
)

IN_SESSION = "invitation"


@require_safe
@login_not_required
def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the key out of the address, so that it isn't seen or sent on. Uses nothing up: mail
    scanners open links too."""
    request.session[IN_SESSION] = hash_of(token)
    return redirect("invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest) -> HttpResponse:
    """Choose a password; that uses the invitation up and signs in."""
    token_hash = request.session.get(IN_SESSION, "")
    try:
        user = living_invitation(token_hash).user
        form = NewPassword(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            return _accept(request, token_hash, form.cleaned_data["password1"])
    except LinkIsDead:
        return _dead(request)
    return render(request, "accounts/invitation.html", {"form": form, "invited": user})


def _accept(request: HttpRequest, token_hash: str, password: str) -> HttpResponse:
    user = accept_invitation(token_hash, password=password)
    if request.user.is_authenticated:  # someone else sat here
        logout(request)
    request.session.pop(IN_SESSION, None)
    login = Login(user=user, email=user.email)
    return perform_password_login(request, {"email": user.email}, login)


def _dead(request: HttpRequest) -> HttpResponse:
    """The same page for each reason, and not too often."""
    try:
        count_guess(request, "invitation")
    except ValidationError:
        return render(request, "429.html", status=429)
    return render(request, "accounts/invitation_dead.html", status=404)
