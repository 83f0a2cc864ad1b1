"""The board of a team, the lists behind its numbers, and the views that someone keeps of them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases.access import MANAGE_TEAM
from cases.caseload.board import board_of, supervisors_of
from cases.caseload.team_lists import chosen_of, team_intakes, who_has_some
from cases.caseload.team_rows import ROWS_A_PAGE, page_of
from cases.door import must, note_list
from cases.forms.team import TeamListForm, ViewNameForm
from cases.models import SavedView
from cases.services.saved_views import keep_view, remove_view, rename_view

PAGE = "team"


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """The team at a glance: what waits, and how much each has."""
    must(request, MANAGE_TEAM, what="team")
    board = board_of(request.user, timezone.localdate())
    note_list(request, [], part="team")  # numbers, and nobody by name
    context = {"board": board, "views": SavedView.objects.filter(user=request.user, page=PAGE)}
    return render(request, "cases/team/board.html", context)


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    """Exactly what a number of the board counted; or another part of it."""
    must(request, MANAGE_TEAM, what="team", part="lijst")
    today = timezone.localdate()
    rows = team_intakes(request.user)
    everyone = supervisors_of(request.user, who_has_some(request.user))
    form = TeamListForm(request.GET, supervisors=everyone)
    found = chosen_of(rows, form.chosen(), today)
    shown, number = page_of(found, form.sort, form.page, today)
    note_list(request, {row.family_id for row in shown}, part="team")
    context = {
        "form": form,
        "rows": shown,
        "number": number,
        "query": form.query(),
        "previous_page": form.page - 1,
        "next_page": form.page + 1 if number > form.page * ROWS_A_PAGE else None,
        "views": SavedView.objects.filter(user=request.user, page=PAGE),
        "name_form": ViewNameForm(),
    }
    return render(request, "cases/team/list.html", context)


@require_POST
def view_keep(request: HttpRequest) -> HttpResponse:
    """The question of the list, under a name."""
    must(request, MANAGE_TEAM, what="team", part="weergave")
    everyone = supervisors_of(request.user, [])
    asked = TeamListForm(_asked(request), supervisors=everyone)
    asked.full_clean()
    form = ViewNameForm(request.POST)
    if form.is_valid():
        _try(
            request,
            lambda: keep_view(page=PAGE, query=asked.query(), by=request.user, **form.cleaned_data),
            "De weergave is bewaard.",
        )
    else:
        messages.error(request, form.errors["name"][0])
    return redirect(f"{reverse('team_list')}?{asked.query()}")


@require_POST
def view_change(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Another name, or away with it."""
    must(request, MANAGE_TEAM, what="team", part="weergave")
    view = get_object_or_404(SavedView, pk=view_id, user=request.user, page=PAGE)
    query = view.query
    if request.POST.get("doe") == "verwijderen":
        _try(request, lambda: remove_view(view=view, by=request.user), "De weergave is weg.")
        return redirect("team_list")
    form = ViewNameForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        _try(
            request,
            lambda: rename_view(view=view, name=name, by=request.user),
            f"De weergave heet nu {name}.",
        )
    else:
        messages.error(request, form.errors["name"][0])
    return redirect(f"{reverse('team_list')}?{query}")


def _asked(request: HttpRequest) -> QueryDict:
    return QueryDict(request.POST.get("query", "")[:500])


def _try(request: HttpRequest, deed: Callable, done: str) -> None:
    try:
        deed()
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, done)
