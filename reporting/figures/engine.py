"""Counts what is declared. Knows no single figure.

All figures over the same rows are counted in one statement: the rows are read once (a
materialised subquery), then each figure is a pass over what was read. The number of statements is
that of the kinds of rows, whatever the number of registrations.
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from django.db.models import QuerySet

from facts.dates import Dates

from .declarations import EVERY, Breakdown, Figure, Percentage, Report, Total
from .units import Rows

Number = int | Decimal | None
Progress = Callable[[int, int, str], None]


def count(report: Report, dates: Dates, progress: Progress | None = None) -> dict[str, Number]:
    """Every figure of `report` by key, in the order of its declarations.

    The caller sees to it that all statements look at one snapshot (reporting.services.drawing).
    """
    by_rows: dict[Rows, list[Figure]] = {}
    for figure in report:
        if isinstance(figure, Figure):
            by_rows.setdefault(figure.rows, []).append(figure)
    counted: dict[str, Number] = {}
    for step, (rows, figures) in enumerate(by_rows.items()):
        if progress:
            progress(step, len(by_rows), rows.unit.plural)
        counted.update(_count_rows(rows, figures, dates))
    for figure in report:
        if isinstance(figure, Percentage):
            counted[figure.key] = percentage(counted[figure.of], counted[figure.base])
    if progress:
        progress(len(by_rows), len(by_rows), "")
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


def percentage(part: Number, whole: Number) -> int | None:
    """Whole percents, half up (so 0.5 becomes 1); None of nothing."""
    if not whole:
        return None
    share = Decimal(part or 0) * 100 / Decimal(whole)
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def _count_rows(rows: Rows, figures: list[Figure], dates: Dates) -> dict[str, Number]:
    with connection.cursor() as cursor:
        cursor.execute(*statement(rows, figures, dates))
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


def statement(rows: Rows, figures: list[Figure], dates: Dates) -> tuple[str, list]:
    """One SQL statement whose answer is (number of the figure, code, count), and its parameters."""
    queryset, columns = rows.read(dates).order_by(), {rows.id}
    for index, figure in enumerate(figures):
        if figure.where != EVERY:
            queryset = queryset.annotate(**{f"where_{index}": figure.where})
            columns.add(f"where_{index}")
        columns.update(getattr(figure, name) for name in ("by", "of") if hasattr(figure, name))
    sql, params = queryset.values(*sorted(columns)).query.sql_with_params()
    parts = [
        _breakdown(rows, index, figure)
        for index, figure in enumerate(figures)
        if isinstance(figure, Breakdown)
    ]
    single = [pair for pair in enumerate(figures) if not isinstance(pair[1], Breakdown)]
    if single:
        parts.append(_singles(rows, single))
    return f"WITH rows AS MATERIALIZED ({sql}) " + " UNION ALL ".join(parts), list(params)


def _breakdown(rows: Rows, index: int, figure: Breakdown) -> str:
    where = "" if figure.where == EVERY else f' WHERE "where_{index}"'
    source = "rows" + where
    if not rows.once:
        # Twice the speed of count(DISTINCT …), which sorts.
        source = f'(SELECT DISTINCT "{figure.by}", "{rows.id}" FROM rows{where}) AS units'
    return (
        f'(SELECT {index} AS figure, "{figure.by}"::text AS code, count(*)::numeric AS number'
        f" FROM {source} GROUP BY 2)"
    )


def _singles(rows: Rows, figures: Iterable[tuple[int, Figure]]) -> str:
    sums, values = [], []
    for index, figure in figures:
        what = f'count(DISTINCT "{rows.id}")' if not rows.once else "count(*)"
        if isinstance(figure, Total):
            what = f'coalesce(sum("{figure.of}"), 0)'
        where = "" if figure.where == EVERY else f' FILTER (WHERE "where_{index}")'
        sums.append(f"{what}{where} AS n{index}")
        values.append(f"({index}, NULL::text, n{index}::numeric)")
    return (
        f"(SELECT v.* FROM (SELECT {', '.join(sums)} FROM rows) AS sums"
        f" CROSS JOIN LATERAL (VALUES {', '.join(values)}) AS v)"
    )


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
