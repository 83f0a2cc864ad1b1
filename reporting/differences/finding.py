"""The cause of one record: found in the facts on which the figure rests, and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import DateField, Q

from cases.models import FamilyMember, StatusChange
from facts.dates import Dates
from facts.models import DatedFact, Fact

from . import causes
from .causes import Cause
from .changes import Change, changes_between, merge_instants
from .reach import Reach, in_column
from .sources import Source

BELONGS_TO = ("family_id",)


@dataclass(frozen=True)
class Seen:
    """The facts around some records, by model and column, and then by what stands in it."""

    by_column: dict[tuple[type[Fact], str], dict[str, list[Any]]]

    def around(self, source: Source, reach: Reach, record: str) -> Iterator[Any]:
        found = self.by_column.get((source.model, source.column), {})
        for one in sorted(reach.ids(source.reach, record)):
            yield from found.get(one, ())


# --- What came to be known -----------------------------------------------------------------
def recorded(sources: Iterable[Source], reach: Reach, earlier: Dates, later: Dates) -> Seen:
    """Every change around the records, of what was known at the earlier moment to the later."""
    merges, found = merge_instants(), {}
    for model, column, ids in _asked(sources, reach):
        facts = model._default_manager.filter(in_column(model, column, ids))
        by_value: dict[str, list[Change]] = defaultdict(list)
        for change in changes_between(facts, earlier.known_on, later.known_on, merges):
            for value in {str(getattr(one, column)) for one in change.both}:
                by_value[value].append(change)
        found[model, column] = by_value
    return Seen(found)


def cause_of_recording(
    record: str, sources: Iterable[Source], reach: Reach, seen: Seen, day: date
) -> Cause:
    """The first change that matters at the end of `day` to what the figure rests on."""
    for source in sources:
        found = [
            cause
            for change in seen.around(source, reach, record)
            if (cause := _cause(change, source, day)) is not None
        ]
        if found:
            return min(found, key=_WEIGHT.__getitem__)
    return causes.OTHER


# Of several changes at once: what says most of why.
_BY_WEIGHT = ("merged", "moved", "withdrawn", "corrected", "dated_back", "late", "filled_in")
_WEIGHT = {causes.CAUSES[key]: place for place, key in enumerate(_BY_WEIGHT)}


def _cause(change: Change, source: Source, day: date) -> Cause | None:
    old, new = (_what(one, source, day) for one in (change.old, change.new))
    if old == new:
        return None
    if change.merged:
        return causes.MERGED
    if change.old is not None and change.new is not None:
        return _cause_of_replacing(change.old, change.new)
    if change.new is None:
        return causes.WITHDRAWN
    if isinstance(change.new, StatusChange):
        return causes.DATED_BACK
    return causes.LATE if isinstance(change.new, DatedFact) else causes.FILLED_IN


def _what(fact: Fact | None, source: Source, day: date) -> tuple | None:
    """What a figure over `day` has of the fact; None when it doesn't count."""
    if fact is None or (isinstance(fact, DatedFact) and fact.happened_on > day):
        return None
    return getattr(fact, source.column), *(getattr(fact, name) for name in source.fields)


def _cause_of_replacing(old: Fact, new: Fact) -> Cause:
    """Filling in what was empty is no correction. A day says when something happened; that of a
    birth only fills in."""
    before, after = old.content(), new.content()
    changed = [name for name in before if before[name] != after[name]]
    if any(name in BELONGS_TO for name in changed):
        return causes.MOVED
    if any(before[name] not in (None, "") for name in changed):
        return causes.CORRECTED
    days = [name for name in changed if isinstance(old._meta.get_field(name), DateField)]
    return causes.LATE if days and isinstance(old, DatedFact) else causes.FILLED_IN


# --- What happened -------------------------------------------------------------------------
def happened(sources: Iterable[Source], reach: Reach, earlier: Dates, later: Dates) -> Seen:
    """The facts around the records with a day after the earlier reference date, up to the later;
    of what is born only who was recorded since: else only time passed."""
    sources, found = list(sources), {}
    span = (earlier.reference_date, later.reference_date)
    for model, column, ids in _asked(sources, reach):
        days = {day for source in sources if source.model is model for day in source.days}
        if not days:
            continue
        inside = reduce(or_, (Q(**{f"{d}__gt": span[0], f"{d}__lte": span[1]}) for d in days))
        facts = model._default_manager.known_at(later.known_on).filter(inside)
        by_value: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts.filter(in_column(model, column, ids)):
            if not isinstance(fact, FamilyMember) or fact.recorded_at > earlier.known_on:
                by_value[str(getattr(fact, column))].append(fact)
        found[model, column] = by_value
    return Seen(found)


def cause_of_time(
    record: str,
    sources: Iterable[Source],
    reach: Reach,
    seen: Seen,
    span: tuple[date, date],
    flow: bool,
) -> Cause:
    """New when something of it happened in the `span`; else only time passed, or the period did."""
    for source in sources:
        for fact in seen.around(source, reach, record):
            days = (getattr(fact, name) for name in source.days)
            if any(day is not None and span[0] < day <= span[1] for day in days):
                return causes.NEW
    return causes.PERIOD if flow else causes.TIME


def _asked(sources: Iterable[Source], reach: Reach) -> Iterator[tuple[type[Fact], str, set[str]]]:
    """Each table and column once, with all ids that are asked of it."""
    asked: dict[tuple[type[Fact], str], set[str]] = defaultdict(set)
    for source in sources:
        asked[source.model, source.column] |= reach.all_ids(source.reach)
    for (model, column), ids in asked.items():
        if ids:
            yield model, column, ids
