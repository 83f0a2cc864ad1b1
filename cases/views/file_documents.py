"""Documents of a registration: brought in, and opened through the door."""

import re
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from accounts.typed import typed_in
from cases.access import Need
from cases.files.editing import addresses_of
from cases.forms.of_registration import NewDocument
from cases.models import Document
from cases.services.documents import keep_document
from cases.stored_files.folder import path_of
from cases.stored_files.kinds import EXTENSIONS
from cases.subjects import OF_REGISTRATION

from .opening import opened

DOCUMENTS = OF_REGISTRATION["documenten"]
NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')


@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """A file with a title and a date; what it is, is told by what is in it."""
    holder = opened(request, "documenten", registration_id=registration_id)
    today = timezone.localdate()
    typed = typed_in(request, "document", about=holder.registration)
    form = NewDocument(
        typed.data,
        request.FILES or None,
        members=[],
        today=today,
        initial=typed.initial(happened_on=today),
    )
    place = addresses_of(DOCUMENTS, holder)
    if typed.sent and form.is_valid():
        document = keep_document(
            registration=holder.registration,
            file=form.cleaned_data["file"],
            kind=form.kind,
            title=form.cleaned_data["title"],
            on=form.cleaned_data["happened_on"],
            by=request.user,
        )
        undo = f"{place.of(document)}intrekken/?reden=Per+ongeluk+toegevoegd"
        words = '{} <a href="{}">Ongedaan maken</a>'
        messages.success(request, format_html(words, DOCUMENTS.saved, undo))
        return typed.saved(redirect(place.landing))
    context = {
        "family": holder.family,
        "registration": holder.registration,
        "form": form,
        "typed": typed,
        "addresses": place,
    }
    return render(request, "cases/document_new.html", context)


@require_safe
def open_document(request: HttpRequest, registration_id: UUID, document_id: UUID) -> HttpResponse:
    """The file itself, to keep or to look at: never shown as a page of ours."""
    holder = opened(request, "document", registration_id=registration_id, needs=Need.READ)
    document = DOCUMENTS.facts_of(holder).standing().filter(pk=document_id).first()
    if document is None:
        raise Http404
    try:
        file = path_of(document).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file,
        as_attachment=True,
        filename=_name_of(document),
        content_type=document.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"},
    )


def _name_of(document: Document) -> str:
    title = " ".join(NOT_IN_A_NAME.sub(" ", document.title).split()).strip(" .")[:100]
    return f"{title or 'document'}.{EXTENSIONS[document.media_type]}"
