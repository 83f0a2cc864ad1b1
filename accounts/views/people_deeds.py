"""What an administrator does to an account. Each deed is a POST, and ends on the person's page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.forms.people import ReasonForm, ResetForm, WorkForm
from accounts.models import SecondFactorReset, User
from accounts.roles import APPROVE_RESET, MANAGE_PEOPLE
from accounts.services import people, second_factor
from accounts.services.invitations import invite
from accounts.views.people import must, show_person


@require_POST
def person_work(request: HttpRequest, user_id: UUID) -> HttpResponse:
    must(request, MANAGE_PEOPLE)
    form = WorkForm(request.POST)

    def change(who: User) -> None:
        people.change_work(user=who, **form.cleaned_data, by=request.user)

    return _do(request, user_id, change, "De rollen en het team zijn bijgewerkt.", work_form=form)


@require_POST
def person_invite(request: HttpRequest, user_id: UUID) -> HttpResponse:
    must(request, MANAGE_PEOPLE)

    def write(who: User) -> None:
        invite(who, by=request.user, site=request.build_absolute_uri("/"))

    return _do(request, user_id, write, "De uitnodiging is verstuurd; een eerdere werkt niet meer.")


@require_POST
def person_close(request: HttpRequest, user_id: UUID) -> HttpResponse:
    must(request, MANAGE_PEOPLE)
    form = ReasonForm(request.POST)

    def close(who: User) -> None:
        people.close_account(who, by=request.user, **form.cleaned_data)

    done = "Het account is gesloten. Wie er nog mee ingelogd was, is dat niet meer."
    return _do(request, user_id, close, done, reason_form=form)


@require_POST
def person_reopen(request: HttpRequest, user_id: UUID) -> HttpResponse:
    must(request, MANAGE_PEOPLE)
    form = ReasonForm(request.POST)

    def reopen(who: User) -> None:
        people.reopen_account(who, by=request.user, **form.cleaned_data)

    return _do(request, user_id, reopen, "Het account is weer open.", reason_form=form)


@require_POST
def reset_ask(request: HttpRequest, user_id: UUID) -> HttpResponse:
    must(request, APPROVE_RESET)
    form = ResetForm(request.POST)

    def ask(who: User) -> None:
        second_factor.ask_reset(who, by=request.user, **form.cleaned_data)

    done = "Het verzoek staat klaar. Een tweede persoon moet het binnen een dag goedkeuren."
    return _do(request, user_id, ask, done, reset_form=form)


@require_POST
def reset_approve(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    done = "De tweede stap is verwijderd. Bij het inloggen stelt deze persoon een nieuwe in."
    return _decide(request, reset_id, second_factor.approve_reset, done)


@require_POST
def reset_refuse(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    return _decide(request, reset_id, second_factor.refuse_reset, "Het verzoek is afgewezen.")


def _do(
    request: HttpRequest, user_id: UUID, deed: Callable[[User], None], done: str, **form: Any
) -> HttpResponse:
    """Do it when the form is right; else show the page with what was wrong."""
    who = get_object_or_404(User, pk=user_id)
    filled_in = next(iter(form.values()), None)
    if filled_in is not None and not filled_in.is_valid():
        return show_person(request, user_id, wrong=form)
    try:
        with transaction.atomic():
            deed(who)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
    return redirect("person", user_id)


def _decide(request: HttpRequest, reset_id: UUID, deed: Callable, done: str) -> HttpResponse:
    must(request, APPROVE_RESET)
    reset = get_object_or_404(SecondFactorReset.objects.select_related("user"), pk=reset_id)
    return _do(request, reset.user_id, lambda who: deed(reset, by=request.user), done)
