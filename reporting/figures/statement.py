"""The SQL that counts figures together: one statement for all that it is given."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from cases.standing.joins import each_once, needs, without_needs
from facts.dates import Dates

from .declarations import EVERY, Breakdown, Figure, Total

Numbered = list[tuple[int, Figure]]


def statement(figures: list[Figure], dates: Dates) -> tuple[str, list]:
    """A statement whose answer is (number of the figure in `figures`, code, count), and its
    parameters. Rows are read once for all figures over them; what they need stands above them."""
    by_read: dict[Callable, Numbered] = {}
    for index, figure in enumerate(figures):
        by_read.setdefault(figure.rows.read, []).append((index, figure))
    readings = [reading(numbered, dates) for numbered in by_read.values()]

    named, params, counts = [], [], []
    for subquery in each_once(one for rows in readings for one in needs(rows)):
        sql, own = subquery.query.sql_with_params()
        named.append(f'"{subquery.name}" AS ({sql})')
        params.extend(own)
    for number, (rows, numbered) in enumerate(zip(readings, by_read.values(), strict=True)):
        sql, own = without_needs(rows).query.sql_with_params()
        named.append(f"rows_{number} AS MATERIALIZED ({sql})")
        params.extend(own)
        counts.extend(_counts(f"rows_{number}", numbered))
    return f"WITH {', '.join(named)} {' UNION ALL '.join(counts)}", params


def reading(numbered: Numbered, dates: Dates) -> QuerySet:
    """The rows with only the columns that the figures ask for, and each condition as a column."""
    rows = numbered[0][1].rows.read(dates).order_by()
    columns = set()
    for index, figure in numbered:
        if figure.where != EVERY:
            rows = rows.annotate(**{f"where_{index}": figure.where})
            columns.add(f"where_{index}")
        columns.add(figure.rows.id)
        columns.update(getattr(figure, name) for name in ("by", "of") if hasattr(figure, name))
    return rows.values(*sorted(columns))


def _counts(source: str, numbered: Numbered) -> Iterable[str]:
    for index, figure in numbered:
        if isinstance(figure, Breakdown):
            yield _breakdown(source, index, figure)
    single = [(index, figure) for index, figure in numbered if not isinstance(figure, Breakdown)]
    if single:
        yield _singles(source, single)


def _breakdown(source: str, index: int, figure: Breakdown) -> str:
    if figure.where != EVERY:
        source = f'{source} WHERE "where_{index}"'
    if not figure.rows.once:
        # Twice the speed of count(DISTINCT …), which sorts.
        source = f'(SELECT DISTINCT "{figure.by}", "{figure.rows.id}" FROM {source}) AS units'
    return (
        f'(SELECT {index} AS figure, "{figure.by}"::text AS code, count(*)::numeric AS number'
        f" FROM {source} GROUP BY 2)"
    )


def _singles(source: str, numbered: Numbered) -> str:
    sums, values = [], []
    for index, figure in numbered:
        what = "count(*)" if figure.rows.once else f'count(DISTINCT "{figure.rows.id}")'
        if isinstance(figure, Total):
            what = f'coalesce(sum("{figure.of}"), 0)'
        where = "" if figure.where == EVERY else f' FILTER (WHERE "where_{index}")'
        sums.append(f"{what}{where} AS n{index}")
        values.append(f"({index}, NULL::text, n{index}::numeric)")
    return (
        f"(SELECT v.* FROM (SELECT {', '.join(sums)} FROM {source}) AS sums"
        f" CROSS JOIN LATERAL (VALUES {', '.join(values)}) AS v)"
    )
