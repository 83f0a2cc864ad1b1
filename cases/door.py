"""The one door to a file: loading, authorising and writing the line of the read log in one call.

Who may not come in gets the same as for what doesn't exist (404); the attempt is logged. The
rules stand in cases.access.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.access_log.refusing import LedOn, Refused
from accounts.access_log.writing import note
from accounts.models import AccessLine
from accounts.roles import may
from cases.access import GROUNDS, Ground, Need, ground_of, visible_to
from cases.merging.tracks import what_stays
from cases.models import Family, FamilyMember, Registration
from cases.scope import Scope
from facts.among import among
from facts.made_once import rows

UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SUPPORT = "Begeleiding van gezinnen"
Action = AccessLine.Action


@dataclass(frozen=True)
class OpenFile:
    """A family's file that was opened, and the ground on which it was."""

    family: Family
    ground: Ground


def get_family_for(
    request: HttpRequest,
    family_id: UUID,
    *,
    needs: Need = Need.READ,
    part: str = "dossier",
    action: Action = Action.READ,
) -> OpenFile:
    """The file of a family, for whoever has a ground for what they need. Else Refused (404)."""
    family = Family.objects.filter(pk=family_id).first()
    ground = family and ground_of(request.user, family, needs)
    if ground is None:
        _lead_on(request, visible_to(request.user, needs), "family", family_id)
        raise _refused(request, "gezin", family_id, part, action)
    note(
        actor=request.user,
        action=action,
        object_type="gezin",
        object_id=family.pk,
        part=part,
        subjects=people_of([family.pk]),
        ground=ground.code,
        purpose=SUPPORT,
        request=request,
    )
    return OpenFile(family, ground)


def get_registration_for(
    request: HttpRequest,
    registration_id: UUID,
    *,
    needs: Need = Need.READ,
    part: str = "aanmelding",
    action: Action = Action.READ,
) -> Registration:
    """One registration, on a ground of its own: another's of the same family does not do."""
    intakes = visible_to(request.user, needs).filter(registration=registration_id)
    intake = intakes.select_related("registration").first()
    if intake is None:
        _lead_on(request, visible_to(request.user, needs), "registration", registration_id)
        raise _refused(request, "aanmelding", registration_id, part, action)
    note(
        actor=request.user,
        action=action,
        object_type="aanmelding",
        object_id=registration_id,
        part=part,
        subjects=people_of([intake.family_id]),
        ground=ground_of(request.user, intake.family_id, needs, intakes).code,
        purpose=SUPPORT,
        request=request,
    )
    return intake.registration


def note_list(
    request: HttpRequest,
    families: Iterable[UUID],
    *,
    part: str,
    action: Action = Action.LIST,
    detail: dict | None = None,
    otherwise: AccessLine.Ground = AccessLine.Ground.NONE,
    scope: Scope | None = None,
) -> None:
    """One line for one page of a list, with everybody in the families on it, each on the ground
    on which it was seen.

    The rows come from `visible_to`; of those that don't, `otherwise` is the ground. `detail`: what
    was searched or filtered by. `scope`: where the page read it already.
    """
    people = _families_by_person(families)
    note(
        actor=request.user,
        action=action,
        object_type="lijst",
        part=part,
        subjects=people,
        ground=_grounds_of_people(scope or Scope(request.user, None), people, otherwise)
        if people
        else _usual(request),
        purpose=SUPPORT,
        detail=detail,
        request=request,
    )


def must(request: HttpRequest, permission: str, *, what: str, part: str = "") -> None:
    """A page for some roles only. Others get Refused (404), and it is logged."""
    if not may(request.user, permission):
        raise _refused(request, what, None, part, Action.READ)


def people_of(families: Iterable[UUID]) -> list[UUID]:
    """The ids of everybody in these families, as we know them today."""
    return [person for person, _ in _members_of(families)]


def _lead_on(request: HttpRequest, visible: QuerySet, what: str, which: UUID) -> None:
    """An old address leads to what it went into (cases.merging), for who may see that."""
    kept = what_stays([which]).get(which)
    if kept is None or not visible.filter(**{what: kept}).exists():
        return
    inside = [UUID(found) for found in UUIDS.findall(request.path)]
    address = request.get_full_path()
    for old, new in what_stays(inside).items():
        address = address.replace(str(old), str(new))
    if address != request.get_full_path():
        raise LedOn(address)


def _families_by_person(families: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    people: dict[UUID, set[UUID]] = {}
    for person, family in _members_of(families):
        people.setdefault(person, set()).add(family)
    return people


def _members_of(families: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Person and family; of no families nothing is asked."""
    known = list(families)
    return rows(_members, families=known) if known else []


def _members(*, families: Collection[UUID]) -> QuerySet:
    members = FamilyMember.objects.standing().filter(family__in=among(families))
    return members.values_list("person_id", "family_id")


def _grounds_of_people(
    scope: Scope, people: Mapping[UUID, set[UUID]], otherwise: AccessLine.Ground
) -> dict[UUID, str]:
    """Who is in two families was seen on the first ground that holds for either."""
    by_family = scope.grounds_of(set().union(*people.values()))
    return {
        person: min((by_family[one] for one in found), key=GROUNDS.index).code
        if found
        else otherwise
        for person, families in people.items()
        for found in [families & by_family.keys()]
    }


def _usual(request: HttpRequest) -> AccessLine.Ground:
    """Of a list that shows nobody, the ground on which it would."""
    leads = may(request.user, "cases.manage_team")
    return AccessLine.Ground.TEAM if leads else AccessLine.Ground.OWN_CASE


def _refused(
    request: HttpRequest, what: str, which: UUID | None, part: str, action: Action
) -> Refused:
    return Refused(
        actor=request.user,
        action=action,
        object_type=what,
        object_id=which,
        part=part,
        purpose=SUPPORT,
    )
