"""Every figure in every published edition: what the page of the series and its files hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format

from cases.documents.csv_text import as_csv, harmless
from cases.documents.sheets import Sheet, sheet_name
from cases.documents.xlsx import workbook
from reporting.figures import REPORT, Breakdown, Number
from reporting.models import Edition

from .rows import FigureRow, rows_of

ABOUT = ("Sleutel", "Cijfer", "Uitsplitsing", "Eenheid")
WIDTHS = (34, 42, 34, 16)
HIDDEN = "verborgen"


@dataclass(frozen=True)
class Moment:
    """An edition. `newest`: no later one corrects it."""

    name: str
    short: str
    slug: str
    newest: bool


@dataclass(frozen=True)
class Line:
    """A figure through all editions. A number is None where it wasn't counted, or was hidden."""

    about: FigureRow
    numbers: tuple[Number, ...]
    hidden: tuple[bool, ...]


@dataclass(frozen=True)
class Series:
    """`exact`: with what the public doesn't see."""

    moments: tuple[Moment, ...]
    lines: tuple[Line, ...]
    exact: bool

    def line(self, key: str) -> Line | None:
        return next((one for one in self.lines if one.about.key == key), None)


def series_of(*, exact: bool) -> Series:
    """Of all published editions, the oldest first. Three queries, whatever their number."""
    published = Edition.objects.filter(state=Edition.State.PUBLISHED, run__isnull=False)
    editions = list(
        published.select_related("period", "run").defer("rules", "run__figures")
        .order_by("period__last_day", "number")
    )  # fmt: skip
    if not editions:
        return Series((), (), exact)
    figures: dict[str, Number] = {}
    for edition in editions:
        figures |= edition.figures
    lines = (_line(row, editions, exact) for row in rows_of(figures, editions[-1].run.dates))
    return Series(tuple(_moments(editions)), tuple(lines), exact)


def _moments(editions: list[Edition]) -> Iterable[Moment]:
    last = {edition.period_id: edition.number for edition in editions}
    for one in editions:
        corrects = f", editie {one.number}" if one.number > 1 else ""
        short = date_format(one.period.last_day, "M y").lower()
        yield Moment(
            f"{one.period.label}{corrects}", short, one.slug, last[one.period_id] == one.number
        )


def _line(row: FigureRow, editions: list[Edition], exact: bool) -> Line:
    hidden = tuple(not exact and row.key in edition.hidden for edition in editions)
    numbers = tuple(
        None if covered else _number(row.key, edition)
        for edition, covered in zip(editions, hidden, strict=True)
    )
    return Line(row, numbers, hidden)


def _number(key: str, edition: Edition) -> Number:
    """A breakdown has no figure of a code that counts nobody; of a figure that wasn't counted yet
    nothing is known."""
    found = REPORT.find(key)
    nobody = 0 if found and isinstance(found[0], Breakdown) else None
    return edition.figures.get(key, nobody)


# --- Files ------------------------------------------------------------------------------------
def as_series_csv(series: Series) -> bytes:
    head = ("sleutel", "hoofdstuk", "cijfer", "uitsplitsing", "eenheid", *_names(series))
    rows = (
        (one.key, one.chapter, one.figure, one.part, one.unit, *_cells(line))
        for line in series.lines
        for one in [line.about]
    )
    return as_csv((head, *rows)).encode()


def as_series_xlsx(series: Series) -> bytes:
    """A sheet a chapter; numbers as numbers."""
    sheets = []
    chapters = groupby(series.lines, lambda line: line.about.chapter)
    for place, (chapter, lines) in enumerate(chapters, start=1):
        name = sheet_name(f"{place} {chapter or 'Niet meer verklaard'}")
        rows = ((*_words(one.about), *_cells(one)) for one in lines)
        sheets.append(Sheet(name, ((*ABOUT, *_names(series)), *rows)))
    empty = Sheet("Reeks", ((*ABOUT, "Er is nog niets gepubliceerd."),))
    widths = (*WIDTHS, *(14 for _ in series.moments or "."))
    return workbook(sheets or [empty], title="Reeks van het Ondersteuningsteam", widths=widths)


FILES: dict[str, tuple[str, Callable[[Series], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_series_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_series_xlsx,
    ),
}


def _names(series: Series) -> list[str]:
    return [harmless(moment.name) for moment in series.moments]


def _words(row: FigureRow) -> tuple[str, ...]:
    return row.key, row.figure, row.part, row.unit


def _cells(line: Line) -> Iterable[str | Number]:
    """Each a number, or why there is none."""
    return (
        HIDDEN if hidden else number
        for number, hidden in zip(line.numbers, line.hidden, strict=True)
    )
