"""What the migrations put in the tables, put back before a test that commits: as PostgreSQL copies
it, not row by row through the models (which took over a second, before each of 200 tests)."""

from django.db import connection, transaction

Kept = dict[str, bytes]  # by table, as COPY writes it


def keep() -> Kept:
    """The rows that stand now in the tables that such a test empties."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        kept = {}
        for name in sorted(names):
            with cursor.copy(f'COPY "{name}" TO STDOUT') as rows:
                kept[name] = b"".join(bytes(block) for block in rows)
    return {name: rows for name, rows in kept.items() if rows}


def put_back(kept: Kept) -> bool:
    """Into tables that are all empty; False if a row stands there, and then nothing is done.
    Who refers to whom is checked at the end of the transaction: the order doesn't matter."""
    if not kept:  # a database that an earlier run left behind (--reuse-db)
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f'(SELECT 1 FROM "{name}" LIMIT 1)' for name in kept))
        if cursor.fetchone():
            return False
        for name, rows in kept.items():
            with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                copy.write(rows)
    return True
