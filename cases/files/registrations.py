"""The registrations of a family: who registered, how the status moved, who supported it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from cases.access import visible_to
from cases.models import Applicant, Assignment, Family, Intake, StatusChange
from cases.status import Status
from facts.words import short_day, spell

STATUS_WORDS = {int(status): status.label for status in Status}


@dataclass
class Trajectory:
    """A registration in words. `moves` and `supervisors`: newest first."""

    number: str
    registered: str
    road: str
    applicants: list[str] = field(default_factory=list)
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    supervisors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.moves[0][1] if self.moves else Status.NOT_STARTED.label

    @property
    def since(self) -> str:
        return self.moves[0][0] if self.moves else self.registered


@dataclass(frozen=True)
class Trajectories:
    """`hidden`: how many more there are, of which `user` may know no more than that."""

    shown: list[Trajectory]
    hidden: int


def trajectories_of(family: Family, user: Any) -> Trajectories:
    """Those that `user` may see, newest first; five queries."""
    may_see = set(visible_to(user).filter(family=family).values_list("registration_id", flat=True))
    intakes = Intake.objects.standing().filter(family=family).order_by("-happened_on", "id")
    shown: dict[UUID, Trajectory] = {}
    hidden = 0
    for registration, number, day, route, referrer in intakes.values_list(
        "registration_id", "registration__number", "happened_on", "route__label", "referrer__label"
    ):
        if registration in may_see:
            road = ", ".join(filter(None, [route, referrer])) or "niet in beeld"
            shown[registration] = Trajectory(number, short_day(day), road)
        else:
            hidden += 1
    _fill(shown)
    return Trajectories(list(shown.values()), hidden)


def _fill(shown: dict[UUID, Trajectory]) -> None:
    people = _of(Applicant, shown).order_by("position")
    for registration, first_name, last_name, number in people.values_list(
        "registration_id", "person__first_name", "person__last_name", "person__number"
    ):
        name = f"{first_name} {last_name}".strip() or number
        shown[registration].applicants.append(name)
    changes = _of(StatusChange, shown).order_by("-happened_on", "-status")
    for registration, day, status, reason in changes.values_list(
        "registration_id", "happened_on", "status", "reason__label"
    ):
        move = (short_day(day), STATUS_WORDS[status], reason or "")
        shown[registration].moves.append(move)
    assignments = _of(Assignment, shown).order_by("-happened_on")
    for registration, name, first, last in assignments.values_list(
        "registration_id", "supervisor__name", "happened_on", "ended_on"
    ):
        shown[registration].supervisors.append((name, spell(first, last)))


def _of(model: type[Model], shown: dict[UUID, Trajectory]) -> QuerySet:
    return model._default_manager.standing().filter(registration__in=list(shown))
