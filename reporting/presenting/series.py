"""The series as a page: of a chapter each number with its chart, and each breakdown as a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting import charts
from reporting.documents.series import Line, Moment, Series
from reporting.figures import REPORT, Breakdown, Chapter, Number, Percentage, Total

from . import words

MOST_MOMENTS = 6  # that a table has room for; the files have them all


@dataclass(frozen=True)
class Cell:
    moment: Moment
    number: str


@dataclass(frozen=True)
class Through:
    """A figure through the editions. `chart`: where it stands alone."""

    key: str
    title: str
    cells: tuple[Cell, ...]
    chart: charts.Columns | None = None
    chart_words: str = ""


@dataclass(frozen=True)
class Group:
    """What stands together: one figure, or the rows of a breakdown."""

    title: str
    moments: tuple[Moment, ...]
    alone: Through | None = None
    rows: tuple[Through, ...] = ()


def chapter_of(series: Series, chapter: Chapter) -> list[Group]:
    return [group for figure in chapter.figures if (group := _group(series, figure)) is not None]


def figure_of(series: Series, key: str) -> Group | None:
    """One figure alone, also one row of a breakdown; None when no edition has it."""
    line = series.line(key)
    return _alone(series, line) if line else None


def _group(series: Series, figure) -> Group | None:
    if isinstance(figure, Breakdown):
        lines = [one for one in series.lines if REPORT.find(one.about.key) == _code(one, figure)]
        if not lines:
            return None
        moments = series.moments[-MOST_MOMENTS:]
        rows = tuple(_through(series, line, line.about.part, MOST_MOMENTS) for line in lines)
        return Group(figure.label, moments, rows=rows)
    line = series.line(figure.key)
    return _alone(series, line) if line else None


def _code(line: Line, figure: Breakdown) -> tuple:
    return figure, line.about.key.removeprefix(f"{figure.key}.")


def _alone(series: Series, line: Line) -> Group:
    about = line.about
    title = f"{about.figure}: {about.part}" if about.part else about.figure
    through = _through(series, line, title, len(series.moments))
    chart = charts.over_time(list(_newest(series, line)))
    drawn = Through(through.key, title, through.cells, chart, _in_words(series, line, title))
    return Group(title, series.moments, alone=drawn)


def _through(series: Series, line: Line, title: str, most: int) -> Through:
    cells = tuple(
        Cell(moment, words.HIDDEN if hidden else _said(line, number))
        for moment, number, hidden in zip(series.moments, line.numbers, line.hidden, strict=True)
    )
    return Through(line.about.key, title, cells[-most:])


def _said(line: Line, number: Number) -> str:
    declared = REPORT.find(line.about.key)
    figure = declared[0] if declared else None
    said = words.number(number, 2 if isinstance(figure, Total) else 0)
    return f"{said}%" if isinstance(figure, Percentage) and number is not None else said


def _newest(series: Series, line: Line) -> Iterator[tuple[str, str, Number]]:
    """Of each period the edition that holds: a correction takes the place of what it corrects."""
    for moment, number in zip(series.moments, line.numbers, strict=True):
        if moment.newest:
            yield moment.slug, moment.short, number


def _in_words(series: Series, line: Line, title: str) -> str:
    """What someone who can't see the chart should know of it; the table gives the rest."""
    last = series.moments[-1]
    return (
        f"{title}, een kolom per periode tot en met {last.name}. "
        f"De laatste is {words.HIDDEN if line.hidden[-1] else _said(line, line.numbers[-1])}. "
        "De tabel geeft alle edities."
    )
