"""Walking the chain: is every line there, in its place, as it was written?"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localtime

from .chain import HASHED, START, Link
from .heads import Head

BATCH = 2000
IN_ORDER = f"""
    SELECT number, prev_hash, hash, {", ".join(HASHED)} FROM accounts_accessline AS line
    ORDER BY line.number NULLS LAST
"""


class What(StrEnum):
    """What is wrong with the first bad line."""

    CHANGED = "gewijzigd"
    MISSING = "ontbreekt"
    MISPLACED = "staat niet op zijn plaats: verwisseld, verplaatst of ingevoegd"
    DUPLICATE = "staat er twee keer"
    UNSEALED = "niet verzegeld: zonder nummer en hash"
    ADDED = "toegevoegd buiten het programma om"
    CUT = "ontbreekt: de staart is afgesneden"
    REWRITTEN = "herschreven: de hash is een andere"


@dataclass(frozen=True)
class Fault:
    """The first bad line. `number` None: it has none. `proof`: what shows it, as a sentence."""

    what: What
    number: int | None
    epoch: str | None = None
    proof: str = ""

    def __str__(self) -> str:
        line = f"Regel {self.number}" if self.number is not None else "Een regel zonder nummer"
        when = f" van {_moment(self.epoch)}" if self.epoch else ""
        return f"{line}{when}: {self.what}.{' ' if self.proof else ''}{self.proof}"


@dataclass
class Walk:
    """How far the chain holds."""

    heads: Iterator[Head]
    number: int = 0
    hash: bytes = START
    checked: int = 0
    awaited: Head | None = field(init=False)
    passed: Head | None = None

    def __post_init__(self) -> None:
        self.heads = (head for head in self.heads if head.number)  # 0: of a log without lines
        self.awaited = next(self.heads, None)

    def step(self, link: Link) -> Fault | None:
        """Take the next line; what is wrong with it, if anything."""
        fault = self._place(link) or self._content(link)
        if fault:
            return fault
        self.number, self.hash = self.number + 1, link.hash or b""
        self.checked += 1
        return self._kept_head(link)

    def _place(self, link: Link) -> Fault | None:
        if link.number is None:
            return Fault(What.UNSEALED, None, link.epoch)
        if link.number > self.number + 1:
            proof = f"De volgende is regel {link.number} van {_moment(link.epoch)}."
            return Fault(What.MISSING, self.number + 1, proof=proof)
        if link.number == self.number:
            return Fault(What.DUPLICATE, link.number, link.epoch)
        if link.number <= self.number:
            return Fault(What.MISPLACED, link.number, link.epoch)
        return None

    def _content(self, link: Link) -> Fault | None:
        fits = link.prev_hash == self.hash
        if fits and link.hash == link.computed():
            return None
        alone = fits or link.hash == link.computed_after(self.hash)
        return Fault(What.CHANGED if alone else What.MISPLACED, link.number, link.epoch)

    def _kept_head(self, link: Link) -> Fault | None:
        """Whether the heads that were kept elsewhere know this line by this hash."""
        while self.awaited and self.awaited.number <= self.number:
            if self.awaited.number == self.number and self.awaited.hash != self.hash.hex():
                return Fault(What.REWRITTEN, self.number, link.epoch, self._range())
            self.passed, self.awaited = self.awaited, next(self.heads, None)
        return None

    def _range(self) -> str:
        first = self.passed.number + 1 if self.passed else 1
        return (
            f"De kop van {_at(self.awaited)} kende haar anders; de wijziging staat in regel "
            f"{first} tot en met {self.number}."
        )

    def end(self, head: tuple[int, bytes] | None) -> Fault | None:
        """After the last line: whether the heads, kept elsewhere and in the database, agree."""
        number, hash_of_line = head or (0, START)
        if self.awaited:
            proof = f"De kop van {_at(self.awaited)} noemde regel {self.awaited.number}."
            return Fault(What.CUT, self.number + 1, proof=proof)
        if number > self.number:
            proof = f"De kop in de database noemt regel {number}."
            return Fault(What.CUT, self.number + 1, proof=proof)
        if number < self.number:
            proof = f"De kop in de database staat bij regel {number}."
            return Fault(What.ADDED, number + 1, proof=proof)
        if hash_of_line != self.hash:
            return Fault(What.REWRITTEN, number, proof="De kop in de database kent haar anders.")
        return None


def verify(
    heads: Iterable[Head] = (), progress: Callable[[int, int], Any] = lambda done, total: None
) -> tuple[Fault | None, int]:
    """The first fault, if there is one, and how many lines are right. In constant memory."""
    walk = Walk(iter(heads))
    with _one_snapshot() as cursor:
        cursor.execute("SELECT number, hash FROM accounts_accesshead")
        head = cursor.fetchone()
        with connection.chunked_cursor() as lines:
            lines.execute(IN_ORDER)
            while batch := lines.fetchmany(BATCH):
                for number, prev_hash, hash_of_line, *texts in batch:
                    link = Link(number, prev_hash, hash_of_line, tuple(texts))
                    fault = walk.step(link)
                    if fault:
                        return fault, walk.checked
                progress(walk.checked, head[0] if head else 0)
        return walk.end((head[0], bytes(head[1])) if head else None), walk.checked


@contextmanager
def _one_snapshot() -> Iterator[Any]:
    """So that lines which come in meanwhile are seen in the log and in its head, or in neither."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _at(head: Head | None) -> str:
    return f"{localtime(head.at):%d-%m-%Y %H:%M:%S}" if head else ""


def _moment(epoch: str | None) -> str:
    """A moment for people; PostgreSQL knows moments that Python doesn't."""
    try:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=float(Decimal(epoch or "")))
        return f"{localtime(at):%d-%m-%Y %H:%M:%S}"
    except (ArithmeticError, ValueError):
        return "een onmogelijk tijdstip"
