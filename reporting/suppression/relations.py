"""What a reader can reckon with: which published numbers add up to which, and which can't exceed
which. Read from the declarations; one query, for the themes of the items."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.models import Code
from reporting.figures import Breakdown, Count, Number, Percentage, Report
from reporting.figures.declarations import Figure
from reporting.figures.engine import codes_of
from reporting.figures.labels import CodeList, Months

Figures = dict[str, Number]


@dataclass(frozen=True)
class Sum:
    """The `parts` make `whole`: a key, or the number itself where no figure gives it."""

    whole: str | int
    parts: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.whole, *self.parts) if isinstance(self.whole, str) else self.parts


@dataclass(frozen=True)
class AtMost:
    """`less` is at most the sum of `more`: a family with an item counts in its theme too."""

    less: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class Relations:
    """`people`: the keys whose number can be traced to someone. `percentages`: key -> the two it
    is made of. `months`: the keys that a later edition gives again."""

    people: frozenset[str]
    sums: tuple[Sum, ...]
    bounds: tuple[AtMost, ...]
    percentages: dict[str, tuple[str, str]]
    months: frozenset[str]
    fine: frozenset[str]  # broken down by region or reason: a higher threshold


def relations_of(report: Report, figures: Figures) -> Relations:
    breakdowns = [figure for figure in report if isinstance(figure, Breakdown)]
    rows = {one.key: _rows(report, one, figures) for one in breakdowns}
    return Relations(
        people=frozenset(
            key
            for figure in report
            if isinstance(figure, Figure) and figure.unit.about_people
            for key in rows.get(figure.key, (figure.key,))
            if key in figures
        ),
        sums=tuple(dict.fromkeys(_sums(report, rows, figures))),
        bounds=tuple(_bounds(report, breakdowns, rows)),
        percentages={one.key: (one.of, one.base) for one in report if isinstance(one, Percentage)},
        months=frozenset(
            key for one in breakdowns if isinstance(one.labels, Months) for key in rows[one.key]
        ),
        fine=frozenset(key for one in breakdowns if one.fine for key in rows[one.key]),
    )


def _rows(report: Report, figure: Breakdown, figures: Figures) -> tuple[str, ...]:
    return tuple(f"{figure.key}.{code}" for code in codes_of(report, figure, figures))


def _sums(report: Report, rows: dict[str, tuple[str, ...]], figures: Figures) -> Iterator[Sum]:
    people = [one for one in report if isinstance(one, Figure) and one.unit.about_people]
    for figure in people:
        if figure.parts and figure.key in figures:
            parts = [key for part in figure.parts for key in rows.get(part, (part,))]
            yield Sum(figure.key, tuple(key for key in parts if key in figures))
    for figure in people:
        if isinstance(figure, Breakdown) and figure.rows.once and rows[figure.key]:
            keys = rows[figure.key]
            whole = figure.whole or _same_rows(report, figure)
            if whole in figures and figures[whole] == sum(figures[key] or 0 for key in keys):
                yield Sum(whole, keys)
            else:  # its shares are a part of this number, so it is as good as printed
                yield Sum(int(sum(figures[key] or 0 for key in keys)), keys)


def _same_rows(report: Report, figure: Breakdown) -> str:
    """The figure that counts just what this one breaks down."""
    for one in report:
        if isinstance(one, Count) and (one.rows, one.where) == (figure.rows, figure.where):
            return one.key
    return ""


def _bounds(
    report: Report, breakdowns: list[Breakdown], rows: dict[str, tuple[str, ...]]
) -> Iterator[AtMost]:
    """Items and their themes."""
    names = {one.labels.name for one in breakdowns if isinstance(one.labels, CodeList)}
    theme_of = dict(
        Code.objects.filter(list__in=names, theme__isnull=False).values_list("id", "theme__code")
    )
    for figure in breakdowns:
        family, _, last = figure.key.rpartition(".")
        if last != "item" or f"{family}.theme" not in report.by_key:
            continue
        by_theme: dict[str, list[str]] = {}
        for key in rows[figure.key]:
            code = f"{figure.labels.name}.{key.removeprefix(f'{figure.key}.')}"
            if code in theme_of:
                by_theme.setdefault(f"{family}.theme.{theme_of[code]}", []).append(key)
        for theme, items in by_theme.items():
            if theme in rows[f"{family}.theme"]:
                yield AtMost(theme, tuple(items))
                yield from (AtMost(item, (theme,)) for item in items)
