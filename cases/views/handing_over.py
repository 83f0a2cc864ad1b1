"""The manager's side: assigning what waits, and offering a caseload or a part of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import AccessLine, User
from accounts.typed import typed_in
from cases.access import MANAGE_TEAM, Need
from cases.caseload.handovers import Held, held_by
from cases.caseload.loads import loads_of
from cases.door import get_registration_for, must, note_list
from cases.forms.handing_over import AssignForm, HandOverForm
from cases.services.assigning import open_assignment
from cases.services.handing_over import assign_waiting, offer, to_waiting_list
from facts.words import many

SEND, LOOK, WAIT = "aanbieden", "bekijken", "wachtlijst"


@require_http_methods(["GET", "HEAD", "POST"])
def assign_registration(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Somebody for what waits."""
    posted = request.method == "POST"
    action = AccessLine.Action.CHANGE if posted else AccessLine.Action.READ
    registration = get_registration_for(
        request, registration_id, needs=Need.ASSIGN, part="toewijzen", action=action
    )
    today = timezone.localdate()
    typed = typed_in(request, "toewijzen", about=registration)
    form = AssignForm(typed.data, today=today, initial=typed.initial(on=today))
    if typed.sent and form.is_valid():
        try:
            assign_waiting(registration=registration, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            supervisor = form.cleaned_data["supervisor"]
            messages.success(request, f"{registration} is toegewezen aan {supervisor}.")
            return typed.saved(redirect("team"))
    held = open_assignment(registration)
    context = {"form": form, "typed": typed, "registration": registration}
    context["held"] = held and held.supervisor
    return render(request, "cases/handing_over/assign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Choose whose, which, and who; see both caseloads as they become; then send the offer."""
    must(request, MANAGE_TEAM, what="overdracht", part="aanbieden")
    today = timezone.localdate()
    members = User.objects.filter(team=request.user.team_id, team__isnull=False)
    members = members.order_by("name", "pk")
    giver = _named(members, (request.POST or request.GET).get("van", ""))
    context: dict[str, Any] = {"members": members, "giver": giver}
    if giver is None:
        return render(request, "cases/handing_over/hand_over.html", context)
    held = held_by(request.user, giver, today)
    note_list(request, {one.family_id for one in held}, part="overdragen")
    typed = typed_in(request, "overdragen", about=giver)
    free = [one.registration_id for one in held if not one.offered]
    form = HandOverForm(
        typed.data,
        registrations=free,
        giver=giver,
        today=today,
        initial=typed.initial(takes_over_on=today),
    )
    if typed.sent and form.is_valid():
        done = _deed(request, form, giver)
        if done is not None:
            return typed.saved(done)
        context["preview"] = not form.errors and _preview(form, giver)
    context |= {"form": form, "typed": typed, "held": held}
    context["ticked"] = _ticked(form, held, typed.data is None)
    return render(request, "cases/handing_over/hand_over.html", context)


def _named(members: Any, pk: str) -> User | None:
    try:
        return members.filter(pk=UUID(pk)).first()
    except ValueError:
        return None


def _ticked(form: HandOverForm, held: list[Held], fresh: bool) -> set[str]:
    """As it was sent; all of them when the page is new."""
    if fresh:
        return {str(one.registration_id) for one in held if not one.offered}
    return set(form.data.getlist("which"))


def _deed(request: HttpRequest, form: HandOverForm, giver: User) -> HttpResponse | None:
    """What was pressed. None: the page goes on, with what is wrong or with both caseloads."""
    pressed = request.POST.get("doe", LOOK)
    given = form.cleaned_data
    chosen = list(given["which"])
    if pressed != WAIT and not form.require_receiver():
        return None
    try:
        if pressed == WAIT:
            to_waiting_list(registrations=chosen, on=timezone.localdate(), by=request.user)
            done = f"{many(len(chosen), 'traject wacht', 'trajecten wachten')} op een begeleider."
        elif pressed == SEND:
            offer(
                registrations=chosen,
                receiver=given["receiver"],
                takes_over_on=given["takes_over_on"],
                note=given["note"],
                by=request.user,
                site=request.build_absolute_uri("/"),
            )
            words = many(len(chosen), "traject", "trajecten")
            done = f"{words} aangeboden aan {given['receiver']}."
        else:
            return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, done)
    return redirect(f"{reverse('hand_over')}?van={giver.pk}" if pressed == WAIT else "handovers")


def _preview(form: HandOverForm, giver: User) -> dict[str, Any]:
    """Both caseloads, as they are and as they become."""
    receiver, number = form.cleaned_data["receiver"], len(form.cleaned_data["which"])
    loads = loads_of([giver, receiver], timezone.localdate())
    return {
        "number": number,
        "rows": [
            (load, load.after(change))
            for load, change in zip(loads, (-number, number), strict=True)
        ],
    }
