"""The overview that a parent may ask for, as a page and as documents."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import AccessLine
from accounts.roles import READ_ACCESS_LOG
from cases.documents.standalone import as_one_file
from cases.documents.typesetting import OVERVIEW, as_pdf
from cases.door import must
from cases.models import Person
from cases.views.log import note_oversight
from cases.who_looked.overview import Overview, overview_of


@require_safe
def overview(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """To read and to print."""
    found = _overview(request, person_id, "pagina")
    return render(request, "cases/overview.html", _context(found))


@require_safe
def overview_html(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One file that stands by itself: no server, no script, nothing to load."""
    found = _overview(request, person_id, "html")
    page = as_one_file("cases/overview_alone.html", _context(found))
    return _download(page, "text/html; charset=utf-8", found, "html")


@require_safe
def overview_pdf(request: HttpRequest, person_id: UUID) -> HttpResponse:
    found = _overview(request, person_id, "pdf")
    pdf = as_pdf(OVERVIEW, _context(found)["words"], made_at=timezone.now())
    return _download(pdf, "application/pdf", found, "pdf")


def _overview(request: HttpRequest, person_id: UUID, form: str) -> Overview:
    """Made to be given away, so each is logged as an export."""
    must(request, READ_ACCESS_LOG, what="leeslogboek", part="overzicht")
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404("Deze persoon is er niet.")
    found = overview_of(person)
    action = AccessLine.Action.EXPORT
    note_oversight(request, form, [person.pk], person=person, action=action)
    return found


def _context(found: Overview) -> dict:
    return {"overview": found, "words": found.as_data(timezone.localdate())}


def _download(content: str | bytes, kind: str, found: Overview, extension: str) -> HttpResponse:
    name = f"wie-keek-{found.person.number}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
