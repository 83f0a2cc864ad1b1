"""Making an edition: what is asked, decided, offered and approved on screen."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import APPROVE_EDITIONS, WRITE_EDITIONS, may
from accounts.typed import typed_in
from reporting.forms import BeginEdition, Decide, WriteText
from reporting.models import Edition, ReportRun
from reporting.presenting.codes import names_of
from reporting.services import comparing
from reporting.services import editions as verbs
from reporting.services.making import source_of
from reporting.suppression.choosing import Choice
from surveys.door import may_read_report
from surveys.report.quoting import quotes_to_offer

from .downloads import progress_of
from .reports import may_view_reports

State = Edition.State
SENDING_BACK = "terugsturen"


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def editions(request: HttpRequest) -> HttpResponse:
    """All editions, and the form to begin one."""
    form = BeginEdition(request.POST or None)
    if request.method == "POST":
        _must(request, WRITE_EDITIONS)
        if form.is_valid():
            begun = _tried(form, lambda: verbs.begin_edition(**form.cleaned_data, by=request.user))
            if begun:
                return redirect("edition", begun.pk)
    found = Edition.objects.select_related("period").defer("figures", "rules", "hidden")
    return render(request, "reporting/editions/list.html", {"form": form, "editions": found})


@require_safe
@may_view_reports
def edition(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Where an edition stands, what is in the way, and what can be done."""
    one = _edition_or_404(edition_id)
    drawn = one.run is not None and one.run.state == ReportRun.State.DONE
    previous = comparing.edition_before(one) if drawn else None
    bodies = {text.part: text.body for text in one.texts.all()}
    context = {
        "edition": one,
        "typed": typed_in(request, SENDING_BACK, about=one),
        "drawn": drawn,
        "previous": previous,
        "comparison": previous and comparing.comparison_between(previous.run_id, one.run_id),
        "parts": [
            (part, name, bodies.get(part, "")) for part, name in verbs.PARTS.items()
        ],
        "obstacles": verbs.obstacles(one) if one.state in (State.DRAFT, State.OFFERED) else [],
        "number_hidden": len(one.hidden)
        if one.state == State.PUBLISHED
        else len(verbs.hidden_in(one).choices) if drawn else 0,
        **progress_of(one.files_in_the_making.defer("content")),
        "may_write": may(request.user, WRITE_EDITIONS),
        "may_approve": may(request.user, APPROVE_EDITIONS) and one.offered_by != request.user,
    }  # fmt: skip
    return render(request, "reporting/editions/edition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def edition_text(request: HttpRequest, edition_id: UUID, part: str) -> HttpResponse:
    """One part of the text. What is being typed is kept as a draft."""
    _must(request, WRITE_EDITIONS)
    one = _edition_or_404(edition_id)
    if part not in verbs.PARTS or one.state != State.DRAFT:
        raise Http404("Dit onderdeel kan niet worden geschreven.")
    text = one.texts.filter(part=part).first()
    body = text.body if text else ""
    name = f"tekst-{part}"
    typed = typed_in(request, name, about=one)
    form = WriteText(typed.data, initial=typed.initial(body=body, instead_of=body))
    if typed.sent and form.is_valid():
        write = partial(verbs.write_text, edition_id=one.pk, part=part, by=request.user)
        if _tried(form, lambda: write(**form.cleaned_data)):
            messages.success(request, "De tekst staat erin.")
            return typed.saved(redirect("edition", one.pk))
    stale = form.has_error("__all__", "stale")
    if stale:  # the writer has seen the other text now, and chooses
        form.data = {**form.data.dict(), "instead_of": body}
    context = {
        "edition": one, "part": verbs.PARTS[part], "form": form, "typed": typed,
        "other": body if stale else None,
        "examples": _examples(one),
        "quotes": quotes_to_offer() if may_read_report(request.user) else [],
    }  # fmt: skip
    return render(request, "reporting/editions/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def edition_hidden(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """What the public won't see and why, and deciding otherwise with a reason."""
    one = _edition_or_404(edition_id)
    if one.run is None or one.run.state != ReportRun.State.DONE:
        raise Http404("Er zijn nog geen cijfers.")
    typed = typed_in(request, "besluit", about=one)
    names = names_of(one.run.figures)
    form = Decide(typed.data, initial=typed.initial(), names=names)
    if typed.sent:
        _must(request, WRITE_EDITIONS)
        if form.is_valid():
            decide = partial(verbs.decide, edition_id=one.pk, by=request.user)
            if _tried(form, lambda: decide(**form.cleaned_data)):
                messages.success(request, "Je besluit staat erbij.")
                return typed.saved(redirect("edition_hidden", one.pk))
    outcome = verbs.hidden_in(one)
    rows = [
        (names[key], one.run.figures[key], choice.why, _reason(choice, names))
        for key, choice in sorted(outcome.choices.items())
    ]
    decided = one.decisions.order_by("key")
    decisions = [(found, names.get(found.key, found.key)) for found in decided]
    context = {"edition": one, "form": form, "rows": rows, "decisions": decisions, "typed": typed}
    context |= {"open": [(names[key], *ends) for key, ends in outcome.open.items()]}
    return render(request, "reporting/editions/hidden.html", context)


@require_safe
@may_view_reports
def edition_preview(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """As readers will see it."""
    one = _edition_or_404(edition_id)
    if one.run is None or one.run.state != ReportRun.State.DONE:
        raise Http404("Er zijn nog geen cijfers.")
    source = source_of(one)
    context = {"edition": one, "source": source, "page": source.page}
    return render(request, "reporting/editions/preview.html", context)


@require_POST
@may_view_reports
def edition_step(request: HttpRequest, edition_id: UUID, step: str) -> HttpResponse:
    """Draw again, offer, send back, approve, or take a decision back."""
    _must(request, APPROVE_EDITIONS if step in ("goedkeuren", "terugsturen") else WRITE_EDITIONS)
    one = _edition_or_404(edition_id)
    known = {"edition_id": one.pk, "by": request.user}
    steps: dict[str, Callable[[], Any]] = {
        "berekenen": lambda: verbs.draw_again(**known),
        "aanbieden": lambda: verbs.offer(**known),
        "terugsturen": lambda: verbs.send_back(**known, reason=request.POST.get("reason", "")),
        "goedkeuren": lambda: verbs.approve(**known),
        "bestanden": lambda: verbs.files_again(**known),
        "besluit-weg": lambda: verbs.undecide(**known, key=request.POST.get("key", "")),
    }
    if step not in steps:
        raise Http404("Deze stap bestaat niet.")
    typed = typed_in(request, SENDING_BACK, about=one)
    answer = redirect("edition_hidden" if step == "besluit-weg" else "edition", one.pk)
    try:
        steps[step]()
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return answer
    return typed.saved(answer) if step == "terugsturen" else answer


def _edition_or_404(edition_id: UUID) -> Edition:
    found = Edition.objects.select_related("run", "period", "offered_by", "approved_by", "begun_by")
    return get_object_or_404(found.prefetch_related("texts", "decisions"), pk=edition_id)


def _must(request: HttpRequest, permission: str) -> None:
    if not may(request.user, permission):
        raise PermissionDenied


def _tried(form: Any, verb: Callable[[], Any]) -> Any:
    """What the verb gives; None, with the reason in the form, when it refuses."""
    try:
        return verb()
    except ValidationError as refusal:
        for one in refusal.error_list:
            form.add_error(None, one)
    return None


def _examples(one: Edition) -> list[tuple[str, str]]:
    """The keys that a text may name, with their words."""
    figures = (one.run.figures or {}) if one.run else {}
    return list(names_of(key for key in figures if "." in key).items())[:400]


def _reason(choice: Choice, names: Mapping[str, str]) -> str:
    if choice.protects:
        return f"Anders is uit te rekenen: {names[choice.protects]}."
    return choice.reason
