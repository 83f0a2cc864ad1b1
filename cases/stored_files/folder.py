"""Keeping a file: under a temporary name first, and under its own once its row was committed.

Falls the transaction, or the machine, then no row stands without a file: `sweep` gives a file whose
row stands its name after all, and throws away what has no row.
"""

import hashlib
import os
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases.models import Document

PART = ".part"
UNDER_WAY = 3600  # seconds: no page takes longer


@dataclass(frozen=True)
class Kept:
    stored_as: str
    size: int
    sha256: str


def keep(chunks: Iterable[bytes]) -> Kept:
    """Write the file down; it gets its name when the transaction commits."""
    folder = _folder()
    stored_as, digest, size = uuid.uuid4().hex, hashlib.sha256(), 0
    part = folder / f"{stored_as}{PART}"
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    # Robust: the row stands by then, and `path_of` and `sweep` finish what this couldn't.
    transaction.on_commit(partial(_give_its_name, part), robust=True)
    return Kept(stored_as, size, digest.hexdigest())


def path_of(document: Document) -> Path:
    """Raises FileNotFoundError when the bytes are gone."""
    path = _folder() / document.stored_as
    part = path.with_name(f"{document.stored_as}{PART}")
    if not path.exists() and part.exists():
        _give_its_name(part)
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return path


def sweep() -> int:
    """How many files without a row were thrown away."""
    thrown_away = 0
    for part in _folder().glob(f"*{PART}"):
        if time.time() - part.stat().st_mtime < UNDER_WAY:
            continue
        if Document.objects.filter(stored_as=part.stem).exists():
            _give_its_name(part)
        else:
            part.unlink(missing_ok=True)
            thrown_away += 1
    return thrown_away


def _give_its_name(part: Path) -> None:
    os.replace(part, part.with_suffix(""))


def _folder() -> Path:
    folder = Path(settings.DOCUMENTS_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
