"""The figures in the shape of a file: six forms, all from the same figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from facts.dates import Dates
from reporting.figures import Number

from .opendocument import as_ods, as_odt
from .page import as_html_text
from .pdf import as_report_pdf
from .text import as_csv_text, as_json_text
from .xlsx import as_xlsx

Figures = dict[str, Number]
KnownOn = date | datetime


@dataclass(frozen=True)
class Form:
    """A kind of file. `make(figures, dates, known_on)` gives its bytes."""

    extension: str
    name: str
    media_type: str
    make: Callable[[Figures, Dates, KnownOn], bytes]


def _text(made: str) -> bytes:
    return made.encode()


FORMS = {
    form.extension: form
    for form in (
        Form("html", "Pagina", "text/html; charset=utf-8",
             lambda figures, dates, known_on: _text(as_html_text(figures, dates))),
        Form("pdf", "PDF", "application/pdf",
             lambda figures, dates, known_on: as_report_pdf(figures, dates)),
        Form("odt", "ODT", "application/vnd.oasis.opendocument.text",
             lambda figures, dates, known_on: as_odt(figures, dates)),
        Form("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
             lambda figures, dates, known_on: as_xlsx(figures, dates)),
        Form("ods", "ODS", "application/vnd.oasis.opendocument.spreadsheet",
             lambda figures, dates, known_on: as_ods(figures, dates)),
        Form("csv", "CSV", "text/csv; charset=utf-8",
             lambda figures, dates, known_on: _text(as_csv_text(figures, dates))),
        Form("json", "JSON", "application/json",
             lambda figures, dates, known_on: _text(as_json_text(figures, dates, known_on))),
    )
}  # fmt: skip
