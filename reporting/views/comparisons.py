"""Two draws side by side: asking, reading what changed and why, and who is behind it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from accounts.access_log import note
from accounts.models import AccessLine
from cases.door import people_of
from reporting.differences import CAUSES
from reporting.differences.naming import named
from reporting.figures import REPORT, Percentage
from reporting.forms import ChooseTwo
from reporting.models import Comparison
from reporting.presenting.codes import names_of
from reporting.presenting.differences import WITH_FILES, present_differences
from reporting.presenting.explain import unit_of
from reporting.services.comparing import request_comparison

from .records import CHECKING, ROWS_A_PAGE
from .reports import may_view_reports

COMPARISONS_A_PAGE = 25
State = Comparison.State


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def comparisons(request: HttpRequest) -> HttpResponse:
    """The form to choose two, and what was compared before."""
    form = ChooseTwo(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = request_comparison(**form.cleaned_data, by=request.user)
            return redirect("comparison", asked.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    made = Comparison.objects.select_related("earlier", "later", "requested_by")
    made = made.defer("outcome", "earlier__figures", "later__figures")
    page = Paginator(made, COMPARISONS_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "reporting/comparisons/list.html", {"form": form, "page": page})


@require_safe
@may_view_reports
@vary_on_headers("HX-Request")
def comparison(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    """What changed; while it is being worked out the page asks every second whether it is done."""
    one = _comparison_or_404(comparison_id)
    at_work = one.state in (State.WAITING, State.RUNNING)
    if request.htmx:
        return HttpResponse(status=204) if at_work else HttpResponseClientRefresh()
    if one.state != State.DONE:
        return render(request, "reporting/comparisons/not_there.html", {"comparison": one})
    context = {"comparison": one, "found": present_differences(one)}
    return render(request, "reporting/comparisons/comparison.html", context)


@require_safe
@may_view_reports
def comparison_records(
    request: HttpRequest, comparison_id: UUID, key: str, cause: str
) -> HttpResponse:
    """The numbers of the files that one cause brought into a figure, or out of it."""
    one = _comparison_or_404(comparison_id)
    found = REPORT.find(key)
    if found is None or key not in (one.outcome or {}) or cause not in CAUSES:
        raise Http404("Dit verschil is er niet.")
    figure, _ = found
    unit = unit_of(REPORT, figure)
    kept = one.records.filter(key=key, cause=cause).first()
    if isinstance(figure, Percentage) or unit not in WITH_FILES or kept is None:
        raise Http404("Hier staan geen dossiers achter.")
    rows = [("erbij", *row) for row in named(unit, kept.gained)]
    rows += [("eraf", *row) for row in named(unit, kept.lost)]
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("pagina"))
    note(
        actor=request.user,
        action=AccessLine.Action.DRILL_DOWN,
        object_type="cijfer",
        object_id=key,
        part=f"verschil: {one.later.label}"[:100],
        subjects=people_of({family for *_, family in page}),
        ground=AccessLine.Ground.COUNTS,
        purpose=CHECKING,
        request=request,
    )
    context = {
        "comparison": one, "name": names_of([key])[key], "cause": CAUSES[cause], "unit": unit,
        "page": page, "groups": _groups(page),
    }  # fmt: skip
    return render(request, "reporting/comparisons/records.html", context)


def _groups(page) -> list[tuple[str, list]]:
    """What came and what went, each under its own heading."""
    came = [row for which, *row in page if which == "erbij"]
    went = [row for which, *row in page if which == "eraf"]
    groups = [("Erbij gekomen", came), ("Eraf gegaan", went)]
    return [(title, rows) for title, rows in groups if rows]


def _comparison_or_404(comparison_id: UUID) -> Comparison:
    found = Comparison.objects.select_related("earlier", "later", "requested_by")
    found = found.defer("earlier__figures", "later__figures")
    return get_object_or_404(found, pk=comparison_id)
