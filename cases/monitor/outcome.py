"""How an import went: what was read, what changed, what was wrong."""

from dataclasses import dataclass, field
from datetime import datetime

from .faults import Fault
from .reading import Book, Page


@dataclass
class Counts:
    """Of one sheet, in rows. `rows` = new + changed + unchanged + double; what was withdrawn
    stood in the database and not in the book."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    double: int = 0
    withdrawn: int = 0

    @property
    def changed_anything(self) -> bool:
        return bool(self.new or self.changed or self.withdrawn)


@dataclass
class Outcome:
    """`at` is the moment from which what changed is known; None when nothing was stored."""

    book: Book
    pages: dict[str, Page]  # by the name of the sheet
    dry_run: bool
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    counts: dict[str, Counts] = field(default_factory=dict)
    at: datetime | None = None

    @property
    def changed_anything(self) -> bool:
        return any(counts.changed_anything for counts in self.counts.values())
