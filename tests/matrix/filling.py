"""The forms that stand on pages, filled in as somebody would who wants to save them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from tests.cases.office import TODAY

TOKEN = "csrfmiddlewaretoken"
A_PASSWORD = "een lange zin met spaties"  # everybody's (world.py)
BY_NAME = {
    "phone": "0612345678",
    "second_phone": "0612345679",
    "oldpassword": A_PASSWORD,
    "password": A_PASSWORD,
    "birth_date": "1990-01-01",
    "second_birth_date": "1991-01-01",
}
BY_TYPE = {
    "date": TODAY.isoformat(),
    "time": "10:15",
    "number": "1",
    "email": "ingevuld@example.org",
    "tel": "0612345678",
    "password": "een heel andere lange zin",
    "checkbox": "on",
}
WORDS = "Ingevuld in een toets, met meer woorden"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class Typed:
    """What a form is sent with; a file by its name."""

    values: dict[str, Any]
    files: tuple[str, ...] = ()

    def again(self) -> dict[str, Any]:
        """A file is read only once: each time it is sent it is a new one."""
        uploads = {
            name: SimpleUploadedFile("ingevuld.pdf", PDF, "application/pdf") for name in self.files
        }
        return {**self.values, **uploads}


def forms_on(page: bytes, address: str) -> Iterator[tuple[str, Typed]]:
    """Each form that is sent from this page: whereto (without its query), with what."""
    document = html.parse(io.BytesIO(page), html.HTMLParser(encoding="utf-8"))
    for form in document.iterfind(".//form"):
        if form.get("method", "get").lower() == "post":
            action = urljoin(address, form.get("action") or address)
            yield action.partition("?")[0], _filled_in(form)


def _filled_in(form: Any) -> Typed:
    values: dict[str, Any] = {}
    files = []
    for field in form.inputs:
        kind = field.get("type", "text") if field.tag == "input" else field.tag
        name = field.get("name")
        if name is None or name == TOKEN or field.get("disabled") is not None:
            continue
        if kind == "file":
            files.append(name)
        elif (value := _value(field, kind)) is not None and name not in values:
            values[name] = value
    button = form.find(".//button[@name]")
    if button is not None:
        values.setdefault(button.get("name"), button.get("value", ""))
    return Typed(values, tuple(files))


def _value(field: Any, kind: str) -> Any:
    """What stands there already stays; what is empty gets something that fits."""
    if kind == "select":
        options = [option.get("value", option.text) for option in field.iterfind(".//option")]
        chosen = field.value if not field.multiple else next(iter(field.value), None)
        return chosen or next((option for option in options if option), None)
    if kind == "radio":
        return field.get("value")
    if kind in ("submit", "button", "image", "reset"):
        return None
    there = ((field.text if kind == "textarea" else field.get("value")) or "").strip()
    if there or kind == "hidden":
        return there
    return BY_NAME.get(field.get("name")) or BY_TYPE.get(kind, WORDS)
