"""The list of files, a file to read, and who has seen it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import AccessLine
from accounts.roles import may
from cases.access import Need
from cases.door import get_family_for, note_list
from cases.files.contacts import contacts_of
from cases.files.family import people_of_family
from cases.files.listing import LAST_PAGE, Asked, page_of_files
from cases.files.registrations import trajectories_of
from cases.files.support import background_of, themes_of
from cases.forms.finding import FindFiles
from cases.models import EmergencyAccess
from cases.searching.answering import search
from cases.services.emergency import OPEN_IN_EMERGENCY, emergency_of
from cases.views.searching import note_elsewhere
from facts.words import clock


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """The files that someone may see, a page at a time."""
    form = FindFiles(request.GET)
    asked = form.asked()
    answer = search(request.user, asked.words) if asked.words else None
    rows, more = page_of_files(request.user, asked, answer and answer.intakes)
    _note_what_was_asked(request, asked, [row.family_id for row in rows])
    if answer:
        note_elsewhere(request, answer.elsewhere, asked.words)
    context = {
        "form": form,
        "rows": rows,
        "asked": asked,
        "elsewhere": answer and answer.elsewhere.lines,
        "narrowed": bool(asked.words or asked.status is not None),
        "previous_page": asked.page - 1,
        "next_page": asked.page + 1 if more and asked.page < LAST_PAGE else None,
        "too_far": more and asked.page == LAST_PAGE,
        "may_open_in_emergency": may(request.user, OPEN_IN_EMERGENCY),
    }
    return render(request, "cases/files.html", context)


def _note_what_was_asked(request: HttpRequest, asked: Asked, families: list[UUID]) -> None:
    action = AccessLine.Action.SEARCH if asked.words else AccessLine.Action.LIST
    detail = {"zoek": asked.words} if asked.words else {}
    if asked.status is not None:
        detail["status"] = asked.status.code
    note_list(request, families, part="gezinnen", action=action, detail=detail)


@require_safe
def file(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Everything that is known of a family, to read."""
    opened = get_family_for(request, family_id)
    emergency: EmergencyAccess | None = None
    if opened.ground.code == AccessLine.Ground.EMERGENCY:
        emergency = emergency_of(request.user, opened.family)
    context = {
        "family": opened.family,
        "ground": opened.ground,
        "may_share": Need.ASSIGN in opened.ground.allows,
        "until": emergency and clock(emergency.ends_at),
        "people": people_of_family(opened.family),
        "trajectories": trajectories_of(opened.family, request.user, timezone.localdate()),
        "themes": themes_of(opened.family),
        "background": background_of(opened.family),
        "contacts": contacts_of(opened.family, request.user),
    }
    return render(request, "cases/file.html", context)
