"""The registrations of a family: who registered, how the status moved, who supported it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from cases.access import Need, visible_to
from cases.models import Applicant, Assignment, Family, Intake, StatusChange
from cases.services import may_be_taken_back
from cases.status import REASONS, SUPPORTED, UNDER_WAY, Status
from facts.words import short_day, spell

from .held import held
from .moving import SLUGS, Offer, offers_at
from .papers import Papers, papers_of

ENDS = {SLUGS[status] for status in REASONS}
STATUS_WORDS = {int(status): status.label for status in Status}


@dataclass
class Trajectory:
    """A registration in words. `moves` and `supervisors`: newest first.

    `offers`: the moves that whoever looks may make; `takes_back`: the words for undoing the last.
    `under_way`: today there is something to do. `who_died`: the applicants, if all of them did.
    """

    id: UUID
    intake: UUID
    number: str
    registered: str
    road: str
    applicants: list[str] = field(default_factory=list)
    applicant_ids: list[UUID] = field(default_factory=list)
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    supervisors: list[tuple[str, str]] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    takes_back: str = ""
    may_write: bool = False
    under_way: bool = False
    who_died: list[str] = field(default_factory=list)
    papers: Papers = field(default_factory=Papers)

    @property
    def status(self) -> str:
        return self.moves[0][1] if self.moves else Status.NOT_STARTED.label

    @property
    def ending(self) -> Offer | None:
        """The move that ends it, if whoever looks may make it."""
        return next((offer for offer in self.offers if offer.slug in ENDS), None)

    @property
    def supervisor(self) -> str:
        """Whoever has it now, or had it last."""
        return self.supervisors[0][0] if self.supervisors else "nog niemand"

    @property
    def since(self) -> str:
        return self.moves[0][0] if self.moves else self.registered


@dataclass(frozen=True)
class Trajectories:
    """`hidden`: how many more there are, of which `user` may know no more than that."""

    shown: list[Trajectory]
    hidden: int


def trajectories_of(
    family: Family, user: Any, today: date, at: datetime | None = None
) -> Trajectories:
    """Those that `user` may see today, newest first; with `at` as we knew them then, and nothing
    to do. Thirteen queries."""
    may_see, may_write, may_assign = (_ids(family, user, need) for need in Need)
    if at:
        may_write = may_assign = set()
    intakes = held(Intake, at).filter(family=family).order_by("-happened_on", "id")
    shown: dict[UUID, Trajectory] = {}
    hidden = 0
    for intake, registration, number, day, route, referrer in intakes.values_list(
        "id",
        "registration_id",
        "registration__number",
        "happened_on",
        "route__label",
        "referrer__label",
    ):
        if registration in may_see:
            road = ", ".join(filter(None, [route, referrer])) or "niet in beeld"
            shown[registration] = Trajectory(
                registration,
                intake,
                number,
                short_day(day),
                road,
                may_write=registration in may_write,
            )
        else:
            hidden += 1
    latest = _fill(shown, at)
    papers = papers_of(shown, today, at)
    for one in shown.values():
        one.papers = papers[one.id]
        last = latest.get(one.id)
        status = Status(last.status) if last else Status.NOT_STARTED
        one.under_way = at is None and status in UNDER_WAY
        if one.may_write or one.id in may_assign:
            _offer_moves(one, last, status, today)
    return Trajectories(list(shown.values()), hidden)


def _fill(shown: dict[UUID, Trajectory], at: datetime | None) -> dict[UUID, StatusChange]:
    """Returns the last change of status of each that has one."""
    people = _of(Applicant, shown, at).order_by("position")
    for registration, person, first_name, last_name, number in people.values_list(
        "registration_id", "person", "person__first_name", "person__last_name", "person__number"
    ):
        name = f"{first_name} {last_name}".strip() or number
        shown[registration].applicants.append(name)
        shown[registration].applicant_ids.append(person)
    latest: dict[UUID, StatusChange] = {}
    changes = _of(StatusChange, shown, at).select_related("reason")
    for change in changes.order_by("-happened_on", "-status"):
        latest.setdefault(change.registration_id, change)
        reason = change.reason.label if change.reason else ""
        move = (short_day(change.happened_on), STATUS_WORDS[change.status], reason)
        shown[change.registration_id].moves.append(move)
    assignments = _of(Assignment, shown, at).order_by("-happened_on")
    for registration, name, first, last in assignments.values_list(
        "registration_id", "supervisor__name", "happened_on", "ended_on"
    ):
        shown[registration].supervisors.append((name, spell(first, last)))
    return latest


def _offer_moves(one: Trajectory, last: StatusChange | None, status: Status, today: date) -> None:
    """To who may write, or may assign where nobody supports: as cases.files.moving.needs_for."""
    if status in SUPPORTED and not one.may_write:
        return
    one.offers = offers_at(status)
    if may_be_taken_back(last, today):
        reopened = status is Status.REOPENED
        one.takes_back = "Heropening intrekken" if reopened else "Laatste stap intrekken"


def _ids(family: Family, user: Any, need: Need) -> set[UUID]:
    rows = visible_to(user, need).filter(family=family)
    return set(rows.values_list("registration_id", flat=True))


def _of(model: type[Model], shown: dict[UUID, Trajectory], at: datetime | None) -> QuerySet:
    return held(model, at).filter(registration__in=list(shown))
