"""On which facts a figure rests: of each kind of rows what makes a row be there, and of each of
its columns where that comes from. The conditions of the figures themselves stand in the chapters.

tests/reporting/test_difference_sources.py holds these against the SQL that is run.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import DateField, Q

from accounts.models import Employment
from cases.models import (
    Applicant,
    Complaint,
    Custody,
    DesiredSituation,
    ExplanatoryAnalysis,
    FamilyComposition,
    FamilyMember,
    InstitutionInvolvement,
    Intake,
    Placement,
    PlacementReason,
    Result,
    StatusChange,
    Support,
    SupportRequest,
)
from facts.models import DatedFact, Fact
from reporting.figures import Breakdown, Figure, Total, units
from reporting.figures.units import Rows
from reporting.models import Activity


@dataclass(frozen=True)
class Source:
    """Facts of `model` whose `column` is one of the ids in `reach` (reporting.differences.reach).

    `fields`: what of them matters, besides whether they count. `dates`: the days on which
    something happens; those among the fields, unless they are named.
    """

    model: type[Fact]
    column: str
    reach: str
    fields: tuple[str, ...] = ()
    dates: tuple[str, ...] | None = None

    @property
    def days(self) -> tuple[str, ...]:
        if self.dates is not None:
            return self.dates
        of_days = (
            name for name in self.fields if isinstance(self.model._meta.get_field(name), DateField)
        )
        own = ("happened_on",) if issubclass(self.model, DatedFact) else ()
        return tuple(dict.fromkeys((*own, *of_days)))


def _intake(*fields: str, **more: tuple) -> Source:
    return Source(Intake, "registration_id", "registration", fields, **more)


def _status(*fields: str) -> Source:
    return Source(StatusChange, "registration_id", "registration", ("status", *fields))


# A family counts once one of its registrations started: so look at those that did or no longer do.
STARTED = (
    Source(Intake, "registration_id", "started"),
    Source(StatusChange, "registration_id", "started", ("happened_on", "status")),
    Source(Intake, "family_id", "family", ("family_id",)),
)
MEMBER = Source(FamilyMember, "person_id", "person", ("role", "birth_date", "family_id"))
MEMBERS = Source(FamilyMember, "family_id", "family", ("person_id", "role", "birth_date"))
PLACED = "happened_on", "ended_on"


def _of_family(model: type[Fact], *fields: str) -> Source:
    return Source(model, "family_id", "family", fields)


def _placement(*fields: str) -> Source:
    return Source(Placement, "child_id", "person", fields)


INVOLVEMENT = (
    Source(InstitutionInvolvement, "family_id", "family", ("region_id", *PLACED)),
    *STARTED,
)

# What makes a row be there.
ROWS: dict[Rows, tuple[Source, ...]] = {
    units.REGISTRATIONS: (_intake(),),
    units.FAMILIES: STARTED,
    units.CHILDREN: (*STARTED, MEMBER),
    units.PARENTS: (
        *STARTED,
        Source(Intake, "registration_id", "applied"),
        Source(Applicant, "person_id", "person"),
        MEMBER,
    ),
    units.WISHES: (_of_family(DesiredSituation, "situation_id"), *STARTED),
    units.PLACEMENT_REASONS: (_of_family(PlacementReason, "reason_id"), *STARTED),
    units.INVOLVED: INVOLVEMENT,
    units.REGIONS: (
        Source(InstitutionInvolvement, "region_id", "region", ("family_id", *PLACED)),
        *STARTED,
    ),
    units.REQUESTS: (_of_family(SupportRequest, "request_id"), *STARTED),
    units.SUPPORT: (_of_family(Support, "form_id"), *STARTED),
    units.RESULTS: (_of_family(Result, "result_id"), *STARTED),
    units.RECEIVED: (Source(Complaint, "number", "itself", ("happened_on",)),),
    units.HANDLED: (Source(Complaint, "number", "itself", ("handled_on",)),),
    units.EMPLOYMENTS: (Source(Employment, "id", "itself", ("fte", *PLACED)),),
    units.ACTIVITIES: (Source(Activity, "id", "itself", ("section_id", "happened_on")),),
}

# Where a column comes from. A term passes by itself: only the registration is a day of its own.
COLUMNS: dict[Rows, dict[str, tuple[Source, ...]]] = {
    units.REGISTRATIONS: {
        "status": (_status("happened_on"),),
        "status_reason": (_status("happened_on", "reason_id"),),
        "transferred_in_period": (_status("happened_on", "reason_id"),),
        "month": (_intake("happened_on"),),
        "route_id": (_intake("route_id"),),
        "referrer_id": (_intake("referrer_id"),),
        "phone_due": (_intake("happened_on"),),
        "phone_met": (_intake("happened_on", "phone_contact_on", dates=("happened_on",)),),
        "welcome_due": (_intake("happened_on"),),
        "welcome_met": (_intake("happened_on", "welcome_scheduled_on", dates=("happened_on",)),),
        "supported_person": (
            Source(Applicant, "registration_id", "registration", ("person_id",)),
            Source(FamilyMember, "person_id", "person", ("role",)),
        ),
        "composition": (
            Source(FamilyComposition, "family_id", "family", ("composition_id",)),
            _intake("family_id"),
        ),
    },
    units.FAMILIES: {
        "custody": (
            Source(Custody, "child_id", "member", ("parent_id", "holds")),
            MEMBERS,
        ),
        "reasons_known": (_of_family(PlacementReason, "reason_id"),),
        "analyses_finished": (_of_family(ExplanatoryAnalysis, "finished_on"),),
        "analyses_running": (_of_family(ExplanatoryAnalysis, "begun_on", "finished_on"),),
    },
    units.CHILDREN: {
        "placed_ever": (_placement(),),
        "placed_now": (_placement(*PLACED),),
        "measure": (_placement("measure"),),
        "residence": (_placement(*PLACED, "residence_id"),),
        "returned_home": (Source(Result, "child_id", "person", ("result_id",)),),
    },
    units.PARENTS: {
        "custody": (
            Source(Custody, "parent_id", "person", ("child_id", "holds")),
            MEMBERS,
            *STARTED,
        ),
    },
}
# These count from the first day of a period, so leave when that begins later.
FLOWS = frozenset({units.RECEIVED, units.HANDLED, units.ACTIVITIES})
FLOW_COLUMNS = frozenset({"transferred_in_period"})
# Read from the lists as they stand, and so not frozen by any date.
FROM_THE_LIST = frozenset({"theme", "residence"})


def columns_of(figure: Figure) -> Iterator[str]:
    """The columns that the condition of a figure, its breakdown or its sum asks for."""
    yield from _named_in(figure.where)
    if isinstance(figure, Breakdown):
        yield figure.by
    if isinstance(figure, Total):
        yield figure.of


def is_flow(figure: Figure) -> bool:
    return figure.rows in FLOWS or not FLOW_COLUMNS.isdisjoint(columns_of(figure))


def sources_of(figure: Figure, *, row_came_or_went: bool) -> list[Source]:
    """What a figure rests on, the likeliest first: what makes the row be there, when the row
    itself came or went, and else its columns."""
    of_columns = COLUMNS.get(figure.rows, {})
    columns = [one for name in columns_of(figure) for one in of_columns.get(name, ())]
    rows = ROWS[figure.rows]
    return list(dict.fromkeys([*rows, *columns] if row_came_or_went else [*columns, *rows]))


def _named_in(where: Q) -> Iterator[str]:
    for child in where.children:
        if isinstance(child, Q):
            yield from _named_in(child)
        else:
            yield child[0].split("__")[0]
