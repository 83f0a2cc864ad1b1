"""Which facts came, went, or were replaced by others between two moments.

A fact is never changed in place: who corrects withdraws it and adds another at one instant
(facts.verbs.correct), and so does who merges (cases.merging). By those instants a fact that went
is tied to what came in its place.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from cases.models import Merge
from facts.models import Fact

Facts = list[Fact]
# What a fact is about: who corrects one leaves at least one of these as it was.
ABOUT = {
    *("registration_id", "family_id", "person_id", "child_id", "parent_id"),
    *("number", "supervisor_id", "title"),
}


@dataclass(frozen=True)
class Change:
    """`old`: known at the earlier moment and not at the later (None: nothing stood there).
    `new`: the other way round. `merged`: a merge, or undoing one, moved or withdrew it."""

    old: Fact | None
    new: Fact | None
    merged: bool

    @property
    def both(self) -> Iterator[Fact]:
        return (one for one in (self.old, self.new) if one is not None)


def merge_instants() -> set[datetime]:
    """When something was merged, or that was undone: all its facts carry that very instant."""
    moments = Merge.objects.values_list("merged_at", "undone_at")
    return {one for pair in moments for one in pair if one is not None}


def changes_between(
    facts: QuerySet, since: datetime, until: datetime, merges: set[datetime]
) -> list[Change]:
    """The changes of `facts` in (since, until], and of what was tied to them."""
    span = (since, until)
    touched = facts.filter(_within("recorded_at", span) | _within("withdrawn_at", span))
    rows = {one.pk: one for one in touched}
    rows |= {one.pk: one for one in _tied(facts.model, rows.values(), span)}
    after = _successors(rows.values(), since)
    befores = {new.pk: rows[old] for old, new in after.items()}
    found = [
        _change(one, after, until, merges)
        for one in rows.values()
        if one.recorded_at <= since and one.withdrawn_at is not None
    ]
    found += [
        Change(None, last, merged=any(one.recorded_at in merges for one in chain))
        for last in rows.values()
        if last.recorded_at > since and _stands_at(last, until)
        for chain in [list(_back(last, befores))]
        if chain[-1].recorded_at > since
    ]
    return found


def _within(field: str, span: tuple[datetime, datetime]) -> Q:
    return Q(**{f"{field}__gt": span[0], f"{field}__lte": span[1]})


def _tied(model: type[Fact], rows: Iterable[Fact], span: tuple[datetime, datetime]) -> Facts:
    """What was withdrawn when one of `rows` was added, or added when one was withdrawn; that may
    be about someone else."""
    rows = list(rows)
    went = {one.withdrawn_at for one in rows if one.withdrawn_at and one.withdrawn_at <= span[1]}
    came = {one.recorded_at for one in rows}
    every = model._default_manager.all()
    gone = list(every.filter(_within("withdrawn_at", span), withdrawn_at__in=came))
    went |= {one.withdrawn_at for one in gone}
    return [*gone, *every.filter(_within("recorded_at", span), recorded_at__in=went)]


def _stands_at(fact: Fact, moment: datetime) -> bool:
    return fact.withdrawn_at is None or fact.withdrawn_at > moment


def _successors(rows: Iterable[Fact], since: datetime) -> dict:
    """id of what was withdrawn -> what came in its place: at one instant, the most alike first."""
    came, went = defaultdict(list), defaultdict(list)
    for one in rows:
        came[one.recorded_at].append(one)
        if one.withdrawn_at is not None:
            went[one.withdrawn_at].append(one)
    after = {}
    for instant, gone in went.items():
        pairs = ((_alike(old, new), old, new) for old in gone for new in came.get(instant, ()))
        taken = set()
        for alike, old, new in sorted(pairs, key=lambda pair: -pair[0]):
            if alike and old.pk not in after and new.pk not in taken:
                after[old.pk] = new
                taken.add(new.pk)
    return after


def _alike(old: Fact, new: Fact) -> int:
    """In how many fields two facts say the same; 0 when they are about different things."""
    before, after = old.content(), new.content()
    same = [name for name in before if before[name] == after[name] and before[name] is not None]
    return len(same) if ABOUT.intersection(same) else 0


def _change(old: Fact, after: dict, until: datetime, merges: set[datetime]) -> Change:
    """What became of `old`, through every version in between."""
    last, merged = old, False
    while not _stands_at(last, until):
        merged = merged or last.withdrawn_at in merges
        if last.pk not in after:
            return Change(old, None, merged)
        last = after[last.pk]
    return Change(old, last, merged)


def _back(fact: Fact, befores: dict) -> Iterator[Fact]:
    yield fact
    while fact.pk in befores:
        fact = befores[fact.pk]
        yield fact
