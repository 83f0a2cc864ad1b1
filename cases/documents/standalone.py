"""A page as one file: its stylesheets stand in it, and nothing has to be loaded."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

STYLESHEETS = ("bootstrap/css/bootstrap-reboot.min.css", "css/ondersteuning.css")


def as_one_file(template: str, context: dict) -> str:
    styles = mark_safe("\n".join(map(_stylesheet, STYLESHEETS)))  # noqa: S308  our own files
    return render_to_string(template, context | {"styles": styles})


def _stylesheet(name: str) -> str:
    """Without the reference to a file with sources, which whoever gets the page doesn't have."""
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    lines = Path(found).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("/*# source", "@charset")))
