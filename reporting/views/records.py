"""What stands behind a figure: the numbers of the cases that it counts, and never a name."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access_log import note
from accounts.models import AccessLine
from cases.door import people_of
from cases.models import Family
from reporting.figures import REPORT, Breakdown, records
from reporting.figures.engine import codes_of
from reporting.figures.units import CHILD, FAMILY, PARENT, REGISTRATION, Unit
from reporting.models import ReportRun
from reporting.presenting import words
from reporting.presenting.codes import in_order, label, words_by_breakdown
from reporting.presenting.explain import unit_of

from .downloads import _done_or_404
from .reports import may_view_reports

ROWS_A_PAGE = 200
CHECKING = "Controle van de kwartaalcijfers"

# Of each unit that has files behind it: the column with its own number.
NUMBERS = {
    REGISTRATION: "registration__number",
    FAMILY: "family__number",
    CHILD: "person__number",
    PARENT: "person__number",
}


@require_safe
@may_view_reports
def records_behind(request: HttpRequest, run_id: UUID, key: str) -> HttpResponse:
    """The case numbers that a figure of this run counts, as known at its moment."""
    run = _done_or_404(run_id)
    found = REPORT.find(key)
    if found is None or not any(own == key or own.startswith(f"{key}.") for own in run.figures):
        raise Http404("Dit cijfer is er niet.")
    figure, code = found
    if isinstance(figure, Breakdown) and code is None:
        context = {"run": run, "figure": figure, "rows": _codes(figure, run)}
        return render(request, "reporting/records_of_breakdown.html", context)
    unit = unit_of(REPORT, figure)
    page = None
    if unit in NUMBERS:
        page = Paginator(_rows(key, run, unit), ROWS_A_PAGE).get_page(request.GET.get("pagina"))
    shown = list(page.object_list) if page else []
    note(
        actor=request.user,
        action=AccessLine.Action.DRILL_DOWN,
        object_type="cijfer",
        object_id=key,
        part=run.label,
        subjects=people_of({family for _, _, family in shown}),
        ground=AccessLine.Ground.COUNTS,
        purpose=CHECKING,
        request=request,
    )
    context = {
        "run": run,
        "figure": figure,
        "code": code and _words(figure, code),
        "unit": unit,
        "number": words.number(run.figures[key]),
        "rows": shown,
        "page": page,
    }
    return render(request, "reporting/records.html", context)


def _codes(figure: Breakdown, run: ReportRun) -> list[tuple[str, str, str]]:
    """Of each row of a breakdown: its key, its words and its number."""
    numbers = {code: run.figures.get(f"{figure.key}.{code}") for code in _codes_of(figure, run)}
    spoken = words_by_breakdown(REPORT)[figure.key]
    return [
        (f"{figure.key}.{code}", label(figure, code, spoken), words.number(numbers[code]))
        for code in in_order(figure, numbers, spoken)
    ]


def _codes_of(figure: Breakdown, run: ReportRun) -> list[str]:
    return [
        code
        for code in codes_of(REPORT, figure, run.figures)
        if f"{figure.key}.{code}" in run.figures
    ]


def _words(figure: Breakdown, code: str) -> str:
    return label(figure, code, words_by_breakdown(REPORT)[figure.key])


def _rows(key: str, run: ReportRun, unit: Unit) -> QuerySet:
    """(number, number of the family, id of the family), each unit once, by number."""
    units = records(REPORT, key, run.dates)
    of_families = units.model is Family
    number = "number" if of_families else NUMBERS[unit]
    family = "number" if of_families else "family__number"
    return units.values_list(number, family, "family_id").order_by(number)
