"""The ways to tamper with one thing in the log, for who has every right on its tables."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.access_log.chain import HASHED, hash_of
from accounts.access_log.verifying import Fault, What
from accounts.models import AccessLine

HEADS_AT = (50, 100, 130)  # the lines at which a head was kept elsewhere

# A new value for each column.
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

    # --- The ways to tamper: each returns what should be found ------------------------------------
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
        """A line behind the last one."""
        self._copy("number + 1", of=self.last)
        return Tamper("toegevoegde regel", self.last + 1, (What.CHANGED, What.MISPLACED))

    def append_chained(self) -> Tamper:
        """A line behind the last one, chained as it should be."""
        self._copy("number + 1", of=self.last)
        self._chain_anew(self.last + 1)
        return Tamper("toegevoegde regel met goede hash", self.last + 1, (What.ADDED,))

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

    def rewrite(self) -> Tamper:
        """The whole chain from some line on, with the head: the heads elsewhere still know."""
        line = self.chance.randint(1, HEADS_AT[-1])
        self.run("UPDATE accounts_accessline SET purpose = 'anders' WHERE number = %s", line)
        self._chain_anew(line)
        self._set_head_to(self.last)
        first_head = min(number for number in HEADS_AT if number >= line)
        return Tamper("herschreven keten", first_head, (What.REWRITTEN,))

    # --- With what --------------------------------------------------------------------------------
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
        for line in range(first, max(first, self.last) + 1):
            self.run(
                "UPDATE accounts_accessline AS line SET prev_hash = earlier.hash"
                " FROM accounts_accessline AS earlier"
                " WHERE line.number = %s AND earlier.number = %s", line, line - 1,
            )  # fmt: skip
            self.run(f"SELECT {', '.join(HASHED)} FROM accounts_accessline WHERE number = %s", line)
            new = hash_of(self.cursor.fetchone())
            self.run("UPDATE accounts_accessline SET hash = %s WHERE number = %s", new, line)


WAYS: list[Callable[[Tamperer], Tamper]] = [
    *[Tamperer.edit] * 4, *[Tamperer.cut] * 2, Tamperer.cut_with_its_head, Tamperer.delete,
    Tamperer.insert, Tamperer.append, Tamperer.append_chained, Tamperer.append_unsealed,
    Tamperer.double, Tamperer.swap, Tamperer.renumber, Tamperer.unseal, Tamperer.set_head,
    Tamperer.rewrite,
]  # fmt: skip
