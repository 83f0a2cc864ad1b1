"""How things stand today, beside the last edition."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reporting.figures import REPORT, Number, Percentage
from reporting.models import Edition, ReportRun
from reporting.presenting import words
from reporting.presenting.codes import names_of
from reporting.presenting.differences import signed
from reporting.services import today
from reporting.services.comparing import comparison_between

from .reports import may_view_reports

COMING = "De cijfers worden berekend. Je ziet ze hier zodra ze er zijn."

# Few, and none of a flow: those of a period that still runs say nothing beside a whole one.
SHOWN = (
    "registrations.total",
    "registrations.status.not_started",
    "registrations.supported",
    "response.phone_within_two_days.percentage",
    "response.welcome_within_week.percentage",
    "families.total",
    "children.total",
    "children.placed_now",
)


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    now: str
    then: str
    difference: str


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def figures_today(request: HttpRequest) -> HttpResponse:
    """What was drawn last, and the button to draw it again. Nothing is counted here."""
    if request.method == "POST":
        try:
            today.request_today(by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, COMING)
        return redirect("figures_today")
    run, edition = today.last_drawn(), today.last_edition()
    context = {
        "run": run,
        "edition": edition,
        "rows": _rows(run, edition) if run else [],
        "coming": today.on_its_way(),
        "comparison": run and edition and comparison_between(edition.run_id, run.pk),
    }
    return render(request, "reporting/today.html", context)


def _rows(run: ReportRun, edition: Edition | None) -> list[Row]:
    names, before = names_of(SHOWN), edition.figures if edition else {}
    return [
        _row(key, names[key], run.figures[key], before.get(key))
        for key in SHOWN
        if key in run.figures
    ]


def _row(key: str, name: str, now: Number, then: Number) -> Row:
    percent = "%" if isinstance(REPORT.by_key.get(key), Percentage) else ""
    difference = words.NOTHING
    if now is not None and then is not None:
        difference = signed(Decimal(str(now)) - Decimal(str(then)))
    return Row(key, name, _said(now, percent), _said(then, percent), difference)


def _said(number: Number, percent: str) -> str:
    return words.number(number) + (percent if number is not None else "")
