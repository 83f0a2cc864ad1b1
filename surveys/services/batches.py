"""Which answers leave the box together, and which of them say their group.

The database holds who answered, and of which group each of them is. So an answer says its group
only in the company of nine more of that group, written by the same transaction: one child that
answered is not to be found by being the only one (docs/adr/0006-enquetes.md).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from random import SystemRandom
from typing import Any, NamedTuple

from surveys.models import Dropped
from surveys.models.rounds import SMALLEST_GROUP

chance = SystemRandom()


class Opened(NamedTuple):
    """A sealed answer, and what is in it."""

    row: Dropped
    said: dict[str, Any]

    @property
    def group(self) -> str:
        return self.said["group"]


class Moved(NamedTuple):
    """An answer on its way. `group`: None when it doesn't say of which it is."""

    one: Opened
    group: str | None


def while_it_runs(ready: Iterable[Opened]) -> list[Moved]:
    """Of each group what there is above ten, when that is ten or more. Ten stay behind, in whose
    company the last ones of that group will be."""
    by_group: dict[str, list[Opened]] = defaultdict(list)
    for one in ready:
        by_group[one.group].append(one)
    moved: list[Moved] = []
    for group, those in by_group.items():
        if (many := len(those) - SMALLEST_GROUP) >= SMALLEST_GROUP:
            moved += [Moved(one, group) for one in chance.sample(those, many)]
    return moved


def at_the_end(ready: list[Opened], *, earlier: Counter[str], groups: Iterable[str]) -> list[Moved]:
    """All that is left, if that is ten or more. `earlier`: how many moved before, by group. Where a
    group stays under ten, nothing that is left says its group: the small one is among the rest."""
    if len(ready) < SMALLEST_GROUP:
        return []
    many = Counter(one.group for one in ready) + earlier
    told = all(many[group] >= SMALLEST_GROUP for group in groups)
    return [Moved(one, one.group if told else None) for one in ready]
