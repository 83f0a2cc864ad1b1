"""Single tampers of the log by whoever owns the database, and whether verify names the first.

`series(n)` does n of them on one log and puts the log right again after each.
"""

import random
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from accounts.access_log import note
from accounts.access_log.heads import keep_head, read_heads
from accounts.access_log.verifying import Fault, What, verify
from accounts.models import AccessHead, AccessLine, User
from tests.endure.outcome import Outcome

TABLES = ("accounts_accessline", "accounts_accesshead")
LINES, HEADS_AT = 160, (50, 100, 130)

# A new value for each column; `%s` is any text.
EDITS = {
    "id": "gen_random_uuid()",
    "at": "at + random() * interval '1 year' + interval '1 microsecond'",
    "actor_id": "CASE WHEN actor_id IS NULL THEN (SELECT id FROM accounts_user LIMIT 1) END",
    "actor_roles": "actor_roles || 'x'",
    "ground": "CASE ground WHEN 'team' THEN 'duty' ELSE 'team' END",
    "purpose": "purpose || ' '",
    "action": "CASE action WHEN 'read' THEN 'list' ELSE 'read' END",
    "outcome": "CASE outcome WHEN 'shown' THEN 'refused' ELSE 'shown' END",
    "object_type": "object_type || object_id",
    "object_id": "gen_random_uuid()::text",
    "part": "CASE part WHEN '' THEN 'x' ELSE '' END",
    "subjects": "CASE subjects WHEN '{}' THEN ARRAY[gen_random_uuid()] ELSE subjects[2:] END",
    "detail": "CASE detail WHEN '{}' THEN '{\"a\": 1}'::jsonb ELSE '{}' END",
    "request_id": "gen_random_uuid()",
    "origin": "reverse(origin) || 'x'",
    "prev_hash": "set_byte(prev_hash, 3, 255 - get_byte(prev_hash, 3))",
    "hash": "set_byte(hash, 31, 255 - get_byte(hash, 31))",
}
SUBTLE = {
    "at": "'infinity'",
    "subjects": "subjects || NULL::uuid",
    "detail": "jsonb_set(detail, '{leeg}', 'null')",
    "purpose": "substr(purpose, 2)",
    "part": "part || chr(10)",
}


@dataclass(frozen=True)
class Tamper:
    """`number`: of the first bad line. `whats`: what may be said of it. None: anything."""

    name: str
    number: int | None
    whats: tuple[What, ...] = ()

    def is_named_by(self, fault: Fault | None) -> bool:
        right_line = fault is not None and fault.number == self.number
        return right_line and (not self.whats or fault.what in self.whats)


