"""Each kind of fact that a book holds: whose it is, and which of the standing ones it speaks of."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import Q

from accounts.models import Employment
from cases import models
from facts.models import Fact

from .world import World


@dataclass(frozen=True)
class FactKind:
    """`owner` names what rows are compared per (nothing: the whole sheet). `scope` selects the
    facts about which the book is the whole truth. `one_an_owner`: there is one of it at a time,
    or one set, so a fact that comes back must not be known at the same time as the one before."""

    model: type[Fact]
    owner: tuple[str, ...]
    scope: Callable[[World], Q]
    one_an_owner: bool = False

    def owner_of(self, fact: Fact) -> Hashable:
        return self._owner(fact)

    @cached_property
    def _owner(self) -> Callable[[Fact], Any]:
        return attrgetter(*self.owner) if self.owner else lambda fact: None

    @cached_property
    def content_of(self) -> Callable[[Fact], Any]:
        """What the fact says, as something that can be counted."""
        return attrgetter(*self.model.content_fields())


def _of_families(world: World) -> Q:
    return Q(family_id__in=world.family_ids)


def _of_registrations(world: World) -> Q:
    return Q(registration_id__in=world.registration_ids)


def _of_people(world: World) -> Q:
    return Q(person_id__in=world.person_ids)


def _of_children(world: World) -> Q:
    return Q(child_id__in=world.person_ids)


def _complaints(world: World) -> Q:
    return Q(family_id__in=world.family_ids) | Q(number__in=world.complaint_numbers)


def everything(world: World) -> Q:
    """For a sheet that is the whole truth about itself."""
    return Q()


FAMILY, REGISTRATION, CHILD = ("family_id",), ("registration_id",), ("child_id",)

COMPOSITION = FactKind(models.FamilyComposition, FAMILY, _of_families, one_an_owner=True)
SITUATION = FactKind(models.DesiredSituation, FAMILY, _of_families)
REASON = FactKind(models.PlacementReason, FAMILY, _of_families)
MEMBER = FactKind(models.FamilyMember, ("person_id",), _of_people, one_an_owner=True)
CUSTODY = FactKind(models.Custody, ("parent_id", "child_id"), _of_children, one_an_owner=True)
INVOLVEMENT = FactKind(models.InstitutionInvolvement, FAMILY, _of_families)
PLACEMENT = FactKind(models.Placement, CHILD, _of_children)
INTAKE = FactKind(models.Intake, REGISTRATION, _of_registrations, one_an_owner=True)
APPLICANT = FactKind(models.Applicant, REGISTRATION, _of_registrations, one_an_owner=True)
STATUS = FactKind(models.StatusChange, REGISTRATION, _of_registrations)
ASSIGNMENT = FactKind(models.Assignment, REGISTRATION, _of_registrations)
REQUEST = FactKind(models.SupportRequest, FAMILY, _of_families)
SUPPORT = FactKind(models.Support, FAMILY, _of_families)
RESULT = FactKind(models.Result, FAMILY, _of_families)
ANALYSIS = FactKind(models.ExplanatoryAnalysis, FAMILY, _of_families)
COMPLAINT = FactKind(models.Complaint, ("number",), _complaints, one_an_owner=True)
EMPLOYMENT = FactKind(Employment, ("supervisor_id",), everything)
