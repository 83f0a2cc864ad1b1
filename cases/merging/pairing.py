"""Which two turned out to be one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cases.models import Family


@dataclass(frozen=True)
class Pairing:
    """`gone` goes into `kept`; the same family twice: only something within it does.

    `people`, `registrations`: of the one that goes, the id of the one that stays.
    """

    kept: Family
    gone: Family
    people: Mapping[UUID, UUID] = field(default_factory=dict)
    registrations: Mapping[UUID, UUID] = field(default_factory=dict)

    @property
    def two_families(self) -> bool:
        return self.kept.pk != self.gone.pk

    @property
    def goes(self) -> dict[UUID, UUID]:
        """Of everything that goes: into what. Ids are unique, so the three kinds share it."""
        families = {self.gone.pk: self.kept.pk} if self.two_families else {}
        return {**families, **self.registrations, **self.people}
