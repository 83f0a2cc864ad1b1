"""The naive way: a query of its own for every figure, straight from the declarations.

It reads the same rows under the same conditions, so it gives the same figures; what it lacks is
that figures over the same rows are counted together.
"""

from collections.abc import Iterator

from django.db.models import QuerySet, Sum

from facts.dates import Dates
from reporting.figures import Breakdown, Figure, Number, Percentage, Report, Total
from reporting.figures.engine import percentage


def count(report: Report, dates: Dates) -> dict[str, Number]:
    counted: dict[str, Number] = {}
    for figure in report:
        if isinstance(figure, Breakdown):
            counted.update(_by_code(figure, dates))
        elif isinstance(figure, Total):
            counted[figure.key] = _rows(figure, dates).aggregate(total=Sum(figure.of))["total"]
        elif isinstance(figure, Figure):
            counted[figure.key] = _units(figure, _rows(figure, dates))
    for figure in report:
        if isinstance(figure, Percentage):
            counted[figure.key] = percentage(counted[figure.of], counted[figure.base])
    return counted


def _by_code(figure: Breakdown, dates: Dates) -> Iterator[tuple[str, int]]:
    """A query for the values that occur, and one for each of these."""
    rows = _rows(figure, dates)
    for value in rows.order_by().values_list(figure.by, flat=True).distinct():
        if value is not None:
            code = figure.labels.code(str(value))
            yield f"{figure.key}.{code}", _units(figure, rows.filter(**{figure.by: value}))
    if figure.unknown:
        unknown = rows.filter(**{f"{figure.by}__isnull": True})
        yield f"{figure.key}.{figure.unknown}", _units(figure, unknown)


def _rows(figure: Figure, dates: Dates) -> QuerySet:
    return figure.rows.read(dates).filter(figure.where).order_by()


def _units(figure: Figure, rows: QuerySet) -> int:
    return rows.values(figure.rows.id).distinct().count()
