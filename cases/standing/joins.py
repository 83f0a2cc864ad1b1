"""Two ways to put a subquery beside rows. `column` bears the same name on both sides."""

from django.db.models import QuerySet
from django.db.models.sql.constants import LOUTER
from django_cte import CTE, with_cte


def beside(rows: QuerySet, column: str, *subqueries: CTE) -> QuerySet:
    """`rows` with the columns of each subquery, empty where it has no match."""
    for subquery in subqueries:
        match = {column: getattr(subquery.col, column)}
        rows = subquery.join(rows, **match, _join_type=LOUTER)
    return with_cte(*subqueries, select=rows)


def among(rows: QuerySet, column: str, values: QuerySet) -> QuerySet:
    """Only the `rows` whose `column` stands among `values`, each once."""
    return rows.filter(**{f"{column}__in": values})
