"""A row under way through the checks: what was read, what is at fault, what the form made of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Line:
    """`read` holds what each field's cell says (None: empty, or at fault); `data`, once the row
    has passed, what the facts are made of."""

    row: int
    raw: dict[str, Any]
    read: dict[str, Any] = field(default_factory=dict)
    at_fault: set[str] = field(default_factory=set)
    data: dict[str, Any] = field(default_factory=dict)
    identical_to: "Line | None" = None

    @property
    def passed(self) -> bool:
        return not self.at_fault

    @property
    def number(self) -> str:
        return self.read.get("number") or ""

    def day(self, name: str) -> date | None:
        return self.read.get(name)