@dataclass
class Tamperer:
    """Someone with every right on the tables. `last`: the number of the last line."""

    chance: random.Random
    last: int
    cursor: Any = None

    def run(self, statement: str, *values: Any) -> None:
        self.cursor.execute(statement, values)

    def without_rules(self) -> None:
        self.run("ALTER TABLE accounts_accessline DROP CONSTRAINT accounts_accessline_number_key")

    def any_line(self) -> int:
        return self.chance.randint(1, self.last)

    # --- The ways to tamper: each returns what should be found -----------------------------------
    def edit(self) -> Tamper:
        """Any column of any line."""
        edits = self.chance.choice([EDITS, EDITS, SUBTLE])
        column, line = self.chance.choice(sorted(edits)), self.any_line()
        self.run(
            f"UPDATE accounts_accessline SET {column} = {edits[column]} WHERE number = %s", line
        )
        return Tamper(f"wijziging van {column}", line, (What.CHANGED,))

    def delete(self) -> Tamper:
        line = self.chance.randint(1, self.last - 1)
        self.run("DELETE FROM accounts_accessline WHERE number = %s", line)
        return Tamper("weggelaten regel", line, (What.MISSING,))

    def cut(self) -> Tamper:
        """The tail, behind or before the last head that was kept."""
        line = self.any_line()
        self.run("DELETE FROM accounts_accessline WHERE number >= %s", line)
        return Tamper("afgesneden staart", line, (What.CUT,))

    def cut_with_its_head(self) -> Tamper:
        """The head in the database too; only a head that was kept elsewhere still knows."""
        line = self.chance.randint(2, HEADS_AT[-1])
        self.run("DELETE FROM accounts_accessline WHERE number >= %s", line)
        self._set_head_to(line - 1)
        return Tamper("afgesneden staart met kop", line, (What.CUT,))

    def append(self) -> Tamper:
        """A line behind the last one, chained as it should be or not."""
        line = self.last + 1
        self._copy("number + %s" % (line - self.last), of=self.last)
        if self.chance.random() < 0.5:
            self._chain_anew(line)
            return Tamper("toegevoegde regel met goede hash", line, (What.ADDED,))
        return Tamper("toegevoegde regel", line, (What.CHANGED, What.MISPLACED))

    def append_unsealed(self) -> Tamper:
        self._copy("NULL, NULL, NULL", of=self.any_line(), seal="number, prev_hash, hash")
        return Tamper("toegevoegde regel zonder nummer", None, (What.UNSEALED,))

    def insert(self) -> Tamper:
        """A line in between; those after it move up."""
        line = self.chance.randint(2, self.last)
        self.without_rules()
        self.run("UPDATE accounts_accessline SET number = number + 1 WHERE number >= %s", line)
        self._copy("number + 1", of=line - 1)
        return Tamper("ingevoegde regel", line, (What.CHANGED, What.MISPLACED))

    def double(self) -> Tamper:
        line = self.any_line()
        self.without_rules()
        self._copy("number", of=line)
        return Tamper("dubbele regel", line)

    def swap(self) -> Tamper:
        first, second = sorted(self.chance.sample(range(1, self.last + 1), 2))
        self.without_rules()
        self.run(
            "UPDATE accounts_accessline SET number = %s - number WHERE number IN (%s, %s)",
            first + second, first, second,
        )  # fmt: skip
        return Tamper("verwisselde regels", first, (What.MISPLACED,))

    def renumber(self) -> Tamper:
        """One line gets a number that is free."""
        line = self.chance.randint(1, self.last - 1)
        new = self.chance.choice([0, -line, self.last + 1, self.last + line])
        self.run("UPDATE accounts_accessline SET number = %s WHERE number = %s", new, line)
        return Tamper("ander nummer", min(line, new))

    def unseal(self) -> Tamper:
        line = self.chance.randint(1, self.last - 1)
        self.run(
            "UPDATE accounts_accessline SET number = NULL, prev_hash = NULL, hash = NULL"
            " WHERE number = %s", line,
        )  # fmt: skip
        return Tamper("verbroken zegel", line, (What.MISSING,))

    def set_head(self) -> Tamper:
        """The head in the database, one line on or back."""
        step = self.chance.choice([1, -1])
        self.run("UPDATE accounts_accesshead SET number = number + %s", step)
        first = self.last + 1 if step == 1 else self.last
        return Tamper("verzette kop", first, (What.CUT, What.ADDED))

    # --- With what ---------------------------------------------------------------------------------
    def _copy(self, value: str, *, of: int, seal: str = "number") -> None:
        """A copy of line `of` under another id, with `value` in place of the columns of `seal`."""
        replaced = ["id", *seal.split(", ")]
        names = [field.column for field in AccessLine._meta.concrete_fields]
        others = ", ".join(name for name in names if name not in replaced)
        self.run(
            f"INSERT INTO accounts_accessline (id, {seal}, {others})"
            f" SELECT gen_random_uuid(), {value}, {others} FROM accounts_accessline"
            " WHERE number = %s", of,
        )  # fmt: skip

    def _set_head_to(self, line: int) -> None:
        self.run(
            "UPDATE accounts_accesshead SET (number, hash) ="
            " (SELECT number, hash FROM accounts_accessline AS line WHERE line.number = %s)", line,
        )  # fmt: skip

    def _chain_anew(self, first: int) -> None:
        """Give `first` and all lines after it the hashes that belong to what they say now."""
        from accounts.access_log.chain import HASHED, hash_of

        for line in range(first, first + 1 + self.last - min(first, self.last)):
            self.run(
                "UPDATE accounts_accessline AS line SET prev_hash = earlier.hash"
                " FROM accounts_accessline AS earlier"
                " WHERE line.number = %s AND earlier.number = %s", line, line - 1,
            )  # fmt: skip
            self.run(f"SELECT {', '.join(HASHED)} FROM accounts_accessline WHERE number = %s", line)
            new = hash_of(self.cursor.fetchone())
            self.run("UPDATE accounts_accessline SET hash = %s WHERE number = %s", new, line)

    def rewrite(self) -> Tamper:
        """The whole chain from some line on, with the head: the heads elsewhere still know."""
        line = self.chance.randint(1, HEADS_AT[-1])
        self.run("UPDATE accounts_accessline SET purpose = 'anders' WHERE number = %s", line)
        self._chain_anew(line)
        self._set_head_to(self.last)
        first_head = min(number for number in HEADS_AT if number >= line)
        return Tamper("herschreven keten", first_head, (What.REWRITTEN,))


WAYS: list[Callable[[Tamperer], Tamper]] = [
    *[Tamperer.edit] * 4, *[Tamperer.cut] * 2, Tamperer.cut_with_its_head, Tamperer.delete,
    Tamperer.insert, Tamperer.append, Tamperer.append_unsealed, Tamperer.double, Tamperer.swap,
    Tamperer.renumber, Tamperer.unseal, Tamperer.set_head, Tamperer.rewrite,
]  # fmt: skip


def a_log(folder: Path, chance: random.Random) -> Path:
    """An empty database's log of LINES lines, and the file with its heads."""
    actor = User.objects.create_user("ton@ot.example.org", name="Ton Voorbeeld")
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
def off_guard(*, saved: bool = False) -> Iterator[Any]:
    """A transaction of the owner, with the triggers of the log off."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
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
        cursor.execute(
            "SELECT FROM pg_constraint WHERE conname = 'accounts_accessline_number_key'"
        )
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


def series(many: int, seed: int = 2024) -> Outcome:
    """`many` single tampers, each found? And nothing found in the log as it was."""
    chance, outcome, found = random.Random(seed), Outcome(tried=0), Counter()
    with tempfile.TemporaryDirectory() as folder:
        heads = a_log(Path(folder), chance)
        tamperer = Tamperer(chance, AccessHead.objects.get().number)
        save()
        try:
            for _ in range(many):
                outcome.tried += 1
                tamper = tampered(chance.choice(WAYS), tamperer)
                fault, _ = verify(read_heads(heads))
                put_right()
                if tamper.is_named_by(fault):
                    found[tamper.name.split(" van ")[0]] += 1
                else:
                    outcome.wrong.append(f"{tamper}: {fault or 'niets gevonden'}")
                false, _ = verify(read_heads(heads)) if outcome.tried % 10 == 0 else (None, 0)
                if false:
                    outcome.wrong.append(f"vals alarm: {false}")
        finally:
            forget()
    outcome.figures = {name: str(number) for name, number in sorted(found.items())}
    return outcome
