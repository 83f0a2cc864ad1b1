"""Asking for figures, seeing them come, and reading them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from accounts.roles import VIEW_REPORTS, may
from reporting.forms import AskForFigures
from reporting.models import Period, ReportRun
from reporting.presenting import present
from reporting.services.running import request_run

RUNS_A_PAGE = 25


def may_view_reports(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who has a role with the right; anyone else reads that the page isn't for them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, VIEW_REPORTS):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def reports(request: HttpRequest) -> HttpResponse:
    """All draws, newest first, and the form to ask for one."""
    form = AskForFigures(request.POST or None, initial={"period": _last_finished_period()})
    if request.method == "POST" and form.is_valid():
        try:
            run = request_run(**form.question, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("report", run.pk)
    runs = ReportRun.objects.filter(daily=False).select_related("requested_by").defer("figures")
    page = Paginator(runs, RUNS_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "reporting/reports.html", {"form": form, "page": page})


@require_safe
@may_view_reports
def report(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One draw: how far it is, what went wrong, or its figures."""
    run = _run_or_404(run_id)
    if run.state == ReportRun.State.DONE:
        return render(
            request, "reporting/report.html", {"run": run, "page": present(run.figures, run.dates)}
        )
    if run.state == ReportRun.State.FAILED:
        return render(request, "reporting/report_failed.html", {"run": run})
    return render(request, "reporting/report_waiting.html", {"run": run, "seen": _seen(run)})


@require_safe
@login_not_required  # a fragment can't show a page to sign in with: it has the whole page reloaded
@vary_on_headers("HX-Request")
def report_progress(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The fragment that a waiting page asks for every second: empty while nothing changed."""
    if not request.htmx:
        return redirect("report", run_id)
    if not (request.user.is_authenticated and may(request.user, VIEW_REPORTS)):
        return HttpResponseClientRefresh()
    run = _run_or_404(run_id)
    if run.state == ReportRun.State.DONE:
        messages.success(request, "De cijfers zijn klaar.")
    if run.state in (ReportRun.State.DONE, ReportRun.State.FAILED):
        return HttpResponseClientRedirect(reverse("report", args=[run.pk]))
    if request.GET.get("gezien") == _seen(run):
        return HttpResponse(status=204)
    return render(request, "reporting/_progress.html", {"run": run, "seen": _seen(run)})


@require_POST
@may_view_reports
def report_again(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Ask the same question again."""
    run = _run_or_404(run_id)
    again = request_run(
        period_start=run.period_start,
        reference_date=run.reference_date,
        known_on=run.known_on,
        label=run.label,
        by=request.user,
    )
    return redirect("report", again.pk)


def _run_or_404(run_id: UUID) -> ReportRun:
    return get_object_or_404(ReportRun.objects.select_related("requested_by"), pk=run_id)


def _last_finished_period() -> Period | None:
    return Period.objects.filter(last_day__lte=timezone.localdate()).first()


def _seen(run: ReportRun) -> str:
    """What the page shows of the progress: while this is the same, nothing has to be sent."""
    return f"{run.state}-{run.steps_done}-{run.steps_total}"
