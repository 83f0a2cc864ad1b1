"""Who may see what: the whole of it, on one screen (docs/adr/0005-toegang.md says why).

Every way to a registration or a family goes through here: pages, lists, counts, exports, jobs.
A ground is a queryset of registrations; what it allows stands in the table beside it. They are
united by id, never with OR: that would walk through every registration there is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Now, TruncDate

from accounts import grants
from accounts.models import User
from accounts.roles import may
from cases.models import (
    Assignment,
    ConflictOfInterest,
    Cover,
    EmergencyAccess,
    FamilyMember,
    Intake,
    Merge,
    Registration,
    StatusChange,
)
from cases.status import Status

MANAGE_TEAM = "cases.manage_team"
SUPPORT_FAMILIES = "cases.support_families"
TODAY = TruncDate(Now())
AFTERCARE = timedelta(days=30)


class Need(StrEnum):
    READ = "lezen"
    WRITE = "schrijven"
    ASSIGN = "toewijzen"


def own_case(user: Any) -> QuerySet:
    """The process supervisor who has the open assignment of a trajectory that isn't closed."""
    return _not_closed(_open_assignments().filter(supervisor=user))


def cover(user: Any) -> QuerySet:
    """Who looks after the families of a colleague who is away."""
    absent = Cover.objects.standing().open_on(TODAY).filter(substitute=user).values("absent")
    return _not_closed(_open_assignments().filter(supervisor__in=absent))


def team(user: Any) -> QuerySet:
    """The manager of the team that has it, or had it last."""
    if not may(user, MANAGE_TEAM) or user.team_id is None:
        return Assignment.objects.none()
    # Later: begun since, or begun on the day on which this one ended before it had lasted a day.
    emptied = Q(happened_on=OuterRef("happened_on")) & Q(happened_on=OuterRef("ended_on"))
    later = Assignment.objects.standing().filter(
        Q(happened_on__gt=OuterRef("happened_on"), happened_on__lte=TODAY)
        | emptied & (Q(ended_on__isnull=True) | Q(ended_on__gt=F("happened_on"))),
        registration=OuterRef("registration"),
    )
    return Assignment.objects.standing().filter(~Exists(later), supervisor__team=user.team_id)


def waiting(user: Any) -> QuerySet:
    """Every manager, of a registration that nobody ever had: it must not fall between two."""
    if not may(user, MANAGE_TEAM):
        return Intake.objects.none()
    ever = Assignment.objects.standing().filter(registration=OuterRef("registration"))
    return Intake.objects.standing().filter(~Exists(ever))


def aftercare(user: Any) -> QuerySet:
    """Who had it when the trajectory was closed, for thirty days.

    Read from the user's own assignments: from the closings it would walk through all there are.
    """
    while_mine = StatusChange.objects.standing().filter(
        registration=OuterRef("registration"),
        status=Status.CLOSED,
        happened_on__gt=TODAY - AFTERCARE,
        happened_on__gte=OuterRef("happened_on"),
        happened_on__lte=Coalesce(OuterRef("ended_on"), F("happened_on")),
    )
    return Assignment.objects.standing().filter(Exists(while_mine), supervisor=user)


def shared(codename: str) -> Callable[[Any], QuerySet]:
    """Someone to whom the file was opened, with a reason, by a giver, until a moment."""
    return lambda user: (
        grants.current(user, Registration)
        .filter(permission__codename=codename)
        .annotate(registration=F("content_object"))
    )


def emergency(user: Any) -> QuerySet:
    """Who opened this one file in an emergency, for at most an hour."""
    opened = EmergencyAccess.objects.filter(user=user, begins_at__lte=Now(), ends_at__gt=Now())
    return opened.order_by()


@dataclass(frozen=True)
class Ground:
    """`code`: as it stands in the read log. `name`: on screen. `allows`: what it is good for."""

    code: str
    name: str
    registrations: Callable[[Any], QuerySet]
    allows: frozenset[Need]


# In this order: the first that holds is the one that the read log names.
GROUNDS = (
    Ground("own_case", "eigen toewijzing", own_case, frozenset({Need.READ, Need.WRITE})),
    Ground("cover", "waarneming", cover, frozenset({Need.READ, Need.WRITE})),
    Ground("team", "eigen team", team, frozenset({Need.READ, Need.ASSIGN})),
    Ground("team", "nog zonder begeleider", waiting, frozenset({Need.READ, Need.ASSIGN})),
    Ground("aftercare", "nazorg", aftercare, frozenset({Need.READ})),
    Ground("grant", "gedeeld", shared("write_shared"), frozenset({Need.READ, Need.WRITE})),
    Ground("grant", "gedeeld", shared("read_shared"), frozenset({Need.READ})),
    Ground("emergency", "noodtoegang", emergency, frozenset({Need.READ})),
)


