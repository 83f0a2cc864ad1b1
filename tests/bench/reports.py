"""One size: the report our way, the naive way and at the limit, in turns, on the same rows.

A program of its own, since it needs Django on the database of that size. Prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

import django

django.setup()

from django.db import connection  # noqa: E402  after Django is ready

from reporting.figures import REPORT, Number  # noqa: E402
from reporting.services.drawing import draw, one_snapshot  # noqa: E402
from tests.bench import duck, naive  # noqa: E402
from tests.bench.figures import DATES, above_zero  # noqa: E402

ROUNDS, ROUNDS_OF_NAIVE = 11, 2
THREADS = (1, 2)

Way = Callable[[], dict[str, Number]]


def main() -> None:
    _settle()
    ours, slow = (lambda: draw(DATES)), _naive
    copy = duck.copy_of_the_rows()
    ways: dict[str, Way] = {"ours": ours, "naive": slow} | {
        f"duckdb_{threads}": lambda threads=threads: duck.count(copy, DATES, threads)
        for threads in THREADS
    }
    figures, queries = {}, {}
    for name, way in ways.items():  # the first round warms up, and is not timed
        with _queries() as counted:
            figures[name] = above_zero(way())
        queries[name] = len(counted)
    for name, given in figures.items():
        assert given == figures["ours"], f"'{name}' gives other figures"
    spilled = _spilled()
    seconds = _in_turns(ways)
    answer = {
        "figures": len(figures["ours"]),
        "queries": {name: queries[name] for name in ("ours", "naive")},
        "seconds": {name: median(times) for name, times in seconds.items()},
        "spread": {name: [min(times), max(times)] for name, times in seconds.items()},
        "spilled": _spilled() - spilled,
        "server": _server(),
    }
    json.dump(answer, sys.stdout)


def _naive() -> dict[str, Number]:
    with one_snapshot():  # with the same settings of the planner
        return naive.count(REPORT, DATES)


def _in_turns(ways: dict[str, Way]) -> dict[str, list[float]]:
    """Each way a number of times, so that what else the machine does hits all of them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS):
        for name, way in ways.items():
            if name == "naive" and turn >= ROUNDS_OF_NAIVE:
                continue
            began = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - began)
    return seconds


@contextmanager
def _queries() -> Iterator[list[str]]:
    counted: list[str] = []

    def count(execute, sql, params, many, context):
        counted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield counted


def _settle() -> None:
    """What autovacuum does in the minutes after a large import."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _spilled() -> int:
    """Bytes that this database had to write to temporary files, for want of memory."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def _server() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('PostgreSQL %s (shared_buffers %s, work_mem %s)',"
            " current_setting('server_version'), current_setting('shared_buffers'),"
            " current_setting('work_mem'))"
        )
        return cursor.fetchone()[0]


if __name__ == "__main__":
    main()
