"""Correcting what stands, and never what someone else changed meanwhile."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from cases.merging.tracks import act_that_moved, in_its_place
from cases.models import Person, Task
from cases.searching.index import index_people, index_who_it_is_about
from facts.models import Fact
from facts.recording import recording
from facts.verbs import withdraw

STALE = "stale"
F = TypeVar("F", bound=Fact)


def what_stands_now(fact: F) -> F | None:
    """`fact` itself, or what it was corrected or moved to (and so on). None: it was withdrawn for
    good."""
    version: F | None = fact
    while version is not None and version.withdrawn_at is not None:
        act = act_that_moved(version)
        version = in_its_place(version, act) if act else _corrected(version)
    return version


def _corrected(fact: F) -> F | None:
    """A correction withdraws and adds at one instant, by one person (facts.verbs.correct)."""
    after = type(fact)._default_manager.filter(
        recorded_at=fact.withdrawn_at, recorded_by=fact.withdrawn_by_id
    )
    return after.exclude(pk=fact.pk).first()


def first_version(fact: Fact) -> Fact:
    """What `fact` was corrected from, and so on back: one name for all versions of it. Where a
    merge moved several at one instant, it begins anew."""
    same = type(fact)._default_manager
    while True:
        before = same.filter(withdrawn_at=fact.recorded_at, withdrawn_by=fact.recorded_by_id)[:2]
        if len(before) != 1:
            return fact
        (fact,) = before


def withdraw_fact(*, fact: Fact, by: Any, reason: str) -> Fact:
    """Take it back. Raises ValidationError without a reason, or when someone else was first."""
    with recording(by=by, reason=reason) as now:
        return index_who_it_is_about(withdraw(fact, at=now))


def version_of(row: Person | Task) -> int:
    """Grows with every change of the row: what a page remembers of what it showed."""
    return row.history.latest("history_id").history_id


def change_person(*, person: Person, version: int, by: Any, **changes: Any) -> Person:
    """Give someone another name, number or address; these are read as they stand.

    Raises ValidationError ('stale') when someone else changed the person after `version`.
    """
    with recording(by=by, reason="Naam of contactgegevens aangepast") as now:
        person = Person.objects.select_for_update().get(pk=person.pk)
        if version_of(person) != version:
            raise ValidationError("Iemand anders heeft dit intussen aangepast.", code=STALE)
        if all(getattr(person, name) == value for name, value in changes.items()):
            return person
        for name, value in changes.items():
            setattr(person, name, value)
        person._history_user, person._change_reason = now.by, now.reason
        person.full_clean()
        person.save()
        index_people([person])
        return person
