"""Opening a file in an emergency."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import second_factor
from accounts.access_log import note
from accounts.models import AccessLine
from accounts.typed import Typed, typed_in
from cases.access import ground_of
from cases.door import SUPPORT, must
from cases.forms.emergency import OpenInEmergency
from cases.merging.tracks import numbers_now
from cases.models import EmergencyAccess, Intake
from cases.services.emergency import (
    NOT_POSSIBLE,
    OPEN_IN_EMERGENCY,
    emergency_of,
    open_in_emergency,
    unjudged,
)
from facts.words import clock, moment

DRAFT = "noodtoegang"


@require_http_methods(["GET", "HEAD", "POST"])
def open_file(request: HttpRequest) -> HttpResponse:
    """One file, by its exact number, with a ground and a reason."""
    must(request, OPEN_IN_EMERGENCY, what="noodtoegang")
    waiting = unjudged(request.user).first()
    typed = typed_in(request, DRAFT)
    form = OpenInEmergency(typed.data, initial=typed.initial())
    if typed.sent and form.is_valid():
        if not second_factor.is_fresh(request):
            return _ask_who_it_is(request, form, typed)
        intake = _intake_of(form.cleaned_data["nummer"])
        if intake and ground_of(request.user, intake.family_id):
            return redirect("file", intake.family_id)
        if _opened(request, form, intake):
            return typed.saved(redirect("file", intake.family_id))
    context = {"form": form, "typed": typed, "waiting": waiting, **_in_words(waiting)}
    return render(request, "cases/emergency.html", context)


def _ask_who_it_is(request: HttpRequest, form: OpenInEmergency, typed: Typed) -> HttpResponse:
    """A code or key first. What was typed is kept, and stands in the form again afterwards."""
    typed.keep({name: form.data.get(name, "") for name in form.fields})
    messages.info(
        request,
        "Noodtoegang vraagt nog een keer om je code of sleutel; je wachtwoord is niet genoeg. "
        "Wat je schreef, is bewaard.",
    )
    return second_factor.ask_again(request)


def _intake_of(number: str) -> Intake | None:
    """The registration with this number; of a family its last one. An old number of what went into
    another will do."""
    number = numbers_now([number]).get(number, number)
    intakes = Intake.objects.standing().select_related("registration")
    by_registration = intakes.filter(registration__number=number).first()
    return by_registration or (
        intakes.filter(family__number=number).order_by("-happened_on", "-recorded_at").first()
    )


def _opened(request: HttpRequest, form: OpenInEmergency, intake: Intake | None) -> bool:
    """False, with the reason in the form, and the attempt in the log."""
    if intake is None:
        form.add_error("nummer", NOT_POSSIBLE)
        _note_refused(request, None)
        return False
    try:
        open_in_emergency(
            registration=intake.registration,
            ground=form.cleaned_data["ground"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            site=request.build_absolute_uri("/"),
        )
    except ValidationError as error:
        form.add_error("nummer" if error.code == "not_possible" else None, error)
        _note_refused(request, intake)
        return False
    return True


def _note_refused(request: HttpRequest, intake: Intake | None) -> None:
    """The page goes on, with its form, so the line is written here and not by Refused."""
    note(
        actor=request.user,
        action=AccessLine.Action.READ,
        object_type="gezin" if intake else "noodtoegang",
        object_id=intake.family_id if intake else None,
        part="noodtoegang",
        ground=AccessLine.Ground.NONE,
        purpose=SUPPORT,
        outcome=AccessLine.Outcome.REFUSED,
        request=request,
    )


def _in_words(waiting: EmergencyAccess | None) -> dict:
    """What is said of an emergency access of one's own that still has to be judged."""
    if waiting is None:
        return {}
    intake = waiting.registration.intakes.standing().select_related("family").get()
    return {
        "opened": moment(waiting.begins_at),
        "until": clock(waiting.ends_at),
        "family": intake.family,
        "still_open": emergency_of(waiting.user, intake.family) is not None,
    }
