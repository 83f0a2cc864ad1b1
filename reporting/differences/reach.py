"""Whose facts a record's figures rest on: of each record its registrations, families and people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from cases.models import Applicant, FamilyMember, InstitutionInvolvement, Intake
from facts.among import among
from facts.models import Fact
from reporting.figures.units import CHILD, FAMILY, PARENT, REGION, REGISTRATION, Unit

Links = dict[str, set[str]]
WITHIN = (
    *("itself", "registration", "started", "applied", "family", "person", "member", "region"),
)


@dataclass(frozen=True)
class Reach:
    """`of[reach][record]`: the ids of that kind around a record; of `reach` see WITHIN."""

    of: dict[str, Links]

    def ids(self, reach: str, record: str) -> set[str]:
        return self.of[reach].get(record, set())

    def all_ids(self, reach: str) -> set[str]:
        return set().union(*self.of[reach].values()) if self.of[reach] else set()

    def only_started(self, registrations: set[str], families: set[str]) -> "Reach":
        """With as `started` those of `registrations` that belong to one of `families`."""
        started = {
            record: own & registrations
            for record, own in self.of["registration"].items()
            if self.ids("family", record) & families
        }
        return Reach({**self.of, "started": started})


class Around:
    """Looks up the links as they were known at any of two moments, or at both. `versions`: the id
    of a later version -> that of the first (reporting.differences.versions)."""

    def __init__(self, since: datetime, until: datetime, versions: Mapping[str, str]) -> None:
        self.first, self.last = sorted((since, until))
        self.versions = versions

    def reach(self, unit: Unit, records: Iterable[str]) -> Reach:
        of: dict[str, Links] = {name: defaultdict(set) for name in WITHIN}
        of["itself"] = {record: {record} for record in records}
        for later, first in self.versions.items():
            if first in of["itself"]:
                of["itself"][first].add(later)
        if unit is REGISTRATION:
            of["registration"] = of["itself"]
            of["family"] = self._links(Intake, "registration_id", "family_id", of["itself"])
            of["person"] = self._links(Applicant, "registration_id", "person_id", of["itself"])
        elif unit is FAMILY:
            of["family"] = of["itself"]
        elif unit in (CHILD, PARENT):
            of["person"] = of["itself"]
            of["family"] = self._links(FamilyMember, "person_id", "family_id", of["itself"])
            of["applied"] = self._links(Applicant, "person_id", "registration_id", of["itself"])
        elif unit is REGION:
            of["region"] = of["itself"]
            of["family"] = self._links(
                InstitutionInvolvement, "region_id", "family_id", of["itself"]
            )
        if unit in (FAMILY, CHILD, PARENT, REGION):
            of["registration"] = self._links(Intake, "family_id", "registration_id", of["family"])
            of["member"] = self._links(FamilyMember, "family_id", "person_id", of["family"])
        return Reach(of)

    def _links(self, model: type[Fact], near: str, far: str, own: Links) -> Links:
        """From each record, by what it reaches already, to what that is tied to."""
        known = defaultdict(set)
        rows = self._known(model).filter(in_column(model, near, set().union(*own.values())))
        for here, there in rows.values_list(near, far):
            known[str(here)].add(str(there))
        return {record: set(self._all(known, ids)) for record, ids in own.items()}

    def _known(self, model: type[Fact]) -> QuerySet:
        gone = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=self.first)
        return model._default_manager.filter(gone, recorded_at__lte=self.last)

    @staticmethod
    def _all(known: Links, ids: Iterable[str]) -> Iterator[str]:
        for one in ids:
            yield from known.get(one, ())


def in_column(model: type[Fact], column: str, ids: set[str]) -> Q:
    """The rows whose `column` is one of `ids`, however many."""
    field = model._meta.get_field(column.removesuffix("_id") if column != "id" else "id")
    target = field.target_field if field.is_relation else field
    if target.get_internal_type() == "UUIDField":
        return Q(**{f"{column}__in": among(ids)})
    return Q(**{f"{column}__in": sorted(ids)})
