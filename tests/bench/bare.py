"""Bare pages: one plain query and as many rows as the page shows, through that page's template."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from accounts.models import User
from cases.caseload.board import Board, Row
from cases.caseload.first import First
from cases.caseload.loads import Load
from cases.caseload.mine import Case
from cases.caseload.tasks import Urgency
from cases.caseload.team_rows import TeamRow
from cases.files.listing import Asked
from cases.forms.finding import FindFiles
from cases.forms.team import TeamListForm, ViewNameForm
from cases.models import Intake
from cases.status import Status
from facts.words import short_day
from ondersteuning.urls import urlpatterns as site


def files(request: HttpRequest) -> HttpResponse:
    """The list, and the answer to a search."""
    rows = [
        (family, number, family_number, number, number, short_day(day), family)
        for family, number, family_number, _, day in _some(request, "rows")
    ]
    form = FindFiles({})
    form.full_clean()
    return render(request, "cases/files.html", {"form": form, "rows": rows, "asked": Asked()})


def today(request: HttpRequest) -> HttpResponse:
    """Vandaag: the three lists, cut from the same rows."""
    found = _some(request, "rows", "first", "blanks")
    cases = [
        Case(registration, number, family, family_number, number, Status.RUNNING, number, True,
             day, None, None, day)
        for family, number, family_number, registration, day in found
    ]  # fmt: skip
    first = [
        First(case.happened_on, "morgen", Urgency.SOON, case.number, "bellen", case.number,
              case.family_id, case.family)
        for case in cases
    ]  # fmt: skip
    blanks = [(case.family_id, case.family, ["samenstelling"]) for case in cases]
    shown = [{"case": case, "since": "12 dagen", "long": False} for case in cases]
    context = {
        "first": first[: _asked(request, "first")],
        "rows": shown[: _asked(request, "rows")],
        "blanks": blanks[: _asked(request, "blanks")],
    }
    return render(request, "cases/today.html", context)


def team(request: HttpRequest) -> HttpResponse:
    """The board: people, and the same numbers for each."""
    people = User.objects.order_by("name")[: _asked(request, "rows")]
    rows = [Row(Load(user, 12, Decimal("0.9")), 2, 14) for user in people]
    return render(request, "cases/team/board.html", {"board": Board(norm=15, rows=rows)})


def team_list(request: HttpRequest) -> HttpResponse:
    rows = [
        TeamRow(registration, number, family, family_number, number, number, short_day(day),
                "12 dagen", "", number)
        for family, number, family_number, registration, day in _some(request, "rows")
    ]  # fmt: skip
    form = TeamListForm({}, supervisors=[])
    form.full_clean()
    context = {"form": form, "rows": rows, "number": len(rows), "name_form": ViewNameForm()}
    return render(request, "cases/team/list.html", context)


def _some(request: HttpRequest, *lengths: str) -> list[Any]:
    """As many as the longest of these lists asks for: one query."""
    intakes = Intake.objects.standing().order_by("registration__number")
    columns = ("family_id", "registration__number", "family__number", "registration_id")
    many = max(_asked(request, name) for name in lengths)
    return list(intakes.values_list(*columns, "happened_on")[:many])


def _asked(request: HttpRequest, name: str) -> int:
    return int(request.GET.get(name, 0))


VIEWS: dict[str, Callable] = {"files": files, "today": today, "team": team, "team_list": team_list}
urlpatterns = [*(path(f"kaal/{name}/", view) for name, view in VIEWS.items()), *site]
