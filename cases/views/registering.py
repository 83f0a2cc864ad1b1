"""Registering: look first, then the form, and who is likely known before it is saved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AccessLine
from accounts.roles import may
from accounts.typed import typed_in
from cases.access import MANAGE_TEAM, SUPPORT_FAMILIES, visible_to
from cases.door import must, note_list
from cases.files.listing import Asked, page_of_files
from cases.forms.arriving import RegisterForm
from cases.forms.finding import FindFiles
from cases.models import Registration
from cases.scope import Scope
from cases.searching.answering import search
from cases.searching.question import take_apart
from cases.services.arriving import LikelyKnown, register_arrival
from cases.views.known import Known, known_to, tokens_of
from cases.views.searching import note_elsewhere

FORM = "aanmelding"


@require_safe
def register_search(request: HttpRequest) -> HttpResponse:
    """Somebody may be known: so one looks before one registers."""
    must_register(request)
    form = FindFiles(request.GET)
    words = form.asked().words
    context: dict[str, Any] = {"form": form, "words": words}
    if words:
        scope = Scope.of(request.user)
        answer = search(scope, words)
        rows, _ = page_of_files(answer.intakes, Asked(words, sort="beste"))
        note_list(
            request,
            [row.family_id for row in rows],
            part="gezinnen",
            action=AccessLine.Action.SEARCH,
            detail={"zoek": words},
            scope=scope,
        )
        note_elsewhere(request, answer.elsewhere, words)
        context |= {"rows": rows, "elsewhere": answer.elsewhere.lines}
    return render(request, "cases/register_search.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def register_form(request: HttpRequest) -> HttpResponse:
    """The form; what is likely known is shown before it is saved."""
    must_register(request)
    typed = typed_in(request, FORM)
    first = {"happened_on": timezone.localdate(), **_asked_for(request.GET.get("zoek", ""))}
    form = form_for(request, typed.initial(**first))
    known: Known | None = None
    if request.method == "POST" and form.is_valid():
        registration, known = saved(request, form)
        if registration:
            return typed.saved(to_the_file(request, registration))
    return render(request, "cases/register.html", {"form": form, "typed": typed, "known": known})


def form_for(request: HttpRequest, initial: dict[str, Any]) -> RegisterForm:
    """Without the tick of who may support nobody."""
    form = RegisterForm(request.POST if request.method == "POST" else None, initial=initial)
    if not may(request.user, SUPPORT_FAMILIES):
        del form.fields["supervise"]
    return form


def saved(
    request: HttpRequest, form: RegisterForm, write: Any = register_arrival, **more: Any
) -> tuple[Registration | None, Known | None]:
    """The registration; or else who is likely known, or what is wrong in the form."""
    data, new = form.cleaned_data, form.applicants()
    known = known_to(request, new, request.POST.getlist("seen"))
    applicants, family = known.chosen(data["choice"], new)
    if known.unanswered(data["choice"]):
        form.add_error(None, "Deze persoon is misschien al bekend. Kies hieronder wat klopt.")
        return None, known
    try:
        registration = write(
            applicants=applicants,
            family=family,
            happened_on=data["happened_on"],
            came=form.came(),
            route=data["route"],
            referrer=data["referrer"],
            not_these=known.seen if data["choice"] else (),
            supervise=data.get("supervise", False),
            by=request.user,
            **more,
        )
    except LikelyKnown as likely:
        form.add_error(None, likely)
        return None, known_to(request, new, tokens_of(request.user, likely.duplicates))
    except ValidationError as error:
        form.add_error(None, error)
        return None, known
    return registration, None


def to_the_file(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The file opens for who may see it. Others hear that it is in good hands."""
    intake = visible_to(request.user).filter(registration=registration).first()
    if intake:
        messages.success(request, f"Aanmelding {registration.number} is genoteerd.")
        return redirect("file", intake.family_id)
    messages.success(
        request,
        f"Aanmelding {registration.number} is genoteerd. Een teammanager wijst een "
        "procesbegeleider toe.",
    )
    return redirect("register")


def must_register(request: HttpRequest) -> None:
    if not may(request.user, MANAGE_TEAM):
        must(request, SUPPORT_FAMILIES, what="aanmelding", part="nieuw")


def _asked_for(words: str) -> dict[str, Any]:
    """What was searched for is not typed twice."""
    question = take_apart(words[:100])
    names = [name.capitalize() for name in question.names]
    return {
        "first_name": " ".join(names[:1]),
        "last_name": " ".join(names[1:]),
        "birth_date": next(iter(question.days), None),
        "phone": next(iter(question.phones), ""),
        "email": next(iter(question.emails), ""),
    }
