"""Counts what is declared. Knows no single figure.

All figures of a unit are counted in one statement: each kind of rows is read once (a materialised
subquery), then each figure is a pass over what was read. What several kinds of rows need is
computed once too. The number of statements is that of the units, whatever the number of
registrations.
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain

from django.db import connection
from django.db.models import QuerySet

from facts.dates import Dates
from facts.numbers import Number, percentage

from .declarations import Breakdown, Figure, Percentage, Report, Total
from .statement import statement

Progress = Callable[[int, int, str], None]


def count(report: Report, dates: Dates, progress: Progress | None = None) -> dict[str, Number]:
    """Every figure of `report` by key, in the order of its declarations.

    The caller sees to it that all statements look at one snapshot (reporting.services.drawing).
    """
    groups = _groups(report)
    counted: dict[str, Number] = {}
    for step, figures in enumerate(groups):
        if progress:
            progress(step, len(groups), figures[0].unit.plural)
        counted.update(_count(figures, dates))
    for figure in report:
        if isinstance(figure, Percentage):
            counted[figure.key] = percentage(counted[figure.of], counted[figure.base])
    if progress:
        progress(len(groups), len(groups), "")
    return dict(_in_order(report, counted))


def records(report: Report, key: str, dates: Dates) -> QuerySet:
    """The ids of the units that the figure `key` counts (of a percentage: those of its base).

    Raises KeyError when no declaration gives that key.
    """
    found = report.find(key)
    if found is None:
        raise KeyError(key)
    figure, code = found
    if isinstance(figure, Percentage):
        return records(report, figure.base, dates)
    rows = figure.rows.read(dates).filter(figure.where)
    if isinstance(figure, Breakdown):
        if code is None or code == figure.unknown:
            rows = rows.filter(**{f"{figure.by}__isnull": code is not None})
        else:
            rows = rows.filter(**{figure.by: figure.labels.value(code)})
    return rows.order_by().values_list(figure.rows.id, flat=True).distinct()


def _groups(report: Report) -> list[list[Figure]]:
    """The figures that are counted together: those of a unit, and those that are read in one
    place (regions are read where their families are)."""
    groups: list[tuple[set, list[Figure]]] = []
    for figure in report:
        if isinstance(figure, Figure):
            ties = {figure.unit, figure.rows.read}
            tied = [group for group in groups if not ties.isdisjoint(group[0])]
            groups = [group for group in groups if group not in tied]
            together = [*chain.from_iterable(figures for _, figures in tied), figure]
            groups.append((ties.union(*(others for others, _ in tied)), together))
    return [figures for _, figures in groups]


def _count(figures: list[Figure], dates: Dates) -> dict[str, Number]:
    with connection.cursor() as cursor:
        cursor.execute(*statement(figures, dates))
        answers = cursor.fetchall()
    counted: dict[str, Number] = {}
    for index, code, number in answers:
        figure = figures[index]
        if not isinstance(figure, Breakdown):
            whole = not isinstance(figure, Total)
            counted[figure.key] = int(number) if whole else _in_two_decimals(number)
        elif code is not None:
            counted[f"{figure.key}.{figure.labels.code(code)}"] = int(number)
        elif figure.unknown is not None:
            counted[f"{figure.key}.{figure.unknown}"] = int(number)
    return counted


def _in_two_decimals(number: Decimal) -> Decimal:
    return Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP)


def codes_of(report: Report, figure: Breakdown, keys: Iterable[str]) -> list[str]:
    """The codes of a breakdown that have a figure among `keys`: those that are always there first,
    then the others by code, and what is not in view last."""
    prefix = f"{figure.key}."
    found = {
        key.removeprefix(prefix)
        for key in keys
        if key.startswith(prefix) and report.find(key) == (figure, key.removeprefix(prefix))
    }
    last = {figure.unknown} & found
    return [*figure.always, *sorted(found - set(figure.always) - last), *last]


def _in_order(report: Report, counted: dict[str, Number]) -> Iterable[tuple[str, Number]]:
    for figure in report:
        if isinstance(figure, Breakdown):
            for code in codes_of(report, figure, counted):
                yield f"{figure.key}.{code}", counted.get(f"{figure.key}.{code}", 0)
        else:
            yield figure.key, counted[figure.key]
