"""Offers to take over, in words; and what a supervisor has that can be handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.access import Need, visible_to
from cases.caseload.team_lists import SORTS, Chosen, chosen_of, team_intakes
from cases.models import Handover, Intake
from cases.status import Status
from facts.words import day, moment, short_day

LATEST_ANSWERED = 20
State = Handover.State


@dataclass(frozen=True)
class Offered:
    """One offer as a line of its batch."""

    id: UUID
    registration: str
    registered: str
    state: str
    open: bool
    family_id: UUID


@dataclass(frozen=True)
class Batch:
    """What was offered in one go, and is in the same state."""

    id: UUID
    giver: str
    receiver: str
    offered_by: str
    day: str
    when: str
    note: str
    answer: str
    state: str
    lines: list[Offered]


def open_offers_to(user: User) -> list[Batch]:
    return batches(Handover.objects.filter(receiver=user, state=State.OFFERED))


def offers_in_team(user: User) -> QuerySet[Handover]:
    """What `user` offered, or of the trajectories that they assign."""
    own = visible_to(user, Need.ASSIGN).values("registration")
    return Handover.objects.filter(Q(offered_by=user) | Q(registration__in=own))


def batches(offers: QuerySet[Handover]) -> list[Batch]:
    """By what was offered in one go and stands the same; two queries."""
    people = offers.select_related("giver", "receiver", "offered_by", "registration")
    rows = list(people.order_by("-offered_at", "registration__number"))
    intakes = Intake.objects.standing().filter(
        registration__in=[row.registration_id for row in rows]
    )
    found = {one.registration_id: one for one in intakes}
    groups: dict[tuple, list[Handover]] = {}
    for row in rows:
        groups.setdefault((row.batch, row.state, row.giver_id, row.answer), []).append(row)
    return [_batch(group, found) for group in groups.values()]


def _batch(rows: list[Handover], intakes: dict[UUID, Intake]) -> Batch:
    one = rows[0]
    return Batch(
        id=one.batch,
        giver=str(one.giver or "de wachtlijst"),
        receiver=str(one.receiver),
        offered_by=str(one.offered_by),
        day=day(one.takes_over_on),
        when=moment(one.decided_at or one.offered_at),
        note=one.note,
        answer=one.answer,
        state=one.get_state_display().lower(),
        lines=[_line(row, intakes[row.registration_id]) for row in rows],
    )


def _line(row: Handover, intake: Intake) -> Offered:
    return Offered(
        row.pk,
        row.registration.number,
        f"aangemeld {short_day(intake.happened_on)}",
        row.get_state_display().lower(),
        row.state == State.OFFERED,
        intake.family_id,
    )


@dataclass(frozen=True)
class Held:
    """A trajectory of a supervisor, to tick."""

    registration_id: UUID
    number: str
    family_id: UUID
    family: str
    status: str
    contact: str
    offered: bool


def held_by(manager: Any, supervisor: Any, today: date) -> list[Held]:
    """What `supervisor` has under way, of what `manager` assigns; one query."""
    rows = chosen_of(team_intakes(manager), Chosen(supervisor=str(supervisor.pk)), today)
    offered = Handover.objects.filter(state=State.OFFERED).values("registration")
    standing = set(offered.values_list("registration", flat=True))
    return [
        Held(pk, number, family, family_number, Status(status).label.lower(),
             f"laatste contact {short_day(last)}" if last else "nog geen contact", pk in standing)
        for pk, number, family, family_number, status, last in rows.order_by(
            *SORTS["nummer"]
        ).values_list(
            "registration_id", "registration__number", "family_id", "family__number", "status",
            "last_contact",
        )
    ]  # fmt: skip


def families_of(batches: Iterable[Batch]) -> set[UUID]:
    return {line.family_id for batch in batches for line in batch.lines}
