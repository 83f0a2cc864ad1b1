"""What became of something that went into another, and what went into something."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Family, Merge, Person, Registration
from facts.models import Fact

F = TypeVar("F", bound=Fact)
NUMBERED = (Family, Registration, Person)


def what_stays(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of those `ids` that went into another: into which that still stands. A query for each time
    that what stayed went further, usually one."""
    found: dict[UUID, UUID] = {one: one for one in ids}
    ahead = set(found)
    while ahead:
        steps = dict(Merge.objects.standing().filter(gone__in=ahead).values_list("gone", "kept"))
        found = {one: steps.get(end, end) for one, end in found.items()}
        ahead = set(steps.values())
    return {one: end for one, end in found.items() if one != end}


def what_went_into(ids: Iterable[UUID]) -> set[UUID]:
    """All that went into one of `ids`, also by way of another."""
    found: set[UUID] = set()
    ahead = set(ids)
    while ahead:
        gone = Merge.objects.standing().filter(kept__in=ahead).values_list("gone", flat=True)
        ahead = set(gone) - found
        found |= ahead
    return found


def numbers_now(numbers: Iterable[str]) -> dict[str, str]:
    """Of those that are the number of something that went into another: the number of what stays.
    For who has an old letter in hand."""
    asked = list(numbers)
    if not asked:
        return {}
    went = Merge.objects.standing().values("gone")
    families, *others = (
        model._default_manager.filter(number__in=asked, pk__in=went).order_by()
        for model in NUMBERED
    )
    old = dict(
        families.values_list("pk", "number").union(
            *(rows.values_list("pk", "number") for rows in others)
        )
    )
    stays, now = what_stays(old), {}
    for model in NUMBERED if old else ():
        rows = model._default_manager.filter(pk__in=stays.values())
        now |= dict(rows.values_list("pk", "number"))
    return {number: now[stays[pk]] for pk, number in old.items()}


def acts_on(family: Family) -> QuerySet[Merge]:
    """The merges that the history of a family tells of, undone ones too."""
    ids = {family.pk, *what_went_into([family.pk])}
    acts = Merge.objects.filter(Q(family__in=ids) | Q(gone__in=ids), part_of=None)
    return acts.select_related("family", "merged_by", "undone_by").order_by("merged_at")


def moments_of(acts: Iterable[Merge]) -> set[datetime]:
    """When facts were withdrawn and added only because they moved."""
    return {at for act in acts for at in (act.merged_at, act.undone_at) if at}


def act_that_moved(fact: Fact) -> Merge | None:
    """The merge at whose doing, or undoing, `fact` was withdrawn."""
    at = fact.withdrawn_at
    return Merge.objects.filter(Q(merged_at=at) | Q(undone_at=at), part_of=None).first()


def in_its_place(fact: F, act: Merge) -> F | None:
    """What `act` put in the place of `fact`. None: nothing, for something like it stood already."""
    label, model = fact._meta.label, type(fact)
    pairs = dict(act.moved["facts"].get(label, []))
    if act.merged_at == fact.withdrawn_at:
        after = pairs.get(str(fact.pk))
    else:
        before = {new: old for old, new in pairs.items()}.get(str(fact.pk))
        after = act.moved["back"].get(label, {}).get(before)
    return model._default_manager.filter(pk=after).first() if after else None
