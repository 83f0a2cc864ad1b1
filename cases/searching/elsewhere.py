"""Files that someone may not see: that there is one, and whom to ask. Never a name or a number;
and nothing at all of a file from which a conflict of interest keeps them."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.roles import may
from cases.access import MANAGE_TEAM, SUPPORT_FAMILIES, shut_families
from cases.models import Assignment, FamilyMember, Intake, StatusChange
from cases.scope import Scope
from cases.status import Status
from facts.words import enumeration

from .finding import Hit, families_of_number, hits_anywhere
from .question import Question

SURE = 0.8  # of what was asked; less is somebody else
MOST_FAMILIES = 5  # more than these is a common name, and says nothing
ANY_MANAGER = "een teammanager"
TOO_MANY = "Er zijn meer dossiers die hierop lijken. Zoek met een geboortedatum erbij."


class Elsewhere(NamedTuple):
    """`lines`: what may be said. `people`: who it is about, for the read log alone."""

    lines: list[str]
    people: list[UUID]


NOTHING = Elsewhere([], [])


def elsewhere(scope: Scope, question: Question, within: Iterable[Hit]) -> Elsewhere:
    """What the searcher may know of files that aren't theirs to see. `within`: the hits in those
    that are."""
    if not (question.is_about_one and _works_with_families(scope.user)):
        return NOTHING
    known = {hit.family for hit in within}
    hits = _hits(question, shut_families(scope.user))
    return told(scope, [hit for hit in hits if hit.family not in known])


def told(scope: Scope, hits: Iterable[Hit]) -> Elsewhere:
    """The same of `hits` anywhere: those within `scope` are left out. Hits in a family that is
    shut to its user don't belong here. Who doesn't work with families has no use for it: to them
    nobody is known."""
    if not _works_with_families(scope.user):
        return NOTHING
    people = {hit.person: hit.family for hit in hits}
    hidden = set(people.values())
    if len(hidden) <= 2 * MOST_FAMILIES:
        seen = scope.intakes().filter(family__in=hidden) if hidden else Intake.objects.none()
        hidden -= set(seen.values_list("family_id", flat=True))
    if not hidden:
        return NOTHING
    about = [person for person, family in people.items() if family in hidden]
    if len(hidden) > MOST_FAMILIES:
        return Elsewhere([TOO_MANY], about)
    return Elsewhere(sorted({_said(*one) for one in _whom_to_ask(hidden)}), about)


def _works_with_families(user: Any) -> bool:
    return may(user, SUPPORT_FAMILIES) or may(user, MANAGE_TEAM)


def _hits(question: Question, shut: Collection[UUID]) -> list[Hit]:
    """By number: everybody of that family. By pieces: who is surely meant. Both: who is in both."""
    if not question.numbers:
        return hits_anywhere(question, SURE, shut)
    families = set.intersection(*map(families_of_number, question.numbers)) - set(shut)
    members = FamilyMember.objects.standing().filter(family__in=families)
    hits = [Hit(*row, 1.0) for row in members.values_list("person_id", "family_id")]
    if question.asked:
        likely = {hit.person for hit in hits_anywhere(question, SURE, shut)}
        hits = [hit for hit in hits if hit.person in likely]
    return hits


def _said(closed: bool, whom: str) -> str:
    if closed:
        return f"Afgesloten dossier, vraag toegang aan {whom}."
    return f"Er is een dossier dat je niet mag zien. Vraag ernaar bij {whom}."


def _whom_to_ask(families: set[UUID]) -> list[tuple[bool, str]]:
    """Per family: whether all is closed, and who leads the team that has it, or had it last."""
    rows = list(_teams_of(families))
    managers = _managers({team for _, team, _ in rows if team})
    asked = []
    for family in families:
        own = [row for row in rows if row[0] == family]
        open_ones = [row for row in own if row[2] != Status.CLOSED]
        for _, team, _ in open_ones or own:
            asked.append((not open_ones, managers.get(team, ANY_MANAGER)))
    return asked


def _teams_of(families: set[UUID]) -> QuerySet:
    assignments = Assignment.objects.standing().filter(registration=OuterRef("registration"))
    changes = StatusChange.objects.standing().filter(registration=OuterRef("registration"))
    team = assignments.order_by("-happened_on").values("supervisor__team")[:1]
    status = changes.order_by("-happened_on", "-status").values("status")[:1]
    intakes = Intake.objects.standing().filter(family__in=families)
    return intakes.annotate(team=Subquery(team), status=Subquery(status)).values_list(
        "family_id", "team", "status"
    )


def _managers(teams: set[int]) -> dict[Any, str]:
    """The names of who leads each team."""
    app, codename = MANAGE_TEAM.split(".")
    leads = Q(
        groups__permissions__content_type__app_label=app, groups__permissions__codename=codename
    )
    names: dict[Any, list[str]] = {}
    people = User.objects.filter(leads, team__in=teams, is_active=True).order_by("name").distinct()
    for team, name in people.values_list("team_id", "name"):
        names.setdefault(team, []).append(name)
    return {team: f"{enumeration(found)} (teammanager)" for team, found in names.items()}
