"""Which registrations of a family someone may read, and in which they may write."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.access import Need, visible_to
from cases.models import Family


@dataclass(frozen=True)
class Sight:
    """Of a family, the registrations that someone may read, and those (with their number) in
    which they may write."""

    family: Family
    user: Any
    readable: list[UUID]
    writable: dict[UUID, str]


def sight_of(family: Family, user: Any) -> Sight:
    """Two queries."""
    readable = visible_to(user).filter(family=family)
    writable = visible_to(user, Need.WRITE).filter(family=family)
    return Sight(
        family,
        user,
        list(readable.values_list("registration_id", flat=True)),
        dict(writable.values_list("registration_id", "registration__number")),
    )
