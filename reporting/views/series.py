"""Figures through all published editions: for staff exactly, for the public as it was published."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.documents.series import FILES, series_of
from reporting.figures import REPORT, Chapter
from reporting.presenting.series import chapter_of, figure_of

from .reports import may_view_reports


@require_safe
@may_view_reports
def series(request: HttpRequest) -> HttpResponse:
    """A chapter, or one figure of it, in every edition: exactly."""
    return _page(request, exact=True)


@require_safe
@may_view_reports
def series_file(request: HttpRequest, extension: str) -> HttpResponse:
    return _file(extension, exact=True)


@require_safe
@login_not_required
def public_series(request: HttpRequest) -> HttpResponse:
    """The same with only what was public: what was hidden stays hidden."""
    return _page(request, exact=False)


@require_safe
@login_not_required
def public_series_file(request: HttpRequest, extension: str) -> HttpResponse:
    return _file(extension, exact=False)


def _page(request: HttpRequest, *, exact: bool) -> HttpResponse:
    found = series_of(exact=exact)
    chapter, key = _chapter(request.GET.get("onderdeel", "")), request.GET.get("cijfer", "")
    chosen = figure_of(found, key) if key else None
    groups: list | Callable = [chosen] if chosen else chapter_of(found, chapter)
    context = {
        "series": found, "groups": groups, "chapter": chapter, "chosen": chosen,
        "chapters": REPORT.chapters,
        "address": request.path,
        "file_url": "series_file" if exact else "public_series_file",
    }  # fmt: skip
    return render(request, "reporting/series.html", context)


def _chapter(slug: str) -> Chapter:
    """The one that was chosen, or the first: an address that someone kept must not break."""
    found = (one for one in REPORT.chapters if one.slug == slug)
    return next(found, REPORT.chapters[0])


def _file(extension: str, *, exact: bool) -> HttpResponse:
    if extension not in FILES:
        raise Http404("Deze vorm bestaat niet.")
    media_type, make = FILES[extension]
    return HttpResponse(
        make(series_of(exact=exact)),
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="reeks.{extension}"'},
    )
