"""What became of something that went into another, and what went into something."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Family, Merge
from facts.models import Fact


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


def acts_on(family: Family) -> QuerySet[Merge]:
    """The merges that the history of a family tells of, undone ones too."""
    ids = {family.pk, *what_went_into([family.pk])}
    acts = Merge.objects.filter(Q(family__in=ids) | Q(gone__in=ids), part_of=None)
    return acts.select_related("family", "merged_by", "undone_by").order_by("merged_at")


def moments_of(acts: Iterable[Merge]) -> set[datetime]:
    """When facts were withdrawn and added only because they moved."""
    return {at for act in acts for at in (act.merged_at, act.undone_at) if at}


def moved_on(fact: Fact) -> Fact | None:
    """What a merge, or its undoing, put in the place of `fact`. None: it was no merge, or nothing
    came in its place."""
    act = Merge.objects.filter(
        Q(merged_at=fact.withdrawn_at) | Q(undone_at=fact.withdrawn_at), part_of=None
    ).first()
    if act is None:
        return None
    label, model = fact._meta.label, type(fact)
    pairs = dict(act.moved.get("facts", {}).get(label, []))
    if act.merged_at == fact.withdrawn_at:
        after = pairs.get(str(fact.pk))
    else:
        before = {new: old for old, new in pairs.items() if new}
        after = act.moved.get("back", {}).get(label, {}).get(before.get(str(fact.pk)))
    return model._default_manager.filter(pk=after).first() if after else None