def shut_to(user: Any) -> QuerySet:
    """The families of which someone is kin or acquaintance of `user`: shut on every ground."""
    people = ConflictOfInterest.objects.standing().open_on(TODAY).filter(user=user)
    # Whom only a merge put there, that was a mistake and was undone, was never there.
    mistake = Merge.objects.filter(undone_at=OuterRef("withdrawn_at"), part_of=None)
    members = FamilyMember.objects.filter(~Exists(mistake), person__in=people.values("person"))
    return members.values("family")


def shut_families(user: Any) -> frozenset[UUID]:
    """The same as ids: of these `user` isn't even told that they are there."""
    return frozenset(shut_to(user).values_list("family", flat=True))


def visible_to(user: Any, needs: Need = Need.READ) -> QuerySet:
    """The standing intakes (a registration with its family) of all that `user` may see."""
    sql, params = _ids_in_sql(needs, may(user, MANAGE_TEAM), user.team_id is not None)
    ids = RawSQL(sql, _filled_in(params, user))  # noqa: S611  our own, below
    intakes = Intake.objects.standing().exclude(family__in=shut_to(user))
    return intakes.filter(registration__in=ids)


# Stand in for the user, the team and some families where the SQL is made.
ANYONE, ANY_TEAM, ANY_FAMILIES = UUID(int=1), UUID(int=2), UUID(int=3)


@cache
def _ids_in_sql(needs: Need, leads: bool, has_team: bool) -> tuple[str, tuple]:
    """The ids of all grounds that are good for `needs`, united. Made once a process for each kind
    of user: making it takes longer than running it."""
    user = _anyone(leads, has_team)
    ids, *more = (
        ground.registrations(user).values("registration")
        for ground in GROUNDS
        if needs in ground.allows
    )
    try:
        sql, params = ids.union(*more).query.sql_with_params()
    except EmptyResultSet:  # no ground is good for this: such as assigning, for who leads no team
        return "SELECT NULL::uuid", ()
    return sql, tuple(params)


def grounds_of(user: User, families: Iterable[UUID]) -> dict[UUID, Ground]:
    """Of each of these families that `user` may see the first ground. One query, however many."""
    sql, params = _places_in_sql(may(user, MANAGE_TEAM), user.team_id is not None)
    with connection.cursor() as cursor:
        cursor.execute(sql, _filled_in(params, user, list(families)))
        return {family: GROUNDS[place] for family, place in cursor.fetchall()}


@cache
def _places_in_sql(leads: bool, has_team: bool) -> tuple[str, tuple]:
    """The families that a ground holds for, and the place in GROUNDS of the first that does."""
    user = _anyone(leads, has_team)
    intakes = (
        Intake.objects.standing()
        .exclude(family__in=shut_to(user))
        .filter(family__in=RawSQL("SELECT unnest(%s::uuid[])", [ANY_FAMILIES]))
    )
    parts, params = [], []
    for place, ground in enumerate(GROUNDS):
        held = ground.registrations(user).values("registration")
        rows = intakes.filter(registration__in=held).values("family_id")
        try:
            part, more = rows.order_by().query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT family_id, {place} AS place FROM ({part}) AS of_ground_{place}")
        params += more
    united = " UNION ALL ".join(parts)
    return f"SELECT family_id, min(place) FROM ({united}) AS held GROUP BY 1", tuple(params)


def _anyone(leads: bool, has_team: bool) -> User:
    user = User(pk=ANYONE, team_id=ANY_TEAM if has_team else None)
    user._held_by_roles = {MANAGE_TEAM} if leads else set()
    return user


def _filled_in(params: Iterable[Any], user: Any, families: Iterable[UUID] = ()) -> list[Any]:
    own = {ANYONE: user.pk, ANY_TEAM: user.team_id, ANY_FAMILIES: families}
    return [own.get(param, param) for param in params]


def ground_of(
    user: Any, family: Any, needs: Need = Need.READ, intakes: QuerySet | None = None
) -> Ground | None:
    """The first ground on which `user` may see the file of a family, or only these `intakes` of
    it. None: there is none."""
    if shut_to(user).filter(family=family).exists():
        return None
    if intakes is None:
        intakes = Intake.objects.standing().filter(family=family)
    for ground in GROUNDS:
        rows = ground.registrations(user).filter(registration__in=intakes.values("registration"))
        if needs in ground.allows and rows.exists():
            return ground
    return None


def _open_assignments() -> QuerySet:
    return Assignment.objects.standing().open_on(TODAY)


def _not_closed(assignments: QuerySet) -> QuerySet:
    """Without those of a registration whose last change of status is a closing."""
    later = StatusChange.objects.standing().filter(
        Q(happened_on__gt=OuterRef("happened_on"))
        | Q(happened_on=OuterRef("happened_on"), status__gt=OuterRef("status")),
        registration=OuterRef("registration"),
    )
    closed = StatusChange.objects.standing().filter(
        ~Exists(later), registration=OuterRef("registration"), status=Status.CLOSED
    )
    return assignments.filter(~Exists(closed))
