"""The head of the chain, kept outside the database: one JSON line each, only ever appended.

A head says: line `number` had this `hash` at that moment. So what was cut off or rewritten
before it shows, even when the whole chain was computed anew. The heads are chained themselves.
"""

import fcntl
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from .chain import START

CURRENT = """
    SELECT clock_timestamp(), coalesce(max(number), 0), coalesce(max(encode(hash, 'hex')), %s)
    FROM accounts_accesshead
"""
HASH_OF_LINE = "SELECT encode(hash, 'hex') FROM accounts_accessline WHERE number = %s"


class HeadsError(Exception):
    """The file with heads can't be used; a Dutch sentence says why."""


@dataclass(frozen=True)
class Head:
    """`chain`: the hash over the previous head's chain and this head."""

    at: datetime
    number: int
    hash: str
    chain: str

    @classmethod
    def after(cls, last: "Head | None", at: datetime, number: int, hash_of_line: str) -> "Head":
        before = last.chain if last else START.hex()
        content = f"{before} {at.isoformat()} {number} {hash_of_line}"
        return cls(at, number, hash_of_line, sha256(content.encode()).hexdigest())

    @classmethod
    def parse(cls, line: bytes) -> "Head":
        """The head of a line of the file; ValueError when it is anything else."""
        try:
            values = json.loads(line)
            at = datetime.fromisoformat(values["at"])
            head = cls(at, int(values["number"]), values["hash"], values["chain"])
            lengths = [len(bytes.fromhex(text)) for text in (head.hash, head.chain)]
        except (TypeError, KeyError, ValueError, OverflowError) as error:
            raise ValueError("no head") from error
        if lengths != [32, 32] or at.tzinfo is None:
            raise ValueError("no head")
        return head

    def as_line(self) -> str:
        return json.dumps(asdict(self) | {"at": self.at.isoformat()})


def keep_head(path: Path | None = None) -> Head:
    """Append the head of now to the file, and return when it is safely on disk."""
    path = path or Path(settings.ACCESS_LOG_HEADS)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            head = _append(file, path)
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        raise HeadsError(f"{_shown(path)} kan niet worden geschreven: {error.strerror}.") from None
    return head


def _append(file: BinaryIO, path: Path) -> Head:
    """With the file locked, so that no later head can stand in it yet."""
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [START.hex()])
        at, number, hash_of_line = cursor.fetchone()
    file.seek(0)
    last = next(iter(deque(_checked(file, path), maxlen=1)), None)
    if last and not stands(last):
        raise HeadsError(
            f"De kop van nu (regel {number}) past niet achter de laatste kop in {_shown(path)} "
            f"(regel {last.number}). Het leeslogboek is ingekort of herschreven. Is er een "
            "reservekopie teruggezet, ga dan door met --after-restore en een reden."
        )
    head = Head.after(last, at, number, hash_of_line)
    behind_half_a_line = b"" if _ends_whole(file) else b"\n"  # a crash left it so
    file.write(behind_half_a_line + head.as_line().encode() + b"\n")
    file.flush()
    os.fsync(file.fileno())
    return head


def stands(head: Head) -> bool:
    """Whether the log still has the line of `head`, by the same hash."""
    if not head.number:
        return True
    with connection.cursor() as cursor:
        cursor.execute(HASH_OF_LINE, [head.number])
        return cursor.fetchone() == (head.hash,)


@contextmanager
def read_heads(path: Path) -> Iterator[Iterator[Head]]:
    """The heads that the file has now, one at a time, each checked against the one before.

    Opens the file at once: a head that comes later may be of a line that the reader can't see.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise HeadsError(f"{_shown(path)} is niet te lezen: {error.strerror}.") from None
    with file:
        size = os.fstat(file.fileno()).st_size
        yield _checked(_lines_within(file, size), path)


def _lines_within(file: BinaryIO, size: int) -> Iterator[bytes]:
    for line in file:
        size -= len(line)
        if size < 0:
            return
        yield line


def _checked(lines: Iterable[bytes], path: Path) -> Iterator[Head]:
    """A line that a crash cut in half is passed over; one that was removed breaks the chain."""
    last = None
    for place, line in enumerate(lines, start=1):
        try:
            head = Head.parse(line)
        except ValueError:
            continue
        due = Head.after(last, head.at, head.number, head.hash)
        if head.chain != due.chain or (last and head.number < last.number):
            raise HeadsError(
                f"{_shown(path)}: regel {place} sluit niet aan op de vorige kop. "
                "Het bestand met koppen is gewijzigd."
            )
        yield head
        last = head


def _ends_whole(file: BinaryIO) -> bool:
    if not file.seek(0, os.SEEK_END):
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _shown(path: Path) -> str:
    """The path, without characters that could pass for a line of their own."""
    return ascii(str(path))[1:-1]
