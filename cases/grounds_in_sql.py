"""The grounds as SQL, made once a process for each kind of user: making it takes longer than
running it. Users, teams and families are filled in where it runs."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from accounts.roles import may
from cases.grounds import MANAGE_TEAM, shut_to
from cases.models import Intake

Rows = Callable[[Any], QuerySet]
# Stand in for the user, the team and some families where the SQL is made.
ANYONE, ANY_TEAM, ANY_FAMILIES = UUID(int=1), UUID(int=2), UUID(int=3)


def ids_of(grounds: tuple[Rows, ...], user: Any) -> RawSQL:
    """The ids of the registrations of all these grounds, united."""
    sql, params = _ids_in_sql(grounds, *_kind_of(user))
    return RawSQL(sql, _filled_in(params, user))  # noqa: S611  our own, below


def all_of(grounds: tuple[Rows, ...], user: Any) -> tuple[str, list]:
    """SQL for each registration and its family, with the place of each ground that holds."""
    sql, params = _all_in_sql(grounds, *_kind_of(user))
    return sql, _filled_in(params, user)


def first_of(grounds: tuple[Rows, ...], user: Any, families: list[UUID]) -> tuple[str, list]:
    """SQL for the families that a ground holds for, with the place of the first that does."""
    sql, params = _places_in_sql(grounds, *_kind_of(user))
    return sql, _filled_in(params, user, families)


@cache
def _ids_in_sql(grounds: tuple[Rows, ...], leads: bool, has_team: bool) -> tuple[str, tuple]:
    user = _anyone(leads, has_team)
    ids, *more = (ground(user).values("registration") for ground in grounds)
    try:
        sql, params = ids.union(*more).query.sql_with_params()
    except EmptyResultSet:  # no ground is good for this: such as assigning, for who leads no team
        return "SELECT NULL::uuid", ()
    return sql, tuple(params)


@cache
def _all_in_sql(grounds: tuple[Rows, ...], leads: bool, has_team: bool) -> tuple[str, tuple]:
    user = _anyone(leads, has_team)
    parts, params = [], []
    for place, ground in enumerate(grounds):
        try:
            part, more = ground(user).values("registration").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT of_{place}.*, {place} FROM ({part}) AS of_{place}")
        params += more
    open_to = Intake.objects.standing().exclude(family__in=shut_to(user)).order_by()
    intakes, more = open_to.values("registration", "family").query.sql_with_params()
    held = f"({' UNION ALL '.join(parts)}) AS held (registration, place)"
    sql = (
        f"SELECT intake.registration, intake.family, held.place FROM {held} "
        f"JOIN ({intakes}) AS intake (registration, family) USING (registration)"
    )
    return sql, (*params, *more)


@cache
def _places_in_sql(grounds: tuple[Rows, ...], leads: bool, has_team: bool) -> tuple[str, tuple]:
    user = _anyone(leads, has_team)
    intakes = (
        Intake.objects.standing()
        .exclude(family__in=shut_to(user))
        .filter(family__in=RawSQL("SELECT unnest(%s::uuid[])", [ANY_FAMILIES]))
    )
    parts, params = [], []
    for place, ground in enumerate(grounds):
        held = ground(user).values("registration")
        rows = intakes.filter(registration__in=held).values("family_id")
        try:
            part, more = rows.order_by().query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT family_id, {place} AS place FROM ({part}) AS of_ground_{place}")
        params += more
    united = " UNION ALL ".join(parts)
    return f"SELECT family_id, min(place) FROM ({united}) AS held GROUP BY 1", tuple(params)


def _kind_of(user: Any) -> tuple[bool, bool]:
    return may(user, MANAGE_TEAM), user.team_id is not None


def _anyone(leads: bool, has_team: bool) -> User:
    user = User(pk=ANYONE, team_id=ANY_TEAM if has_team else None)
    user._held_by_roles = {MANAGE_TEAM} if leads else set()
    return user


def _filled_in(params: Iterable[Any], user: Any, families: Iterable[UUID] = ()) -> list[Any]:
    own = {ANYONE: user.pk, ANY_TEAM: user.team_id, ANY_FAMILIES: families}
    return [own.get(param, param) for param in params]
