"""Two that turned out to be one: finding them, seeing what a merge does, doing it, undoing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import AccessLine
from accounts.typed import typed_in
from cases.access import MANAGE_TEAM, Need, visible_to
from cases.door import get_family_for, must, note_list
from cases.files.listing import Asked, page_of_files
from cases.forms.finding import FindFiles
from cases.forms.merging import MergeForm
from cases.merging.done import acts_visible_to, lines_of_acts
from cases.merging.sides import side_of
from cases.merging.tracks import what_stays
from cases.merging.words import told
from cases.models import Family, Merge
from cases.scope import Scope
from cases.searching.answering import search
from cases.searching.duplicates import likely_in
from cases.services import merging
from cases.views.searching import note_elsewhere

Action = AccessLine.Action
PART = "samenvoegen"


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """Choosing two families, and what was merged before."""
    must(request, MANAGE_TEAM, what=PART)
    acts = lines_of_acts(acts_visible_to(request.user))
    note_list(request, {one.family.pk for one in acts}, part=PART)
    form = FindFiles(request.GET)
    context: dict[str, Any] = {"acts": acts, "form": form, "words": form.asked().words}
    if first := _first(request):
        context |= {"first": first, "likely": _likely(request, first)}
    if context["words"]:
        context |= _found(request, context["words"], first)
    return render(request, "cases/merging/choose.html", context)


def _first(request: HttpRequest) -> Family | None:
    try:
        chosen = UUID(request.GET.get("gezin", ""))
    except ValueError:
        return None
    return get_family_for(request, chosen, needs=Need.ASSIGN, part=PART).family


def _likely(request: HttpRequest, first: Family) -> list[Any]:
    """Other families in which someone of `first` likely is: those that one may merge."""
    families = likely_in(first)
    own = visible_to(request.user, Need.ASSIGN).filter(family__in=families)
    rows, _ = page_of_files(own, Asked(sort="gezin"))
    note_list(request, [row.family_id for row in rows], part=PART, action=Action.SEARCH)
    return [(row, families[row.family_id]) for row in rows]


def _found(request: HttpRequest, words: str, first: Family | None) -> dict[str, Any]:
    answer = search(Scope.of(request.user), words)
    own = visible_to(request.user, Need.ASSIGN).values("registration")
    intakes = answer.intakes.filter(registration__in=own)
    rows, _ = page_of_files(intakes, Asked(words, sort="beste"))
    shown = [row.family_id for row in rows]
    note_list(request, shown, part=PART, action=Action.SEARCH, detail={"zoek": words})
    note_elsewhere(request, answer.elsewhere, words)
    rows = [row for row in rows if first is None or row.family_id != first.pk]
    return {"rows": rows, "elsewhere": answer.elsewhere.lines}


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, kept_id: UUID, gone_id: UUID) -> HttpResponse:
    """Who is who, what it would do, and doing it. The same family twice: something within it."""
    kept, gone = _opened(request, kept_id), _opened(request, gone_id)
    sides = {"kept": side_of(kept, request.user), "gone": side_of(gone, request.user)}
    typed = typed_in(request, f"samenvoegen {kept.number}", about=gone)
    form = MergeForm(typed.data, initial=typed.initial(), **sides)
    context = {"form": form, "typed": typed, "within": kept == gone, **sides}
    if typed.sent and form.is_valid():
        try:
            plan, stops = merging.preview(pairing=form.pairing, by=request.user)
            context["preview"] = {"stops": stops, "told": told(plan)}
            if _confirmed(request, form, context["preview"]):
                return typed.saved(_done(request, form))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "cases/merging/merge.html", context)


def _confirmed(request: HttpRequest, form: MergeForm, preview: dict[str, Any]) -> bool:
    """Only what was seen is done: after another choice, or a change by a colleague, one looks
    again."""
    if request.POST.get("doe") != "samenvoegen" or preview["stops"]:
        return False
    if request.POST.get("seen") != preview["told"].seal:
        form.add_error(None, "Dit is niet meer wat je zag. Kijk hieronder hoe het nu wordt.")
        return False
    return True


def _opened(request: HttpRequest, family_id: UUID) -> Family:
    action = Action.CHANGE if request.method == "POST" else Action.READ
    return get_family_for(request, family_id, needs=Need.ASSIGN, part=PART, action=action).family


def _done(request: HttpRequest, form: MergeForm) -> HttpResponse:
    act = merging.merge(pairing=form.pairing, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"Samengevoegd. Dit is gezin {act.family.number}, met alles erin.")
    return redirect("file", act.family_id)


@require_POST
def merge_undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Two again, as before; or why that is no longer possible."""
    act = Merge.objects.filter(pk=merge_id, part_of=None).first()
    family = act.family_id if act else merge_id
    family = what_stays([family]).get(family, family)
    get_family_for(request, family, needs=Need.ASSIGN, part=PART, action=Action.CHANGE)
    try:
        merging.undo_merge(merge=act, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Teruggedraaid. Alles staat weer zoals het stond.")
    return redirect("merges")
