"""Drawing a report: all figures from one snapshot of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from facts.dates import Dates
from reporting.figures import REPORT, Number, count
from reporting.figures.engine import Progress

# A draw reads whole tables: nothing is to be looked up row by row (as the planner would do in
# tables of which it has no statistics yet, right after an import), and every processor may help.
READING_WHOLE_TABLES = """
    SET LOCAL enable_nestloop = off;
    SET LOCAL parallel_setup_cost = 100;
    SET LOCAL parallel_tuple_cost = 0.01;
"""
SNAPSHOT = f"""
    SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
    {READING_WHOLE_TABLES}
"""


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything read inside is read as of one instant, and nothing can be written.

    The outermost transaction, or else the database could not give it a snapshot of its own.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT)
        yield


def draw(dates: Dates, progress: Progress | None = None) -> dict[str, Number]:
    """Every figure by key. The same dates give the same figures, whenever it is drawn."""
    with one_snapshot():
        return count(REPORT, dates, progress)
