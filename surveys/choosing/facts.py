"""What the files know of the people who may be asked, each in one query for everybody at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from cases.merging.tracks import what_stays, what_went_into
from cases.models import Applicant, Consent, FamilyMember, Intake, Merge, Person, Role, StatusChange
from cases.models.formal import CONTACT
from facts.among import among
from surveys.models import Invitation, Letter, OptOut, Round

SURVEY_MAIL = "consent_kind.survey_mail"
ARRIVED = [Letter.State.SENDING, Letter.State.SENT, Letter.State.UNCERTAIN]


class Member(NamedTuple):
    """`recorded_at`: when their place in the family, and so that they died, was written down."""

    person: UUID
    family: UUID
    role: str
    birth_date: date | None
    died_on: date | None
    recorded_at: datetime
    email: str


class Course(NamedTuple):
    """Where a registration stands, since when, why, and when that was written down."""

    status: int
    since: date
    reason: str | None
    recorded_at: datetime


class Said(NamedTuple):
    """One answer to whether someone may be mailed, or contacted at all."""

    given: bool
    until: date | None
    recorded_at: datetime
    withdrawn_at: datetime | None


@dataclass
class Known:
    """All of it, by person or by registration. `once_applied`, `once_a_child`: until when, of who
    no longer does or is; `taken_back`: when a status was last withdrawn."""

    members: list[Member]
    of_family: dict[UUID, list[UUID]]
    of_person: dict[UUID, list[UUID]]
    once_applied: dict[UUID, datetime]
    once_a_child: dict[UUID, datetime]
    courses: dict[UUID, Course]
    taken_back: dict[UUID, datetime]
    said: dict[tuple[UUID, str], list[Said]]
    opted_out: set[UUID]
    asked_lately: set[UUID]
    colleagues: set[str]
    lost_address: dict[UUID, datetime]


def known_of(round: Round, asked_since: date, today: date, people: list[UUID] | None) -> Known:
    """Of everybody in a family, or of `people` only."""
    members = _members(people)
    families = {one.family for one in members}
    intakes = _only(Intake.objects.standing(), "family", families, people)
    of_family: dict[UUID, list[UUID]] = defaultdict(list)
    for family, registration in intakes.values_list("family", "registration"):
        of_family[family].append(registration)
    registrations = {one for found in of_family.values() for one in found}
    ids = {one.person for one in members}
    return Known(
        members=members,
        of_family=of_family,
        of_person=_applications(registrations, people),
        once_applied=_no_longer(Applicant.objects.all(), people),
        once_a_child=_no_longer(FamilyMember.objects.filter(role=Role.CHILD), people),
        courses=_courses(registrations, today, people),
        taken_back=_taken_back(registrations, people),
        said=_said(ids, people),
        opted_out=_opted_out(),
        asked_lately=_asked_lately(round, asked_since, ids, people),
        colleagues={mailbox(email) for email in User.objects.values_list("email", flat=True)},
        lost_address=_lost_address([one.person for one in members if not one.email]),
    )


def mailbox(address: str) -> str:
    """Where it ends up: 'Tess+1@x.nl' is 'tess@x.nl'."""
    name, _, domain = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def _only(rows: QuerySet, column: str, ids: Iterable[UUID], people: list[UUID] | None) -> QuerySet:
    """Of everybody all rows are asked: a list of all ids would say the same at a price."""
    return rows if people is None else rows.filter(**{f"{column}__in": among(ids)})


def _members(people: list[UUID] | None) -> list[Member]:
    rows = _only(FamilyMember.objects.standing(), "person", people or [], people)
    fields = (
        "person", "family", "role", "birth_date", "died_on", "recorded_at", "person__email",
    )  # fmt: skip
    return [Member(*row) for row in rows.order_by("person__number").values_list(*fields)]


def _applications(ids: set[UUID], people: list[UUID] | None) -> dict[UUID, list[UUID]]:
    rows = _only(Applicant.objects.standing(), "registration", ids, people)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for person, registration in rows.values_list("person", "registration"):
        found[person].append(registration)
    return found


def _no_longer(rows: QuerySet, people: list[UUID] | None) -> dict[UUID, datetime]:
    """Of whom such a fact was withdrawn and none stands, not because of a merge; and when."""
    went = Merge.objects.standing().filter(kind=Merge.Kind.PERSON)
    gone = _only(rows, "person", people or [], people).filter(withdrawn_at__isnull=False)
    gone = gone.exclude(person__in=went.values("gone"))
    gone = gone.exclude(person__in=rows.filter(withdrawn_at__isnull=True).values("person"))
    return dict(gone.order_by().values_list("person").annotate(Max("withdrawn_at")))


def _taken_back(ids: set[UUID], people: list[UUID] | None) -> dict[UUID, datetime]:
    changes = StatusChange.objects.filter(withdrawn_at__isnull=False)
    rows = _only(changes, "registration", ids, people).order_by().values_list("registration")
    return dict(rows.annotate(Max("withdrawn_at")))


def _courses(ids: set[UUID], today: date, people: list[UUID] | None) -> dict[UUID, Course]:
    changes = StatusChange.objects.standing().filter(happened_on__lte=today)
    rows = (
        _only(changes, "registration", ids, people)
        .order_by("registration_id", "-happened_on", "-status")
        .distinct("registration_id")
    )
    fields = ("registration_id", "status", "happened_on", "reason_id", "recorded_at")
    return {pk: Course(*rest) for pk, *rest in rows.values_list(*fields)}


def _said(ids: set[UUID], people: list[UUID] | None) -> dict[tuple[UUID, str], list[Said]]:
    """Also what was withdrawn: that too keeps someone out."""
    rows = Consent.objects.filter(kind__in=[SURVEY_MAIL, CONTACT])
    fields = ("person", "kind", "given", "ended_on", "recorded_at", "withdrawn_at")
    found: dict[tuple[UUID, str], list[Said]] = defaultdict(list)
    for person, kind, *rest in _only(rows, "person", ids, people).values_list(*fields):
        found[person, kind].append(Said(*rest))
    return found


def _opted_out() -> set[UUID]:
    """Who opted out under a number that went into another did so under that one too."""
    ids = set(OptOut.objects.values_list("person", flat=True))
    return ids | set(what_stays(ids).values())


def _asked_lately(
    round: Round, since: date, ids: set[UUID], people: list[UUID] | None
) -> set[UUID]:
    """In a round that started before this one: lately, or it still runs. Of two that start at once
    the first one asks."""
    if people is not None:
        ids = ids | what_went_into(ids)
    rows = _only(Invitation.objects.exclude(round=round), "person", ids, people)
    if round.started_at:
        rows = rows.filter(round__started_at__lt=round.started_at)
    lately = Q(round__started_at__date__gt=since, letters__state__in=ARRIVED)
    asked = set(
        rows.filter(lately | Q(round__state=Round.State.RUNNING)).values_list("person", flat=True)
    )
    return asked | set(what_stays(asked).values())


def _lost_address(ids: list[UUID]) -> dict[UUID, datetime]:
    """Of those without an address who had one: since when they have none."""
    if not ids:
        return {}
    had = Person.history.filter(id=OuterRef("id")).exclude(email="").order_by("-history_id")
    without = Person.history.filter(id__in=among(ids), email="")
    since = without.filter(history_id__gt=Subquery(had.values("history_id")[:1]))
    first = since.order_by("id", "history_id").distinct("id")
    return dict(first.values_list("id", "history_date"))
