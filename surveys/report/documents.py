"""The report as a file: PDF to read, XLSX, ODS and CSV to count with, all from one structure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.documents.csv_text import as_csv
from cases.documents.ods import open_workbook
from cases.documents.sheets import Sheet
from cases.documents.typesetting import REPORT, as_pdf
from cases.documents.xlsx import workbook
from facts.numbers import Number

from .structure import Line, Section, SurveyReport
from .tables import Table, meanings_of, tables_of

HEADER = (
    "Sleutel", "Vraag", "Cijfer", "Groep", "Eenheid", "Waarde", "Teller", "Noemer", "Vorige ronde",
    "Verschil", "Hoe geteld", "Waarom leeg",
)  # fmt: skip
WIDTHS = (24, 44, 34, 26, 12, 10, 10, 10, 12, 10, 80, 28)  # characters
EVERYBODY = "Iedereen"


def as_report_pdf(report: SurveyReport) -> bytes:
    """The same report gives the same bytes: its date is the end of the round."""
    return as_pdf(REPORT, _data(report), made_at=_ended(report))


def as_report_xlsx(report: SurveyReport) -> bytes:
    return workbook(sheets_of(report), title=report.title, widths=WIDTHS, made=_ended(report))


def as_report_ods(report: SurveyReport) -> bytes:
    return open_workbook(sheets_of(report), title=report.title, made=_ended(report))


def as_report_csv(report: SurveyReport) -> bytes:
    """What people wrote stands below the numbers, in a column of its own."""
    rows = [(*HEADER, "Tekst"), *((*row, "") for row in _rows(report))]
    empty = ("",) * (len(HEADER) - 3)
    rows += [("", title, "Opmerking", *empty, text) for title, text in _remarks(report)]
    return as_csv(rows).encode()


@dataclass(frozen=True)
class Form:
    extension: str
    name: str
    media_type: str
    make: Callable[[SurveyReport], bytes]


FORMS = {
    form.extension: form
    for form in (
        Form("pdf", "PDF", "application/pdf", as_report_pdf),
        Form(
            "xlsx",
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            as_report_xlsx,
        ),
        Form("ods", "ODS", "application/vnd.oasis.opendocument.spreadsheet", as_report_ods),
        Form("csv", "CSV", "text/csv; charset=utf-8", as_report_csv),
    )
}


def sheets_of(report: SurveyReport) -> list[Sheet]:
    """What it is; the numbers as numbers; and what was released of what people wrote."""
    about = ((report.title, ""), *_about(report), *((note, "") for note in report.notes))
    sheets = [Sheet("Over", about), Sheet("Cijfers", (HEADER, *_rows(report)))]
    remarks = _remarks(report)
    return [*sheets, Sheet("Opmerkingen", (("Vraag", "Tekst"), *remarks))] if remarks else sheets


def _about(report: SurveyReport) -> list[tuple[str, str]]:
    return [
        ("Gestart", report.begun),
        ("Beëindigd", report.ended),
        ("Vorige ronde", report.previous.name if report.previous else "geen"),
    ]


def _rows(report: SurveyReport) -> Iterator[tuple[str | Number, ...]]:
    for section in report.sections:
        for line in section.all_lines:
            yield _row(section, line)


def _row(section: Section, line: Line) -> tuple[str | Number, ...]:
    figure, share, change = line.figure, line.share, line.change
    counted = (share.of, share.base or None) if share else (None, None)
    before = (change.before.value, change.difference) if change else (None, None)
    group = line.group or EVERYBODY
    words = (figure.key, section.title, figure.label, group, figure.unit.value)
    return (*words, line.value, *counted, *before, figure.meaning, line.empty)


def _remarks(report: SurveyReport) -> list[tuple[str, str]]:
    return [(one.title, text) for one in report.sections for text in one.remarks or ()]


def _ended(report: SurveyReport) -> datetime:
    return report.round.ended_at


# --- PDF --------------------------------------------------------------------------------------
def _data(report: SurveyReport) -> dict[str, Any]:
    rows = [(one.figure.label, one.figure.meaning) for one in meanings_of(report)]
    counted = {
        "title": "Hoe is dit geteld?",
        "about": "De andere percentages zijn delen van wie de vraag beantwoordde.",
        "columns": ["Cijfer", "Wat telt mee"],
    }
    return {
        "title": report.title,
        "span": f"{report.begun} t/m {report.ended}",
        "introduction": [f"Gehouden van {report.begun} t/m {report.ended}.", *report.notes],
        "chapters": [_chapter(one) for one in report.sections],
        "afterwards": [],
        "appendix": [counted | {"widths": [1, 3], "rows": rows}],
    }


def _chapter(section: Section) -> dict[str, Any]:
    if section.hidden:
        return {"title": section.title, "texts": [section.instead], "blocks": []}
    shown = tables_of(section)
    blocks = [_sentence(line) for line in shown.sentences]
    blocks += [_table(one) for one in shown.tables]
    remarks = [f"‘{text}’" for text in section.remarks or ()]
    texts = [section.answered, *section.notes, *remarks, section.instead]
    return {"title": section.title, "texts": list(filter(None, texts)), "blocks": blocks}


def _sentence(line: Line) -> dict[str, Any]:
    return {
        "kind": "sentence",
        "number": line.number,
        "text": line.figure.label.lower(),
        "detail": line.detail,
        "footnote": line.change.words if line.change else "",
    }


def _table(one: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": one.title,
        "head": one.head,
        "unit": one.unit,
        "extra": one.extra,
        "rows": [
            {"label": bar.label, "number": bar.number, "share": bar.share,
             "width": float(bar.width), "extra": bar.note}
            for bar in one.rows
        ],
        "footnote": "",
        "chart": "",
        "chart_words": "",
    }  # fmt: skip
