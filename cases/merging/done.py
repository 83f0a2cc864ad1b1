"""What was merged, for the list of whoever leads the team that has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.access import Need, visible_to
from cases.models import Family, Merge, Person, Registration
from facts.words import moment

MOST = 50


@dataclass(frozen=True)
class Line:
    """`family`: where it is now. `undone`: by whom and when; empty when it stands."""

    id: UUID
    what: str
    family: Family
    reason: str
    done: str
    undone: str


def acts_visible_to(user: Any) -> QuerySet[Merge]:
    """Of the families that `user` may assign, the latest first."""
    own = visible_to(user, Need.ASSIGN).values("family")
    acts = Merge.objects.filter(part_of=None, family__in=own)
    return acts.select_related("family", "merged_by", "undone_by").order_by("-merged_at")[:MOST]


def lines_of_acts(acts: Iterable[Merge]) -> list[Line]:
    """Three queries more, for their numbers."""
    acts = list(acts)
    ids = {one for act in acts for one in (act.kept, act.gone)}
    number: dict[UUID, str] = {}
    for model in (Family, Registration, Person):
        number |= dict(model.objects.filter(pk__in=ids).values_list("pk", "number"))
    return [
        Line(
            act.pk,
            f"{act.get_kind_display()} {number[act.gone]} in {number[act.kept]}",
            act.family,
            act.reason,
            f"{act.merged_by}, {moment(act.merged_at)}",
            f"{act.undone_by}, {moment(act.undone_at)}" if act.undone_at else "",
        )
        for act in acts
    ]
