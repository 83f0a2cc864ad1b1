"""The figures of a draw as files."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from reporting.documents import FORMS, Source
from reporting.models import ReportRun

from .reports import may_view_reports


@require_safe
@may_view_reports
def report_file(request: HttpRequest, run_id: UUID, extension: str) -> HttpResponse:
    """One of the forms of a draw that is done."""
    run, form = _done_or_404(run_id), FORMS.get(extension)
    if form is None:
        raise Http404("Deze vorm bestaat niet.")
    name = f"kwartaalcijfers-{run.reference_date:%Y-%m-%d}.{extension}"
    return HttpResponse(
        form.make(Source(run.figures, run.dates, described=True)),
        content_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _done_or_404(run_id: UUID) -> ReportRun:
    run = get_object_or_404(ReportRun, pk=run_id)
    if run.state != ReportRun.State.DONE:
        raise Http404("Deze cijfers zijn er (nog) niet.")
    return run
