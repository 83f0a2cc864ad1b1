"""The list of files, a file to read, and who has seen it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import AccessLine, User
from accounts.roles import may
from cases.access import Need
from cases.caseload.missing import missing_in
from cases.door import get_family_for, note_list
from cases.files.daily import daily_as_of, daily_of
from cases.files.deaths import tell_who_is_not_approached
from cases.files.family import people_of_family
from cases.files.gaps import Gap, OnFile, gaps_of
from cases.files.lifelines import lifelines_of
from cases.files.listing import LAST_PAGE, Asked, page_of_files
from cases.files.registrations import trajectories_of
from cases.files.support import Background, background_of, themes_of
from cases.forms.finding import AsOf, FindFiles
from cases.models import EmergencyAccess, Family
from cases.scope import Scope
from cases.searching.answering import search
from cases.services.emergency import OPEN_IN_EMERGENCY, emergency_of
from cases.views.searching import note_elsewhere
from facts.dates import end_of_day
from facts.words import clock, short_day


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """The files that someone may see, a page at a time."""
    form = FindFiles(request.GET)
    asked, scope = form.asked(), Scope.of(request.user)
    answer = search(scope, asked.words) if asked.words else None
    rows, more = page_of_files(answer.intakes if answer else scope.intakes(), asked)
    _note_what_was_asked(request, asked, scope, [row.family_id for row in rows])
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


def _note_what_was_asked(
    request: HttpRequest, asked: Asked, scope: Scope, families: list[UUID]
) -> None:
    action = AccessLine.Action.SEARCH if asked.words else AccessLine.Action.LIST
    detail = {"zoek": asked.words} if asked.words else {}
    if asked.status is not None:
        detail["status"] = asked.status.code
    note_list(request, families, part="gezinnen", action=action, detail=detail, scope=scope)


@require_safe
def file(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """A family's file, as a story from top to bottom."""
    opened = get_family_for(request, family_id)
    emergency: EmergencyAccess | None = None
    if opened.ground.code == AccessLine.Ground.EMERGENCY:
        emergency = emergency_of(request.user, opened.family)
    context = _story_of(opened.family, request.user) | {
        "ground": opened.ground,
        "may_share": Need.ASSIGN in opened.ground.allows,
        "until": emergency and clock(emergency.ends_at),
        **daily_of(opened.family, request.user, timezone.localdate()),
    }
    return render(request, "cases/file.html", context)


@require_safe
def file_as_of(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The file as we knew it at the end of a day."""
    opened = get_family_for(request, family_id, part="dossier op een dag")
    form = AsOf(request.GET or None, today=timezone.localdate())
    context = {"family": opened.family, "form": form}
    if form.is_valid():
        day = form.cleaned_data["op"]
        at = end_of_day(day)
        context |= _story_of(opened.family, request.user, at)
        context |= daily_as_of(opened.family, request.user, day, at)
        context |= {"day": short_day(day)}
    return render(request, "cases/file_as_of.html", context)


def _story_of(family: Family, user: User, at: datetime | None = None) -> dict[str, Any]:
    """Everything on the page: today's, or what we held at an earlier moment."""
    today = timezone.localdate(at) if at else timezone.localdate()
    people, background = people_of_family(family, at), background_of(family, at)
    trajectories = trajectories_of(family, user, today, at)
    tell_who_is_not_approached(people, trajectories)
    may_write = any(one.may_write for one in trajectories.shown)
    return {
        "family": family,
        "people": people,
        "lifelines": lifelines_of(people.children, today),
        "trajectories": trajectories,
        "themes": themes_of(family, at),
        "background": background,
        "may_write": may_write,
        "gaps": _gaps(OnFile(family, people, trajectories), background, today) if may_write else [],
    }


def _gaps(file: OnFile, background: Background, today: date) -> list[Gap]:
    missing = missing_in([file.family.pk], today).get(file.family.pk, {})
    return gaps_of(file, background, missing)
