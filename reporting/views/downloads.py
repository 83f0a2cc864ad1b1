"""The figures of a draw as files: plain data at once, documents made by a worker."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from accounts.roles import VIEW_REPORTS, may
from reporting.documents import FORMS
from reporting.models import ReportFile, ReportRun
from reporting.services import making
from reporting.services.making import AT_ONCE, BY_A_WORKER, ask_for_files, source_of_run

from .reports import may_view_reports

State = ReportFile.State
WORDS = dict(State.choices) | {State.RUNNING: "Wordt gemaakt"}


@require_safe
@may_view_reports
def report_file(request: HttpRequest, run_id: UUID, extension: str) -> HttpResponse:
    """One of the forms of a draw that is done; leads to where it is made when it isn't there."""
    run, form = _done_or_404(run_id), FORMS.get(extension)
    if form is None:
        raise Http404("Deze vorm bestaat niet.")
    if extension in AT_ONCE:
        content = making.make_form(extension, source_of_run(run))
    else:
        made = _files(run).filter(state=State.DONE, extension=extension).first()
        if made is None:
            return redirect("report_files", run.pk)
        content = bytes(made.content)
    name = f"kwartaalcijfers-{run.reference_date:%Y-%m-%d}.{extension}"
    return HttpResponse(
        content,
        content_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def report_files(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Asking for the documents of a draw, and how far they are; one may leave and come back."""
    run = _done_or_404(run_id)
    if request.method == "POST":
        ask_for_files(run=run, by=request.user)
        return redirect("report_files", run.pk)
    context = {"run": run, **progress_of(_files(run).defer("content"))}
    return render(request, "reporting/files.html", context)


@require_safe
@login_not_required  # a fragment can't show a page to sign in with: it has the whole page reloaded
@vary_on_headers("HX-Request")
def report_files_progress(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The fragment that a waiting page asks for every second."""
    if not request.htmx:
        return redirect("report_files", run_id)
    if not (request.user.is_authenticated and may(request.user, VIEW_REPORTS)):
        return HttpResponseClientRefresh()
    run = _done_or_404(run_id)
    context = {"run": run, **progress_of(_files(run).defer("content"))}
    return render(request, "reporting/_files.html", context)


def progress_of(files: Iterable[ReportFile]) -> dict[str, Any]:
    """The files with their words, and how many are done, at work on, or failed."""
    files = list(files)
    done = sum(file.state == State.DONE for file in files)
    failed = sum(file.state == State.FAILED for file in files)
    return {
        "files": [
            (file, FORMS[file.extension].name if file.extension in FORMS else "Pagina op de site",
             WORDS[file.state])
            for file in files
        ],
        "files_done": done,
        "files_failed": failed,
        "files_busy": len(files) - done - failed,
    }  # fmt: skip


def _files(run: ReportRun):
    return ReportFile.objects.filter(run=run, edition=None, extension__in=BY_A_WORKER)


def _done_or_404(run_id: UUID) -> ReportRun:
    run = get_object_or_404(ReportRun, pk=run_id)
    if run.state != ReportRun.State.DONE:
        raise Http404("Deze cijfers zijn er (nog) niet.")
    return run
