"""The board of a team: a row a supervisor, and above it what waits. Each number is a link."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Min, Q, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.roles import who_may
from cases.access import TODAY
from cases.caseload.exceptions import covers_in_team
from cases.caseload.loads import Load, fte_of
from cases.caseload.team_lists import NOBODY, at_the_start, missed, team_intakes
from cases.services.assigning import SUPPORT_FAMILIES
from facts.words import short_day
from facts.working_days import A_DAY


@dataclass(frozen=True)
class Row:
    """A supervisor. `quiet_for`: days since the last contact of the trajectory that waits longest
    for one (since registering where there was none); None without trajectories."""

    load: Load
    missed: int
    quiet_for: int | None
    away: str = ""

    @property
    def user(self) -> User:
        return self.load.user

    @property
    def bar(self) -> int:
        """Of a hundred; the norm stands at fifty."""
        return min(100, round(50 * (self.load.per_fte or 0) / settings.TRAJECTORIES_PER_FTE))

    @property
    def above_norm(self) -> bool:
        return (self.load.per_fte or 0) > settings.TRAJECTORIES_PER_FTE

    def opens(self, **more: str) -> str:
        return where(begeleider=str(self.user.pk), **more)

    @property
    def all_of_it(self) -> str:
        return self.opens()

    @property
    def missed_of_it(self) -> str:
        return self.opens(lijst="gemist")

    @property
    def quietest_first(self) -> str:
        return self.opens(sorteer="contact")


@dataclass
class Board:
    """`mean_wait`: in days, of what has no supervisor; None where nothing waits."""

    norm: int
    at_the_start: int = 0
    without: int = 0
    mean_wait: int | None = None
    rows: list[Row] = field(default_factory=list)
    waiting_list: str = ""
    start_list: str = ""


def where(**query: str) -> str:
    """The part of an address behind the question mark."""
    return urlencode(query)


def board_of(manager: Any, today: date) -> Board:
    """Five queries, whatever the size of the team."""
    counted = {row.pop("assigned"): row for row in _counted(manager, today)}
    waiting_to_start = sum(row["start"] for row in counted.values())
    nobody = counted.pop(None, None)
    board = Board(
        norm=settings.TRAJECTORIES_PER_FTE,
        at_the_start=waiting_to_start,
        waiting_list=where(begeleider=NOBODY, sorteer="wacht"),
        start_list=where(lijst="wacht", sorteer="wacht"),
    )
    if nobody:
        board.without, board.mean_wait = nobody["many"], round(nobody["mean"] / A_DAY)
    people = supervisors_of(manager, counted)
    fte, away = fte_of(people, today), _away(manager, today)
    none = {"many": 0, "missed": 0, "quiet": None}
    for user in people:
        row = counted.get(user.pk, none)
        quiet = row["quiet"] and (today - row["quiet"]).days
        load = Load(user, row["many"], fte.get(user.pk))
        board.rows.append(Row(load, row["missed"], quiet, away.get(user.pk, "")))
    return board


def supervisors_of(manager: Any, assigned: Iterable[UUID]) -> list[User]:
    """Who supports families in the team, and whoever still has some of them."""
    members = who_may(SUPPORT_FAMILIES).filter(team=manager.team_id, team__isnull=False)
    found = User.objects.filter(Q(pk__in=members.values("pk")) | Q(pk__in=list(assigned)))
    return list(found.order_by("name", "pk"))


def _counted(manager: Any, today: date) -> Any:
    waits = ExpressionWrapper(Value(today) - F("waits_since"), output_field=DurationField())
    return (
        team_intakes(manager)
        .order_by()
        .values("assigned")
        .annotate(
            many=Count("pk"),
            start=Count("pk", filter=at_the_start(today)),
            missed=Count("pk", filter=missed(today)),
            quiet=Min(Coalesce("last_contact", "happened_on")),
            mean=Avg(waits),
        )
    )


def _away(manager: Any, today: date) -> dict[UUID, str]:
    """Who is covered for on `today`, by whom and until when."""
    covers = covers_in_team(manager.team_id).filter(happened_on__lte=TODAY)
    return {
        cover.absent_id: f"{cover.substitute} neemt waar t/m {short_day(cover.ended_on - A_DAY)}"
        for cover in covers
    }
