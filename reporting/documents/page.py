"""The page of a report as one file, to mail: the stylesheets stand in it."""

from django.conf import settings

from cases.documents.standalone import as_one_file
from reporting.documents.source import Source


def as_html_text(source: Source) -> str:
    """Without the moment at which it was made: the same figures give the same page."""
    context = {"page": source.page, "source": source, "version": settings.VERSION}
    return as_one_file("reporting/report_alone.html", context)
