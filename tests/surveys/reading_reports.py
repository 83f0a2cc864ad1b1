"""What a reader, or a program, finds in each form of a survey report."""

import html
import re
from typing import Any

from surveys.report.documents import FORMS, HEADER
from surveys.report.structure import Line, SurveyReport
from tests.reporting.reading_forms import rows_in_csv, rows_in_ods, rows_in_xlsx, text_of_pdf

Row = dict[str, Any]
TO_COUNT_WITH = {"csv": rows_in_csv, "xlsx": rows_in_xlsx, "ods": rows_in_ods}


def rows_in(extension: str, report: SurveyReport) -> dict[tuple[str, str], Row]:
    """(group, key) -> the row, with its numbers as numbers."""
    rows = TO_COUNT_WITH[extension](FORMS[extension].make(report))
    found = (dict(zip(HEADER, row, strict=False)) for row in rows)
    return {(one["Groep"], one["Sleutel"]): _numbers(one) for one in found if one["Sleutel"]}


def lines_of(report: SurveyReport) -> dict[tuple[str, str], Line]:
    """By group ('': everybody) and key."""
    return {
        (line.group, line.figure.key): line
        for section in report.sections
        for line in section.all_lines
    }


def _numbers(row: Row) -> Row:
    names = ("Waarde", "Teller", "Noemer", "Vorige ronde", "Verschil")
    return row | {name: _number(row[name]) for name in names}


def _number(cell: Any) -> float | None:
    if cell in ("", None):
        return None
    return float(cell.replace(",", ".")) if isinstance(cell, str) else float(cell)


def as_told(line: Line) -> dict[str, float | None]:
    share, change = line.share, line.change
    return {
        "Waarde": _number(line.value),
        "Teller": _number(share.of if share else None),
        "Noemer": _number((share.base or None) if share else None),
        "Vorige ronde": _number(change.before.value if change else None),
        "Verschil": _number(change.difference if change else None),
    }


def plain(text: str) -> str:
    """Without tags, brackets and spaces more than one."""
    return " ".join(re.sub(r"<[^>]*>|[()]", " ", html.unescape(text)).split())


def text_in_pdf(report: SurveyReport) -> str:
    return plain(text_of_pdf(FORMS["pdf"].make(report)))
