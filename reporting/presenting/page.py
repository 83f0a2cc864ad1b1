"""A page of figures: chapters, and in each the numbers and tables in the order of declaration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from facts.dates import Dates
from reporting import charts
from reporting.figures import (
    REPORT,
    Breakdown,
    Chapter,
    Number,
    Percentage,
    Report,
    Total,
    broken_rules,
)
from reporting.figures.declarations import Declaration
from reporting.figures.engine import codes_of
from reporting.figures.labels import Months

from . import words
from .codes import in_order, label, words_by_breakdown
from .explain import Definition, Explainer, unit_of

FIRST = 10  # of a long table this many rows stand open
LONG = 20


@dataclass(frozen=True)
class Sentence:
    """One number, and the words that follow it."""

    key: str
    number: str
    text: str
    detail: str
    footnote: str
    definition: Definition
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    number: str
    share: str
    width: str
    in_view: bool


@dataclass(frozen=True)
class Table:
    """A breakdown. `rest`: the rows of a long table that open on request."""

    key: str
    title: str
    unit: str
    rows: tuple[Row, ...]
    rest: tuple[Row, ...]
    footnote: str
    definition: Definition
    chart: charts.Columns | None = None
    chart_words: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in (*self.rows, *self.rest))


@dataclass(frozen=True)
class Group:
    """What stands together: sentences under each other, or one table."""

    sentences: tuple[Sentence, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class ShownChapter:
    slug: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Page:
    """`missing`: what an older version of the program didn't count yet. `unexplained`: what it
    did count, and no declaration explains any more."""

    span: str
    known_on: str
    headlines: tuple[tuple[str, str], ...]
    chapters: tuple[ShownChapter, ...]
    broken: tuple[str, ...]
    missing: tuple[str, ...]
    unexplained: tuple[tuple[str, str], ...]

    def keys(self) -> Iterator[str]:
        """Every key that the page shows."""
        for chapter in self.chapters:
            for group in chapter.groups:
                for sentence in group.sentences:
                    yield from sentence.keys
                yield from group.table.keys if group.table else ()
        yield from (key for key, _ in self.unexplained)


def present(
    figures: dict[str, Number],
    dates: Dates,
    report: Report = REPORT,
    hidden: frozenset[str] = frozenset(),
) -> Page:
    """All of `figures` as a page; of those in `hidden` not the number. One query: the words of
    the editable lists."""
    return _Presenter(report, figures, dates, hidden).page()


class _Presenter:
    def __init__(
        self,
        report: Report,
        figures: dict[str, Number],
        dates: Dates,
        hidden: frozenset[str],
    ) -> None:
        self.report, self.figures, self.dates, self.hidden = report, figures, dates, hidden
        self.explainer = Explainer(report, figures, dates, hidden)
        self.words = words_by_breakdown(report)

    def page(self) -> Page:
        missing = [
            figure.label
            for figure in self.report
            if not isinstance(figure, Breakdown) and figure.key not in self.figures
        ]
        return Page(
            span=words.span(self.dates.period_start, self.dates.reference_date),
            known_on=words.instant(self.dates.known_on),
            headlines=tuple(self._headlines()),
            chapters=tuple(self._chapter(chapter) for chapter in self.report.chapters),
            # The parts of a figure can't be checked where one of them was never counted.
            broken=() if missing else tuple(self._broken()),
            missing=tuple(missing),
            unexplained=tuple(self._unexplained()),
        )

    def _broken(self) -> Iterator[str]:
        """The rules that don't hold, with the label of a figure where the rule names its key."""
        labels = {figure.key: figure.label for figure in self.report}
        for sentence in broken_rules(self.report, self.figures):
            yield re.sub(r"\w+(\.\w+)+", lambda key: labels.get(key[0], key[0]), sentence)

    def _headlines(self) -> Iterator[tuple[str, str]]:
        for figure in self.report:
            if figure.headline and figure.key in self.figures:
                yield self._number(figure.key), figure.headline

    def _unexplained(self) -> Iterator[tuple[str, str]]:
        for key, number in self.figures.items():
            if self.report.find(key) is None:
                decimals = 2 if isinstance(number, float) else 0
                yield key, words.number(number, decimals)

    def _number(self, key: str, decimals: int = 0) -> str:
        return words.HIDDEN if key in self.hidden else words.number(self.figures[key], decimals)

    def _chapter(self, chapter: Chapter) -> ShownChapter:
        percentages = [one for one in chapter.figures if isinstance(one, Percentage)]
        within = {key for one in percentages for key in (one.of, one.base)}
        groups: list[Group] = []
        for figure in chapter.figures:
            if isinstance(figure, Breakdown):
                groups.append(Group(table=self._table(figure)))
            elif figure.key in self.figures and figure.key not in within:
                before = groups.pop().sentences if groups and groups[-1].sentences else ()
                groups.append(Group(sentences=(*before, self._sentence(figure))))
        return ShownChapter(chapter.slug, chapter.title, tuple(groups))

    # --- One number ------------------------------------------------------------------------
    def _sentence(self, figure: Declaration) -> Sentence:
        value = self.figures[figure.key]
        number = self._number(figure.key, 2 if isinstance(figure, Total) else 0)
        keys, detail = (figure.key,), ""
        if isinstance(figure, Percentage):
            plain = value is None or figure.key in self.hidden
            number = number if plain else f"{number}%"
            detail = self._part_of_base(figure)
            keys = (figure.key, figure.of, figure.base)
        return Sentence(
            key=figure.key,
            number=number,
            text=self._text(figure, value),
            detail=detail,
            footnote="" if isinstance(figure, Percentage) else figure.footnote,
            definition=self.explainer.definition(figure),
            keys=tuple(key for key in keys if key in self.figures),
        )

    def _text(self, figure: Declaration, value: Number) -> str:
        """What follows the number. A sentence that only fits many gives way to the label."""
        if (
            value is None
            or figure.key in self.hidden
            or (value == 1 and "{unit}" not in figure.sentence)
        ):
            return figure.label
        unit = unit_of(self.report, figure)
        name = unit.singular if value == 1 else unit.plural
        return words.fill(figure.sentence, self.dates, name) or figure.label

    def _part_of_base(self, figure: Percentage) -> str:
        if not self.hidden.isdisjoint({figure.of, figure.base}):
            return ""
        of, base = self.figures.get(figure.of), self.figures.get(figure.base)
        units = unit_of(self.report, figure).plural
        if not base:
            return f"er zijn nog geen {units} om dit van te berekenen"
        return f"{words.number(of)} van {words.number(base)} {units}"

    # --- One table ---------------------------------------------------------------------------
    def _table(self, figure: Breakdown) -> Table:
        numbers = {
            code: self.figures.get(f"{figure.key}.{code}", 0)
            for code in codes_of(self.report, figure, self.figures)
        }
        rows = self._rows(figure, numbers)
        open_rows = len(rows)
        if open_rows > LONG and not isinstance(figure.labels, Months):
            open_rows = FIRST
        chart = self._columns(figure, numbers)
        return Table(
            key=figure.key,
            title=figure.label,
            unit=figure.unit.plural,
            rows=tuple(rows[:open_rows]),
            rest=tuple(rows[open_rows:]),
            footnote=self._footnote(figure),
            definition=self.explainer.definition(figure),
            chart=chart,
            chart_words=charts.in_words(chart, figure.label) if chart else "",
        )

    def _footnote(self, figure: Breakdown) -> str:
        """Where rows overlap a reader must know: they then add up to more than the whole."""
        several = f"Een {figure.unit.singular} kan bij meer regels horen."
        return figure.footnote if figure.rows.once else f"{figure.footnote} {several}".strip()

    def _rows(self, figure: Breakdown, numbers: dict[str, Number]) -> list[Row]:
        by_code = self.words[figure.key]
        base, _ = self.explainer.base(figure)
        shown = {
            code: None if f"{figure.key}.{code}" in self.hidden else number
            for code, number in numbers.items()
        }
        longest = max((number or 0 for number in shown.values()), default=0)
        return [
            Row(
                key=f"{figure.key}.{code}",
                label=label(figure, code, by_code),
                number=words.HIDDEN if shown[code] is None else words.number(shown[code]),
                share="" if shown[code] is None else words.share(shown[code], base),
                width=charts.bar_width(shown[code], longest),
                in_view=code != figure.unknown,
            )
            for code in in_order(figure, shown, by_code)
        ]

    def _columns(self, figure: Breakdown, numbers: dict[str, Number]) -> charts.Columns | None:
        if not isinstance(figure.labels, Months):
            return None
        numbers = {
            code: None if f"{figure.key}.{code}" in self.hidden else number
            for code, number in numbers.items()
        }
        return charts.columns(numbers, self.dates.period_start, self.dates.reference_date)
