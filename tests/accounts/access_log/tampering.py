"""Single tampers of the log by whoever owns the database, and whether verify names the first.

`series(n)` does n of them on one log and puts the log right again after each.
"""

import random
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from accounts.access_log import note
from accounts.access_log.heads import keep_head, read_heads
from accounts.access_log.verifying import Fault, verify
from accounts.models import AccessHead, AccessLine, User
from tests.accounts.access_log.tampers import HEADS_AT, WAYS, Tamper, Tamperer
from tests.endure.outcome import Outcome

TABLES = ("accounts_accessline", "accounts_accesshead")
LINES = 160


def a_log(folder: Path, chance: random.Random) -> Path:
    """A log of LINES lines in place of what there was; the file with its heads."""
    with off_guard() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}")
    actor, _ = User.objects.get_or_create(email="ton@ot.example.org", name="Ton Voorbeeld")
    heads, written = folder / "heads.jsonl", 0
    while written < LINES:
        until = min(number for number in (*HEADS_AT, LINES) if number > written)
        many = min(chance.choice([1, 1, 2, 5]), until - written)
        with transaction.atomic():
            for _ in range(many):
                _any_line(actor, chance)
        written += many
        if written in HEADS_AT:
            keep_head(heads)
    return heads


def _any_line(actor: User, chance: random.Random) -> None:
    note(
        actor=chance.choice([actor, None]),
        action=chance.choice(AccessLine.Action.values),
        object_type=chance.choice(["family", "registration", "report"]),
        object_id=uuid.UUID(int=chance.getrandbits(128)),
        part=chance.choice(["", "kinderen", "één, twee"]),
        ground=chance.choice(AccessLine.Ground.values),
        purpose="ondersteuning",
        subjects=[uuid.UUID(int=chance.getrandbits(128)) for _ in range(chance.randrange(5))],
        detail=chance.choice([{}, {"naam": "Jansen", "pagina": 2}]),
    )


@contextmanager
def off_guard() -> Iterator[Any]:
    """A transaction of the owner, with the triggers of the log off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or foreign keys stop the ALTER TABLE
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for name, table in _triggers(cursor):
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def _triggers(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
        " WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal", [list(TABLES)],
    )  # fmt: skip
    return cursor.fetchall()


def save() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE saved_{table} AS TABLE {table}")


def forget() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE saved_{table}")


def put_right() -> None:
    with off_guard() as cursor:
        for table in TABLES:
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM saved_{table}")
        cursor.execute("SELECT FROM pg_constraint WHERE conname = 'accounts_accessline_number_key'")
        if not cursor.rowcount:
            cursor.execute(
                "ALTER TABLE accounts_accessline"
                " ADD CONSTRAINT accounts_accessline_number_key UNIQUE (number)"
            )


def tampered(way: Callable[[Tamperer], Tamper], tamperer: Tamperer) -> Tamper:
    """Tamper with the log, for good."""
    with off_guard() as cursor:
        tamperer.cursor = cursor
        return way(tamperer)


def first_fault(heads: Path) -> Fault | None:
    with read_heads(heads) as kept:
        return verify(kept)[0]


def series(many: int, seed: int = 2024) -> Outcome:
    """`many` single tampers, each found? And nothing found in the log as it was."""
    chance, outcome, found = random.Random(seed), Outcome(tried=0), Counter()
    with tempfile.TemporaryDirectory() as folder:
        heads = a_log(Path(folder), chance)
        tamperer = Tamperer(chance, AccessHead.objects.get().number)
        save()
        try:
            each = list(dict.fromkeys(WAYS))  # once at least, then at random
            for way in [*each, *chance.choices(WAYS, k=many - len(each))]:
                outcome.tried += 1
                tamper = tampered(way, tamperer)
                fault = first_fault(heads)
                put_right()
                if tamper.is_named_by(fault):
                    found[tamper.name.split(" van ")[0]] += 1
                else:
                    outcome.wrong.append(f"{tamper}: {fault or 'niets gevonden'}")
                if outcome.tried % 10 == 0 and (false := first_fault(heads)):
                    outcome.wrong.append(f"vals alarm: {false}")
        finally:
            forget()
    outcome.figures = {name: str(number) for name, number in sorted(found.items())}
    return outcome
