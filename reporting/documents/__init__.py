"""The figures in the shape of a file: six forms, all from the same figures."""

from collections.abc import Callable
from dataclasses import dataclass

from .opendocument import as_odt
from .page import as_html_text
from .pdf import as_report_pdf
from .sheets import as_ods, as_xlsx
from .source import AFTERWARDS, INTRODUCTION, Listing, Source
from .text import as_csv_text, as_json_text


@dataclass(frozen=True)
class Form:
    """A kind of file. `make(source)` gives its bytes."""

    extension: str
    name: str
    media_type: str
    make: Callable[[Source], bytes]


def _as_bytes(make: Callable[[Source], str]) -> Callable[[Source], bytes]:
    return lambda source: make(source).encode()


OFFICE = "application/vnd.oasis.opendocument"
FORMS = {
    form.extension: form
    for form in (
        Form("html", "Pagina", "text/html; charset=utf-8", _as_bytes(as_html_text)),
        Form("pdf", "PDF", "application/pdf", as_report_pdf),
        Form("odt", "ODT", f"{OFFICE}.text", as_odt),
        Form(
            "xlsx",
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            as_xlsx,
        ),
        Form("ods", "ODS", f"{OFFICE}.spreadsheet", as_ods),
        Form("csv", "CSV", "text/csv; charset=utf-8", _as_bytes(as_csv_text)),
        Form("json", "JSON", "application/json", _as_bytes(as_json_text)),
    )
}

__all__ = ["AFTERWARDS", "FORMS", "INTRODUCTION", "Form", "Listing", "Source"]
