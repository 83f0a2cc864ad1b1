"""The importer against bare COPY: the rows that it wrote, copied once more into plain tables
without keys, constraints, triggers and history. A program of its own; prints JSON.
"""

import json
import sys
import time
from io import BytesIO

import django

django.setup()

from django.apps import apps  # noqa: E402  after Django is ready
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from cases.monitor.importing import import_monitor  # noqa: E402

WORKBOOK = settings.BASE_DIR / "ondersteuning" / "demo" / "monitor-2024-07.xlsx"


def main() -> None:
    before = _rows()
    began = time.perf_counter()
    outcome = import_monitor(WORKBOOK, dry_run=False)
    seconds = time.perf_counter() - began
    assert not outcome.faults, outcome.faults
    written = {table: rows - before[table] for table, rows in _rows().items()}
    written = {table: rows for table, rows in written.items() if rows}
    data = {table: rows for table, rows in written.items() if "_historical" not in table}
    answer = {
        "rows": sum(data.values()),
        "history": sum(written.values()) - sum(data.values()),
        "seconds": seconds,
        "copy_seconds": _copy_bare(list(data)),
    }
    json.dump(answer, sys.stdout)


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        counted = {}
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counted[model._meta.db_table] = cursor.fetchone()[0]
    return counted


def _copy_bare(tables: list[str]) -> float:
    """Seconds to copy what stands in `tables` into plain tables, and to commit that."""
    with connection.cursor() as cursor:
        contents = {}
        for table in tables:
            contents[table] = _read(cursor, table)
            cursor.execute(f'CREATE TABLE "bare_{table}" (LIKE "{table}")')
        began = time.perf_counter()
        with transaction.atomic():
            for table, content in contents.items():
                with cursor.copy(f'COPY "bare_{table}" FROM STDIN') as copy:
                    copy.write(content)
        return time.perf_counter() - began


def _read(cursor, table: str) -> bytes:
    content = BytesIO()
    with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        for block in copy:
            content.write(block)
    return content.getvalue()


if __name__ == "__main__":
    main()
