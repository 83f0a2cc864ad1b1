"""Moving the status of a registration: a small form a move."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import AccessLine
from accounts.typed import Typed, typed_in
from cases.access import ground_of
from cases.door import get_registration_for
from cases.files.moving import TO, check_in_words, needs_for, results_missing
from cases.forms.moving import MoveForm, TakeBackForm
from cases.models import Family, Registration
from cases.services import (
    close,
    last_change,
    may_be_taken_back,
    never_start,
    reopen,
    start,
    status_of,
    withdraw_last_move,
)
from cases.status import REASONS, Move, Status, moves_from, refusal
from facts.words import short_day

VERBS = {
    Status.RUNNING: start,
    Status.NEVER_STARTED: never_start,
    Status.CLOSED: close,
    Status.REOPENED: reopen,
}
SAVED = {
    Status.RUNNING: "Het traject loopt.",
    Status.NEVER_STARTED: "Vastgelegd: het traject start niet.",
    Status.CLOSED: "Het traject is afgesloten. Je kunt het dossier nog dertig dagen lezen; "
    "heropenen doet de teammanager.",
    Status.REOPENED: "Het traject is heropend. De eerdere afsluiting blijft staan.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, registration_id: UUID, to: str) -> HttpResponse:
    """One move of the table, or the page that says why it can't be made."""
    if to not in TO:
        raise Http404
    target = TO[to]
    registration = _opened(request, registration_id)
    typed = typed_in(request, f"stand {to}", about=registration)
    form = _move_form(typed, registration, target, request.GET.get("reden", ""))
    if typed.sent and form.is_valid() and _moved(request, form, registration, target):
        return typed.saved(_back_to_the_file(request, registration, SAVED[target]))
    source = status_of(registration)
    offered = next((one for one in moves_from(source) if one.target is target), None)
    context = _context(registration, form, typed) | {
        "move": offered or Move(source, target, target.label),
        "impossible": refusal(source, target) if offered is None else "",
        "check": check_in_words(registration) if target is Status.RUNNING else "",
        "missing": results_missing(registration) if target is Status.CLOSED else [],
    }
    return render(request, "cases/move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """The last move was a mistake: it is withdrawn, with a reason, on the day itself."""
    registration = _opened(request, registration_id)
    last = last_change(registration)
    typed = typed_in(request, "stap intrekken", about=registration)
    form = TakeBackForm(typed.data, initial=typed.initial(seen=last.pk if last else ""))
    possible = may_be_taken_back(last, timezone.localdate())
    if typed.sent and possible and form.is_valid():
        try:
            withdraw_last_move(
                registration=registration,
                by=request.user,
                reason=form.cleaned_data["reason"],
                seen=_seen(form),
            )
        except ValidationError as error:
            form.add_error(None, error)
            _look_again(form, registration)
        else:
            done = "Ingetrokken. Dit staat er nu weer."
            return typed.saved(_back_to_the_file(request, registration, done))
    context = _context(registration, form, typed) | {
        "possible": possible,
        "status": last and Status(last.status),
        "since": last and short_day(last.happened_on),
    }
    return render(request, "cases/take_back.html", context)


def _opened(request: HttpRequest, registration_id: UUID) -> Registration:
    """For who may write; where nobody supports (yet, or any more) also for who may assign."""
    needs = needs_for(request.user, registration_id)
    action = AccessLine.Action.CHANGE if request.method == "POST" else AccessLine.Action.READ
    return get_registration_for(request, registration_id, needs=needs, part="stand", action=action)


def _move_form(typed: Typed, registration: Registration, to: Status, why: str) -> MoveForm:
    """`why`: the reason that is chosen already, by its code; '' or another: none."""
    last, today = last_change(registration), timezone.localdate()
    reason = f"{REASONS[to]}.{why}" if to in REASONS else ""
    first_values = typed.initial(happened_on=today, reason=reason, seen=last.pk if last else "")
    return MoveForm(typed.data, to=to, today=today, initial=first_values)


def _moved(
    request: HttpRequest, form: MoveForm, registration: Registration, target: Status
) -> bool:
    """False, with the reason in the form."""
    given: dict[str, Any] = {"on": form.cleaned_data["happened_on"]}
    if "reason" in form.cleaned_data:
        given["reason"] = form.cleaned_data["reason"]
    try:
        VERBS[target](registration=registration, by=request.user, seen=_seen(form), **given)
    except ValidationError as error:
        form.add_error("happened_on" if error.code == "too_early" else None, error)
        _look_again(form, registration)
        return False
    return True


def _look_again(form: MoveForm | TakeBackForm, registration: Registration) -> None:
    """Whoever was told what someone else did meanwhile, has seen it now."""
    last = last_change(registration)
    form.data = {**form.data.dict(), "seen": str(last.pk) if last else ""}


def _seen(form: MoveForm | TakeBackForm) -> UUID | None:
    try:
        return UUID(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
    except ValueError:
        return None


def _back_to_the_file(request: HttpRequest, registration: Registration, words: str) -> HttpResponse:
    """To the list when a late closing shut the file to whoever closed it."""
    messages.success(request, words)
    family = _family(registration)
    if ground_of(request.user, family) is None:
        return redirect("files")
    return redirect("file", family.pk)


def _family(registration: Registration) -> Family:
    return registration.intakes.standing().select_related("family").get().family


def _context(
    registration: Registration, form: MoveForm | TakeBackForm, typed: Typed
) -> dict[str, Any]:
    family = _family(registration)
    return {"registration": registration, "family": family, "form": form, "typed": typed}
