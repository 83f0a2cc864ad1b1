"""Keeping a letter or report with a registration."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from cases.models import Document, Registration
from cases.stored_files.folder import keep
from cases.stored_files.kinds import Kind
from facts.recording import recording
from facts.verbs import add


def keep_document(
    *, registration: Registration, file: UploadedFile, kind: Kind, title: str, on: date, by: Any
) -> Document:
    """The row and its file stand or fall together. `kind`: as cases.stored_files.kinds saw it."""
    with recording(by=by) as now:
        kept = keep(file.chunks())
        document = Document(
            registration=registration,
            title=title,
            happened_on=on,
            media_type=kind.media_type,
            size=kept.size,
            sha256=kept.sha256,
            stored_as=kept.stored_as,
        )
        return add(document, at=now)
