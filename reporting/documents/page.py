"""The page of a report as one file, to mail: the stylesheets stand in it."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from reporting.documents.source import Source

STYLESHEETS = ("bootstrap/css/bootstrap-reboot.min.css", "css/ondersteuning.css")


def as_html_text(source: Source) -> str:
    """Without the moment at which it was made: the same figures give the same page."""
    context = {
        "page": source.page,
        "source": source,
        "styles": mark_safe("\n".join(map(_stylesheet, STYLESHEETS))),  # noqa: S308  our own files
        "version": settings.VERSION,
    }
    return render_to_string("reporting/report_alone.html", context)


def _stylesheet(name: str) -> str:
    """Without the reference to a file with sources, that whoever gets the mail doesn't have."""
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    lines = Path(found).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("/*# source", "@charset")))
