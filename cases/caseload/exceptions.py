"""The exceptions that hold today or later, in words: covers, shared files, conflicts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from accounts import grants
from accounts.models import User
from cases.access import TODAY, Need, visible_to
from cases.models import ConflictOfInterest, Cover, Family, Intake, Registration
from cases.services.exceptions import WRITE_SHARED
from facts.dates import AMSTERDAM
from facts.words import day, many, moment
from facts.working_days import A_DAY


@dataclass(frozen=True)
class Line:
    """One exception. `family`: the file that it opens, for whoever may follow it."""

    id: UUID
    what: str
    when: str
    reason: str
    family: Family | None = None
    people: tuple[UUID, ...] = ()


def covers_of(user: User) -> QuerySet:
    """Who `user` looks after the families for, and who does so for `user`; also what is to come."""
    return _covers().filter(Q(absent=user) | Q(substitute=user))


def covers_in_team(team_id: Any) -> QuerySet:
    return _covers().filter(absent__team=team_id)


def conflicts_of(users: Iterable[User] | QuerySet) -> QuerySet:
    rows = ConflictOfInterest.objects.standing().filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=TODAY), user__in=users
    )
    return rows.select_related("user", "person").order_by("user__name", "person__number")


def shared_with(user: User) -> QuerySet:
    return _shares(grants.current(user, Registration))


def shared_by(user: User) -> QuerySet:
    """What `user` may end: of the own team's files, and what they gave themselves."""
    own = visible_to(user, Need.ASSIGN).values("registration")
    current = grants.current_on(Registration)
    return _shares(current.filter(Q(content_object__in=own) | Q(given_by=user)))


def shares_of_file(user: User, family: Family) -> QuerySet:
    """Of the registrations of `family` that `user` assigns."""
    own = visible_to(user, Need.ASSIGN).filter(family=family).values("registration")
    return _shares(grants.current_on(Registration).filter(content_object__in=own))


def cover_lines(covers: Iterable[Cover], today: date) -> list[Line]:
    return [
        Line(
            one.pk,
            f"{one.substitute} neemt waar voor {one.absent}",
            f"{day(one.happened_on)} tot en met {day(one.ended_on - A_DAY)}"
            + ("" if one.happened_on <= today else " (nog niet begonnen)"),
            one.reason,
        )
        for one in covers
    ]


def conflict_lines(conflicts: Iterable[ConflictOfInterest]) -> list[Line]:
    """A line for what was reported at once. Without names or numbers: whoever fills in a number
    learns no name here, and the other way round."""
    groups: dict[tuple, list[ConflictOfInterest]] = {}
    for one in conflicts:
        groups.setdefault((one.user, one.happened_on, one.reason), []).append(one)
    return [
        Line(
            people[0].pk,
            f"{user}: {many(len(people), 'persoon', 'personen')}",
            f"sinds {day(since)}",
            reason,
            people=tuple(one.person_id for one in people),
        )
        for (user, since, reason), people in groups.items()
    ]


def share_lines(shares: Iterable[Model]) -> list[Line]:
    """One query more: the families of them all."""
    shares = list(shares)
    intakes = Intake.objects.standing().select_related("family")
    files = {
        one.registration_id: one.family
        for one in intakes.filter(registration__in=[share.content_object_id for share in shares])
    }
    return [_share_line(share, files[share.content_object_id]) for share in shares]


def _share_line(share: Any, family: Family) -> Line:
    writes = share.permission.codename == WRITE_SHARED.split(".")[1]
    ends = share.ends_at.astimezone(AMSTERDAM)
    last = day(ends.date()) if f"{ends:%H%M}" == "2359" else moment(ends)
    return Line(
        share.pk,
        f"{share.user} {'leest en schrijft' if writes else 'leest'} in gezin {family.number} "
        f"({share.content_object.number})",
        f"tot en met {last}, gedeeld door {share.given_by}",
        share.reason,
        family,
    )


def _covers() -> QuerySet:
    rows = Cover.objects.standing().filter(ended_on__gt=TODAY)
    return rows.select_related("absent", "substitute").order_by("happened_on", "absent__name")


def _shares(shares: QuerySet) -> QuerySet:
    return shares.select_related("user", "given_by", "content_object", "permission").order_by(
        "ends_at", "pk"
    )
