"""Completing what is missing before an edition is drawn for the last time: numbers for who writes
it, and files to open for who may open them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access_log import note
from accounts.models import AccessLine
from accounts.roles import VIEW_REPORTS, may
from cases.door import note_list, people_of
from cases.models import Family
from reporting.models import Edition
from reporting.services.gaps import families_of, gaps_among

FILES_A_PAGE = 100
CASE_WORK = ("cases.support_families", "cases.manage_team")
COMPLETING = "Aanvullen voor de kwartaalcijfers"


@require_safe
def edition_gaps(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Per theme how many files lack something; each number opens its list."""
    edition, opens = _edition_for(request, edition_id)
    gaps = gaps_among(families_of(request.user, all_of_them=not opens), edition.period.last_day)
    context = {"edition": edition, "gaps": gaps, "opens": opens}
    context["missing"] = len(frozenset().union(*(gap.files for gap in gaps)))
    context["reads_editions"] = may(request.user, VIEW_REPORTS)
    return render(request, "reporting/editions/gaps.html", context)


@require_safe
def edition_gap(request: HttpRequest, edition_id: UUID, code: str) -> HttpResponse:
    """The files that lack one thing: as numbers, or as links for who may open them."""
    edition, opens = _edition_for(request, edition_id)
    gaps = gaps_among(families_of(request.user, all_of_them=not opens), edition.period.last_day)
    gap = next((one for one in gaps if one.blank.code == code), None)
    if gap is None:
        raise Http404("Dit kan niet ontbreken.")
    files = Family.objects.filter(pk__in=gap.files).order_by("number")
    page = Paginator(files.only("number"), FILES_A_PAGE).get_page(request.GET.get("pagina"))
    shown = {family.pk for family in page}
    if opens:
        note_list(request, shown, part=COMPLETING)
    else:
        _note_numbers(request, shown, gap.label)
    context = {"edition": edition, "gap": gap, "page": page, "opens": opens}
    return render(request, "reporting/editions/gap.html", context)


def _edition_for(request: HttpRequest, edition_id: UUID) -> tuple[Edition, bool]:
    """The edition, and whether this reader opens files (their own) instead of seeing numbers."""
    opens = any(may(request.user, permission) for permission in CASE_WORK)
    if not (opens or may(request.user, VIEW_REPORTS)):
        raise PermissionDenied
    found = Edition.objects.select_related("period").defer("figures", "rules", "hidden")
    return get_object_or_404(found, pk=edition_id), opens


def _note_numbers(request: HttpRequest, families: set[UUID], what: str) -> None:
    subjects: Any = people_of(families)
    note(
        actor=request.user,
        action=AccessLine.Action.DRILL_DOWN,
        object_type="cijfer",
        object_id="niet in beeld",
        part=what,
        subjects=subjects,
        ground=AccessLine.Ground.COUNTS,
        purpose=COMPLETING,
        request=request,
    )
