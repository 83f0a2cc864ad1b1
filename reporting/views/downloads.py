"""The figures of a draw as files."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from facts.dates import AMSTERDAM, end_of_day
from reporting.documents.text import as_csv_text, as_json_text
from reporting.models import ReportRun

from .reports import may_view_reports


@require_safe
@may_view_reports
def report_json(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = _done_or_404(run_id)
    day = run.known_on.astimezone(AMSTERDAM).date()
    known_on = day if run.known_on == end_of_day(day) else run.known_on
    text = as_json_text(run.figures, run.dates, known_on)
    return _download(run, text, "application/json", "json")


@require_safe
@may_view_reports
def report_csv(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = _done_or_404(run_id)
    return _download(run, as_csv_text(run.figures), "text/csv; charset=utf-8", "csv")


def _done_or_404(run_id: UUID) -> ReportRun:
    run = get_object_or_404(ReportRun, pk=run_id)
    if run.state != ReportRun.State.DONE:
        raise Http404("Deze cijfers zijn er (nog) niet.")
    return run


def _download(run: ReportRun, text: str, content_type: str, extension: str) -> HttpResponse:
    name = f"kwartaalcijfers-{run.reference_date:%Y-%m-%d}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=content_type, headers=headers)
