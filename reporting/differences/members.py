"""Who counts in which figure: of all figures at once, each kind of rows read once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from facts.dates import Dates
from reporting.figures import Breakdown, Figure, Report, Total
from reporting.figures.declarations import EVERY
from reporting.figures.statement import reading
from reporting.figures.units import Rows

Weights = dict[str, Decimal]  # id -> what it adds to a sum
ONE = Decimal(1)


@dataclass
class Members:
    """`by_key`: of each figure who it counts, and for how much. `rows`: of each kind of rows the
    ids that have one."""

    by_key: dict[str, Weights] = field(default_factory=lambda: defaultdict(dict))
    rows: dict[Rows, set[str]] = field(default_factory=lambda: defaultdict(set))

    def of(self, key: str) -> Weights:
        return self.by_key.get(key, {})


def members_at(report: Report, dates: Dates) -> Members:
    """Raises nothing; a figure that counts nobody has no key."""
    found = Members()
    by_read: dict[Callable, list[tuple[int, Figure]]] = defaultdict(list)
    for index, figure in enumerate(one for one in report if isinstance(one, Figure)):
        by_read[figure.rows.read].append((index, figure))
    for numbered in by_read.values():
        for row in reading(numbered, dates).iterator(chunk_size=5_000):
            for index, figure in numbered:
                _add(found, row, index, figure)
    return found


def _add(found: Members, row: dict[str, Any], index: int, figure: Figure) -> None:
    which = str(row[figure.rows.id])
    found.rows[figure.rows].add(which)
    if figure.where != EVERY and not row[f"where_{index}"]:
        return
    weight = row[figure.of] if isinstance(figure, Total) else ONE
    for key in _keys(figure, row):
        found.by_key[key][which] = weight


def _keys(figure: Figure, row: dict[str, Any]) -> Iterator[str]:
    if not isinstance(figure, Breakdown):
        yield figure.key
    elif row[figure.by] is not None:
        yield f"{figure.key}.{figure.labels.code(str(row[figure.by]))}"
    elif figure.unknown is not None:
        yield f"{figure.key}.{figure.unknown}"
