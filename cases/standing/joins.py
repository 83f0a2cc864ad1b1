"""Named subqueries, and two ways to put them beside rows.

What a subquery needs in its turn is handed on to whoever uses it. So all names stand side by side
at the top of a statement, each once: what several parts need (such as the families that ever
started) is computed once.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.sql.constants import LOUTER
from django_cte import CTE, with_cte


class Subquery(CTE):
    """Rows under a name. Within a report two with one name must be the same subquery."""

    def __init__(self, rows: QuerySet, name: str) -> None:
        self.needs = needs(rows)
        super().__init__(without_needs(rows), name=name)


def needs(rows: QuerySet) -> tuple[Subquery, ...]:
    """The subqueries that `rows` refer to, each after those that it refers to itself."""
    return getattr(rows.query, "_with_ctes", ())


def without_needs(rows: QuerySet) -> QuerySet:
    """`rows` for use where the subqueries that they refer to stand already."""
    rows = rows.all()
    rows.query._with_ctes = ()
    return rows


def each_once(subqueries: Iterable[Subquery]) -> tuple[Subquery, ...]:
    """The subqueries and what they need, in an order in which each can refer to the former."""
    by_name: dict[str, Subquery] = {}
    for subquery in subqueries:
        for one in (*subquery.needs, subquery):
            by_name.setdefault(one.name, one)
    return tuple(by_name.values())


def beside(rows: QuerySet, column: str, *subqueries: Subquery) -> QuerySet:
    """`rows` with the columns of each subquery, empty where it has no match. `column` bears the
    same name on both sides."""
    return _joined(rows, column, subqueries, _join_type=LOUTER)


def among(rows: QuerySet, column: str, subquery: Subquery) -> QuerySet:
    """Only the `rows` whose `column` stands in `subquery` (which names each value once), with the
    columns of `subquery` at hand."""
    return _joined(rows, column, [subquery])


def within(rows: QuerySet, column: str, subquery: Subquery) -> QuerySet:
    """As `among`, when nothing of `subquery` is needed but the column itself.

    IN makes the database put the (small) subquery in memory, where a join puts the rows. It takes
    what stands in a named subquery for 200 values, though, and would look each up by itself: a
    draw forbids that (reporting.services.drawing).
    """
    needed = each_once([*needs(rows), subquery])
    rows = rows.filter(**{f"{column}__in": subquery.queryset().values(column)})
    return with_cte(*needed, select=without_needs(rows))


def _joined(rows: QuerySet, column: str, subqueries: Iterable[Subquery], **how: str) -> QuerySet:
    needed = each_once([*needs(rows), *subqueries])
    for subquery in subqueries:
        rows = subquery.join(rows, **{column: getattr(subquery.col, column)}, **how)
    return with_cte(*needed, select=without_needs(rows))
