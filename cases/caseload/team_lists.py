"""The lists behind the board of a team. One queryset gives each number, and the list it opens.

Everything here comes out of `visible_to(manager, ASSIGN)`.
"""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from cases.access import TODAY, Need, visible_to
from cases.clock import NORMS, start_by
from cases.models import Assignment, Contact, StatusChange
from cases.status import UNDER_WAY, Status

NOBODY = "geen"


@dataclass(frozen=True)
class Chosen:
    """Which part of the team's trajectories. `supervisor`: an id, NOBODY or '' for all."""

    supervisor: str = ""
    what: str = ""
    status: Status | None = None


def team_intakes(manager: Any) -> QuerySet:
    """What the manager assigns and is under way, as `with_stand_of_team` describes it."""
    own = visible_to(manager, Need.ASSIGN).exclude(registration__in=_ended())
    return with_stand_of_team(own)


def who_has_some(manager: Any) -> set[UUID]:
    """Who in the team has a trajectory today, also who may support nobody any more: what the
    manager assigns is the team's that has it."""
    held = Assignment.objects.standing().open_on(TODAY).filter(supervisor__team=manager.team_id)
    return set(held.filter(supervisor__team__isnull=False).values_list("supervisor", flat=True))


def _ended() -> QuerySet:
    """The registrations whose last change of status leaves nothing to do. As one set: to ask each
    registration for its status, the planner walks through all there are and not just the team's."""
    later = StatusChange.objects.standing().filter(
        Q(happened_on__gt=OuterRef("happened_on"))
        | Q(happened_on=OuterRef("happened_on"), status__gt=OuterRef("status")),
        registration=OuterRef("registration"),
    )
    ends = StatusChange.objects.standing().filter(status__in=set(Status) - UNDER_WAY)
    return ends.filter(~Exists(later)).values("registration")


def with_stand_of_team(intakes: QuerySet) -> QuerySet:
    """Each with its `status`, `assigned` (who has it today), `last_contact` and `waits_since` (a
    day; of what has a supervisor it says nothing)."""
    of_it = {"registration": OuterRef("registration")}
    changes = StatusChange.objects.standing().filter(**of_it).order_by("-happened_on", "-status")
    assignments = Assignment.objects.standing().filter(**of_it)
    contacts = Contact.objects.standing().filter(**of_it).order_by("-happened_on")
    return intakes.annotate(
        status=Coalesce(Subquery(changes.values("status")[:1]), Value(Status.NOT_STARTED)),
        assigned=Subquery(
            assignments.open_on(TODAY).order_by("-happened_on").values("supervisor")[:1]
        ),
        last_contact=Subquery(contacts.values("happened_on")[:1]),
        waits_since=Greatest(
            "happened_on",
            Subquery(
                assignments.order_by("-ended_on").values("ended_on")[:1], output_field=DateField()
            ),
        ),
    )


def chosen_of(rows: QuerySet, chosen: Chosen, today: date) -> QuerySet:
    """The part of `team_intakes` that a number counts and a list shows."""
    if chosen.supervisor == NOBODY:
        rows = rows.filter(without_supervisor())
    elif chosen.supervisor:
        # By their own assignments, a handful; not by asking each trajectory of the team.
        own = Assignment.objects.standing().open_on(TODAY).filter(supervisor=chosen.supervisor)
        rows = rows.filter(registration__in=own.values("registration"))
    if chosen.status is not None:
        rows = rows.filter(status=chosen.status)
    if chosen.what:
        rows = rows.filter(WHAT[chosen.what](today))
    return rows


def at_the_start(today: date) -> Q:
    """Not started, longer than five working days after registering."""
    return Q(status=Status.NOT_STARTED, happened_on__lt=start_by(today))


def without_supervisor() -> Q:
    return Q(assigned__isnull=True)


def missed(today: date) -> Q:
    """A window of the clock has passed, and what should have happened still hasn't."""
    return reduce(or_, (norm.unanswered() & norm.passed_on(today) for norm in NORMS))


# What the address may ask for besides a supervisor and a status.
WHAT = {
    "wacht": at_the_start,
    "gemist": missed,
}
SORTS = {
    "nummer": ("registration__number",),
    "contact": (F("last_contact").asc(nulls_first=True), "happened_on", "registration__number"),
    "wacht": ("waits_since", "happened_on", "registration__number"),
    "nieuw": ("-happened_on", "registration__number"),
}
