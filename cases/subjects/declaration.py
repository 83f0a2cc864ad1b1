"""A subject: one kind of fact, its form, its words, and to whom it belongs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from cases.models import Family, FamilyMember, Registration
from cases.timeline.sentences import RELATED
from facts.models import Fact


@dataclass(frozen=True)
class Holder:
    """What a fact is a fact of: a family, or one of its registrations."""

    family: Family
    registration: Registration | None = None

    @cached_property
    def members(self) -> list[FamilyMember]:
        members = FamilyMember.objects.standing().filter(family=self.family)
        return list(members.select_related("person").order_by("birth_date", "person__number"))

    @property
    def row(self) -> Family | Registration:
        return self.registration or self.family


def nothing_against(fact: Fact) -> str:
    return ""


def nothing_more(holder: Holder) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Subject:
    """`slug` stands in the address, `anchor` is where it stands on the file.

    `held_by`: the name of the relation that leads to the holder; over 'child' it is the family's
    through its people. `only_corrected`: it came with its holder, and goes with it. `at_first`:
    fields that whoever adds isn't asked for. `against_withdrawing`: a Dutch sentence when other
    facts lean on this one.
    """

    slug: str
    model: type[Fact]
    form: type
    name: str
    add: str
    saved: str
    anchor: str
    held_by: str = "family"
    only_corrected: bool = False
    at_first: Callable[[Holder], dict[str, Any]] = nothing_more
    against_withdrawing: Callable[[Fact], str] = field(default=nothing_against)

    def facts_of(self, holder: Holder) -> QuerySet:
        """All that were ever written down, also what was withdrawn."""
        if self.held_by == "child":
            members = FamilyMember.objects.standing().filter(family=holder.family)
            rows = self.model._default_manager.filter(child__in=members.values("person"))
        else:
            rows = self.model._default_manager.filter(**{self.held_by: holder.row})
        return rows.select_related(*RELATED[self.model])

    def new_fact(self, holder: Holder, content: dict[str, Any]) -> Fact:
        own = {} if self.held_by == "child" else {self.held_by: holder.row}
        return self.model(**own, **self.at_first(holder), **content)
