"""What a book asks for against what stands: what stays, what is gone, what is new, and since when.

Facts are compared per owner as multisets of what they say; when a fact was recorded is not part
of that, so a later book can't rewrite it.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from facts.models import Fact

from .building import Wanted
from .kinds import FactKind
from .world import World

Said = tuple[Hashable, Hashable]  # whose, and what


@dataclass
class Comparison:
    """Of one kind. `lost` and `gained` count per owner; `stood` are the owners with a fact."""

    kind: FactKind
    add: list[Fact] = field(default_factory=list)
    withdraw: list[Fact] = field(default_factory=list)
    lost: Counter[Hashable] = field(default_factory=Counter)
    gained: Counter[Hashable] = field(default_factory=Counter)
    stood: set[Hashable] = field(default_factory=set)
    kept: int = 0


def compare(kind: FactKind, wanted: Iterable[Wanted], world: World) -> Comparison:
    """Against the facts of this kind that the book is the whole truth about."""
    comparison = Comparison(kind)
    standing: dict[Said, list[Fact]] = defaultdict(list)
    for fact in kind.model._default_manager.filter(kind.scope(world), withdrawn_at__isnull=True):
        standing[_said(kind, fact)].append(fact)
        comparison.stood.add(kind.owner_of(fact))
    new = _unmatched(kind, wanted, standing, comparison)
    for (owner, _), gone in standing.items():
        if gone:
            comparison.withdraw += gone
            comparison.lost[owner] += len(gone)
    _date(comparison, new, world)
    return comparison


def _said(kind: FactKind, fact: Fact) -> Said:
    return kind.owner_of(fact), kind.content_of(fact)


def _unmatched(
    kind: FactKind,
    wanted: Iterable[Wanted],
    standing: dict[Said, list[Fact]],
    comparison: Comparison,
) -> list[Wanted]:
    """Take out of `standing` what the book asks for again; what it doesn't find there is new.

    Of rows that say the same, the one recorded when the book says so is the one that stays.
    """
    unmatched = []
    left: list[Wanted] = []
    for want in wanted:
        same = standing.get(_said(kind, want.fact), [])
        match = next((fact for fact in same if fact.recorded_at == _proposed(want)), None)
        if match is not None:
            same.remove(match)
            comparison.kept += 1
        else:
            left.append(want)
    for want in left:
        if same := standing.get(_said(kind, want.fact), []):
            same.pop()
            comparison.kept += 1
        else:
            unmatched.append(want)
            comparison.gained[kind.owner_of(want.fact)] += 1
    return unmatched


def _proposed(want: Wanted) -> datetime | None:
    return want.written or want.first


def _date(comparison: Comparison, new: list[Wanted], world: World) -> None:
    """Say of each new fact when it was recorded.

    Where an owner loses something too, what is new replaces it, and is known from this import
    on, whatever 'verwerkt op' says: else an earlier quarter, drawn again, would see both.
    For the same reason something that comes back after a withdrawal is known from now on.
    """
    kind, now = comparison.kind, world.at
    earlier = [want for want in new if _may_be_earlier(comparison, want)]
    until = _withdrawn_until(kind, earlier, world)
    dated = {id(want) for want in earlier if not _overlaps(kind, want, until)}
    for want in new:
        want.fact.recorded_at = (_proposed(want) if id(want) in dated else None) or now.at
        comparison.add.append(want.fact)


def _may_be_earlier(comparison: Comparison, want: Wanted) -> bool:
    owner = comparison.kind.owner_of(want.fact)
    replaces = comparison.lost[owner] > 0 or (
        comparison.kind.one_an_owner and owner in comparison.stood
    )
    return _proposed(want) is not None and not replaces


def _withdrawn_until(
    kind: FactKind, wanted: list[Wanted], world: World
) -> dict[Hashable, datetime]:
    """Until when something like each of `wanted` was known before it was withdrawn."""
    sought = {_likeness(kind, want.fact) for want in wanted}
    until: dict[Hashable, datetime] = {}
    if sought:
        gone = kind.model._default_manager.filter(kind.scope(world), withdrawn_at__isnull=False)
        for fact in gone:
            likeness = _likeness(kind, fact)
            if likeness in sought and fact.withdrawn_at:
                until[likeness] = max(fact.withdrawn_at, until.get(likeness, fact.withdrawn_at))
    return until


def _likeness(kind: FactKind, fact: Fact) -> Hashable:
    return kind.owner_of(fact) if kind.one_an_owner else _said(kind, fact)


def _overlaps(kind: FactKind, want: Wanted, until: dict[Hashable, datetime]) -> bool:
    withdrawn_at, proposed = until.get(_likeness(kind, want.fact)), _proposed(want)
    return withdrawn_at is not None and proposed is not None and proposed < withdrawn_at
