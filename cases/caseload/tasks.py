"""Tasks as someone has them before them: the first due on top, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Now

from accounts.models import User
from cases.access import TODAY
from cases.files.sight import Sight
from cases.models import Assignment, Cover, Intake, Registration, RegistrationGrant, Task
from cases.scope import Scope
from facts.among import among
from facts.words import day, many

from .mine import Case

LATEST_DONE = 5


class Urgency(StrEnum):
    """How near a day is; the page gives each a word and a shape."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"


def urgency(on: date, today: date) -> Urgency:
    if on < today:
        return Urgency.LATE
    return Urgency.TODAY if on == today else Urgency.SOON


def due_words(on: date, today: date) -> str:
    """vandaag, morgen, za 3 dec 2024, 2 dagen te laat"""
    days = (on - today).days
    if days < 0:
        return f"{many(-days, 'dag', 'dagen')} te laat"
    return {0: "vandaag", 1: "morgen"}.get(days) or day(on)


@dataclass(frozen=True)
class TaskInWords:
    """`may_do`: whoever looks may finish and change it."""

    id: UUID
    title: str
    due_on: date
    remind_on: date | None
    due: str
    urgency: Urgency
    owner: str
    registration: str
    family_id: UUID
    family: str
    done: bool = False
    may_do: bool = True


def tasks_of(scope: Scope, cases: Iterable[Case], today: date) -> list[TaskInWords]:
    """To do by someone: for the own registrations, unless it was given to another; and what was
    given to them elsewhere, as long as they may see it. Two queries."""
    places = {case.registration_id: (case.family_id, case.family) for case in cases}
    to_do = Task.objects.to_do().select_related("registration", "owner")
    own = to_do.filter(Q(owner=None) | Q(owner=scope.user), registration__in=among(places))
    given = with_family(to_do.filter(owner=scope.user).exclude(registration__in=among(places)))
    seen = scope.seen(task.registration_id for task in given)
    tasks = [in_words(one, places[one.registration_id], today) for one in own]
    tasks += [
        in_words(one, (one.family_id, one.family), today)
        for one in given
        if one.registration_id in seen
    ]
    return sorted(tasks, key=lambda one: (one.due_on, one.title))


def lately_done(scope: Scope, today: date) -> list[TaskInWords]:
    """What someone finished last, to take back; one query."""
    done = Task.objects.filter(
        done_by=scope.user, registration__in=scope.intakes().values("registration")
    )
    some = with_family(done.select_related("registration", "owner")).order_by("-done_at")
    return [
        in_words(one, (one.family_id, one.family), today)
        for one in some.filter(done_at__date=today)[:LATEST_DONE]
    ]


def tasks_on_file(sight: Sight, today: date) -> list[TaskInWords]:
    """To do for the registrations of a family that someone may see; one query."""
    place = (sight.family.pk, sight.family.number)
    to_do = Task.objects.to_do().filter(registration__in=sight.readable)
    return [
        in_words(
            one,
            place,
            today,
            may_do=one.registration_id in sight.writable or one.owner_id == sight.user.pk,
        )
        for one in to_do.select_related("registration", "owner")
    ]


def tasks_that_stood(sight: Sight, day: date, at: datetime) -> list[TaskInWords]:
    """What was still to do at an instant of `day`. A task is no fact: what it was then, its
    history says. Three queries."""
    then = Task.history.as_of(at).filter(registration__in=sight.readable, done_at__isnull=True)
    tasks = list(then.order_by("due_on", "created_at"))
    prefetch_related_objects(tasks, "registration", "owner")
    place = (sight.family.pk, sight.family.number)
    return [in_words(one, place, day, may_do=False) for one in tasks]


def with_family(tasks: QuerySet) -> QuerySet:
    """Tasks with the `family_id` and the number (`family`) of their registration's family."""
    standing = Intake.objects.standing().filter(registration=OuterRef("registration"))
    return tasks.annotate(
        family_id=Subquery(standing.values("family")[:1]),
        family=Subquery(standing.values("family__number")[:1]),
    )


def in_words(task: Task, place: tuple[UUID, str], today: date, may_do: bool = True) -> TaskInWords:
    return TaskInWords(
        task.pk,
        task.title,
        task.due_on,
        task.remind_on,
        due_words(task.due_on, today),
        urgency(task.due_on, today),
        task.owner.name if task.owner else "",
        task.registration.number,
        *place,
        done=task.done_at is not None,
        may_do=may_do,
    )


def colleagues_for(registration: Registration) -> list[User]:
    """To whom a task can be given: its supervisor, who covers for them, with whom it is shared."""
    supervisors = (
        Assignment.objects.standing()
        .filter(registration=registration, ended_on=None)
        .values("supervisor")
    )
    covers = Cover.objects.standing().open_on(TODAY).filter(absent__in=supervisors)
    shared = RegistrationGrant.objects.filter(content_object=registration, ends_at__gt=Now())
    ids = supervisors.union(covers.values("substitute"), shared.values("user"))
    return list(User.objects.filter(pk__in=ids, is_active=True))
