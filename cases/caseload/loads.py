"""How much each supervisor has: trajectories, fte, and what that is per fte."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum

from accounts.models import Employment, User
from cases.access import TODAY
from cases.models import Assignment
from cases.services.assigning import under_way


@dataclass(frozen=True)
class Load:
    """`fte` None: not in view. What is counted says nothing of whose the trajectories are."""

    user: User
    trajectories: int
    fte: Decimal | None

    @property
    def per_fte(self) -> int | None:
        return round(self.trajectories / self.fte) if self.fte else None

    def after(self, change: int) -> "Load":
        return Load(self.user, self.trajectories + change, self.fte)


def loads_of(users: Iterable[User], today: date) -> list[Load]:
    """In the order of `users`; two queries."""
    users = list(users)
    held = under_way(Assignment.objects.standing().open_on(TODAY).filter(supervisor__in=users))
    rows = held.order_by().values("supervisor").annotate(many=Count("registration"))
    many: dict[UUID, int] = dict(rows.values_list("supervisor", "many"))
    fte = fte_of(users, today)
    return [Load(user, many.get(user.pk, 0), fte.get(user.pk)) for user in users]


def fte_of(users: Iterable[User], today: date) -> dict[UUID, Decimal]:
    """What each works on `today`, of those of whom it is known."""
    rows = Employment.objects.standing().open_on(today).filter(supervisor__in=list(users))
    summed = rows.order_by().values("supervisor").annotate(fte=Sum("fte"))
    return dict(summed.values_list("supervisor", "fte"))
