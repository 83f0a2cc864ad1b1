"""The read log as pages: of one file, and the whole of it for the privacy officer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access_log import note
from accounts.models import AccessLine
from accounts.roles import READ_ACCESS_LOG
from cases.door import get_family_for, must, people_of
from cases.forms.log import FindLines
from cases.models import Person
from cases.who_looked.lines import lines_about, page_of_lines, sought_lines
from cases.who_looked.sentences import in_words

OVERSIGHT = "Toezicht op inzage"


@require_safe
def who_looked(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Who has seen this file: for whoever may open it."""
    opened = get_family_for(request, family_id, part="wie keek")
    form = FindLines({"voor": request.GET.get("voor")})
    before = form.cleaned_data["voor"] if form.is_valid() else None
    lines, older = page_of_lines(lines_about(opened.family), before)
    context = {
        "family": opened.family,
        "lines": in_words(lines),
        "older": older,
        "newest": before is None,
    }
    return render(request, "cases/who_looked.html", context)


@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    """All of it, for the privacy officer: searched by person, file, colleague, day or deed."""
    must(request, READ_ACCESS_LOG, what="leeslogboek")
    form = FindLines(request.GET)
    context = {"form": form, "newest": True}
    subjects: list = []
    if form.is_valid():
        people, sought = form.people(), form.sought()
        context |= {"people": people, "newest": sought.before is None}
        subjects = [one.pk for one in people]
        if sought.family:
            subjects += people_of([sought.family.pk])
        if len(people) <= 1:
            lines, older = page_of_lines(sought_lines(sought), sought.before)
            context |= {"lines": in_words(lines), "older": older}
    note_oversight(request, "regels", subjects, detail=_asked(form))
    context["query"] = _without_page(request)
    return render(request, "cases/access_log.html", context)


def note_oversight(
    request: HttpRequest,
    part: str,
    subjects: list,
    *,
    person: Person | None = None,
    action: str = AccessLine.Action.READ,
    detail: dict | None = None,
) -> None:
    """Who reads the log is in it as well."""
    note(
        actor=request.user,
        action=AccessLine.Action.SEARCH if detail else action,
        object_type="persoon" if person else "leeslogboek",
        object_id=person.pk if person else None,
        part=part,
        subjects=subjects,
        ground=AccessLine.Ground.DUTY,
        purpose=OVERSIGHT,
        detail=detail,
        request=request,
    )


def _asked(form: FindLines) -> dict:
    """What was looked for, as it was typed; `note` hashes it."""
    return {name: form.data[name] for name in form.fields if form.data.get(name)}


def _without_page(request: HttpRequest) -> str:
    """The question of this page, to be asked of the next."""
    query = request.GET.copy()
    query.pop("voor", None)
    return query.urlencode()
