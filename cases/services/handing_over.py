"""Handing over: a registration is offered to a colleague, who accepts or refuses it.

Whoever changes who supports a registration locks it first: of two at once one wins, and the other
is told what stands now. Accepting ends one assignment and begins the next in one transaction.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import User
from cases.access import Need, shut_to, visible_to
from cases.models import Assignment, Handover, Intake, Registration
from cases.services.assigning import assign, may_take_on, open_assignment
from cases.services.exceptions import open_to
from cases.services.handover_letters import tell_answer, tell_offer, tell_withdrawn
from cases.services.handover_reminders import remind_of_taking_over
from facts.dates import end_of_day
from facts.recording import Recording, recording
from facts.verbs import add, withdraw

State = Handover.State
MOVED = "Overgedragen"


def assign_waiting(
    *, registration: Registration, supervisor: User, on: date, by: User
) -> Assignment:
    """A registration that waits gets a process supervisor, of whatever team.

    Raises ValidationError, in Dutch: 'giver', 'assigned', 'offered', 'shut' or 'closed'.
    """
    with recording(by=by):
        _locked([registration])
        _must_assign([registration], by)
        _refuse_offered([registration])
        _may_receive(supervisor, [registration])
        return assign(registration=registration, supervisor=supervisor, on=on, by=by)


def offer(
    *,
    registrations: Sequence[Registration],
    receiver: User,
    takes_over_on: date,
    by: User,
    note: str = "",
    site: str = "",
) -> list[Handover]:
    """Ask `receiver` to take these over from a day on: one batch, one letter. All or none.

    Raises ValidationError, in Dutch: 'giver', 'offered', 'shut', 'closed' or 'oneself'.
    """
    if not registrations:
        raise ValidationError("Kies minstens één traject om over te dragen.", code="none")
    with recording(by=by) as now:
        _locked(registrations)
        _must_assign(registrations, by)
        _refuse_offered(registrations)
        _may_receive(receiver, registrations)
        batch = uuid.uuid4()
        offers = [
            _written(
                Handover(
                    batch=batch,
                    registration=registration,
                    giver=_giver_of(registration, receiver),
                    receiver=receiver,
                    takes_over_on=takes_over_on,
                    note=note.strip(),
                    offered_by=by,
                ),
                now,
                "Aangeboden",
            )
            for registration in registrations
        ]
        tell_offer(receiver, by=by, site=site)
    return offers


def accept(
    *,
    handovers: Iterable[Handover],
    by: User,
    on: date,
    share_until: date | None = None,
    site: str = "",
) -> list[Handover]:
    """`by` takes these over, on the day that was asked or, when that has passed, `on`: today.

    The giver loses access that day, unless `by` shares the file with them until a day. All or
    none. Raises ValidationError, in Dutch: 'stale' where someone else was first.
    """
    with recording(by=by, reason=MOVED) as now:
        offers = _open_offers(handovers)
        _must_be_for(by, offers)
        _may_receive(by, [one.registration for one in offers])
        for one in offers:
            _move(one, max(one.takes_over_on, on), now)
            if one.takes_over_on > on:
                remind_of_taking_over(one, on=one.takes_over_on, by=by)
            if share_until and one.giver and one.giver.is_active:
                open_to(
                    to=one.giver,
                    registration=one.registration,
                    until=end_of_day(share_until),
                    reason="Meekijken na de overdracht",
                    by=by,
                    may_write=False,
                )
        return _decided(offers, State.ACCEPTED, now, site=site)


def refuse(*, handovers: Iterable[Handover], answer: str, by: User, site: str = "") -> list:
    """With a reason. Raises ValidationError, in Dutch."""
    if not answer.strip():
        raise ValidationError("Schrijf waarom niet: dan weet de ander hoe verder.", code="answer")
    with recording(by=by) as now:
        offers = _open_offers(handovers)
        _must_be_for(by, offers)
        return _decided(offers, State.REFUSED, now, answer.strip(), site)


def take_back(*, handovers: Iterable[Handover], by: User, site: str = "") -> list[Handover]:
    """Whoever offered it, or leads the team that has it, withdraws the offer.

    Raises ValidationError, in Dutch.
    """
    with recording(by=by) as now:
        offers = _open_offers(handovers)
        others = [one.registration for one in offers if one.offered_by_id != by.pk]
        _must_assign(others, by)
        decided = _decided(offers, State.WITHDRAWN, now, tell=False)
        for receiver in {one.receiver for one in offers}:
            tell_withdrawn(receiver, by=by, site=site)
    return decided


def to_waiting_list(
    *, registrations: Sequence[Registration], on: date, by: User
) -> list[Assignment]:
    """The manager takes these from their supervisor: they wait for another from `on`.

    Raises ValidationError, in Dutch: 'giver', 'offered' or 'unassigned'.
    """
    with recording(by=by, reason="Naar de wachtlijst") as now:
        _locked(registrations)
        _must_assign(registrations, by)
        _refuse_offered(registrations)
        return [_ended(registration, on, now) for registration in registrations]


def offers_to(user: User) -> QuerySet[Handover]:
    """What `user` still has to answer."""
    return Handover.objects.filter(receiver=user, state=State.OFFERED)


def _move(offer: Handover, day: date, now: Recording) -> None:
    held = open_assignment(offer.registration)
    if (held and held.supervisor_id) != offer.giver_id:
        raise ValidationError(
            f"Traject {offer.registration} is intussen van een ander. Laat het aanbod intrekken.",
            code="stale",
        )
    if held:
        _ended(offer.registration, day, now)
    new = Assignment(
        registration=offer.registration, supervisor_id=offer.receiver_id, happened_on=day
    )
    add(new, at=now)


def _ended(registration: Registration, on: date, now: Recording) -> Assignment:
    """Half-open, and not before it began: who never had a day of it has an empty one."""
    held = open_assignment(registration)
    if held is None:
        raise ValidationError(f"Traject {registration} heeft geen begeleider.", code="unassigned")
    withdraw(held, at=now)
    ended = Assignment(**held.content() | {"ended_on": max(on, held.happened_on)})
    return add(ended, at=now)


def _locked(registrations: Iterable[Registration]) -> None:
    """In one order, so that two who lock several never wait for each other."""
    ids = [registration.pk for registration in registrations]
    list(Registration.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _open_offers(handovers: Iterable[Handover]) -> list[Handover]:
    ids = [one.pk for one in handovers]
    rows = Handover.objects.filter(pk__in=ids)
    _locked(Registration.objects.filter(handovers__in=rows))
    offers = list(
        rows.select_for_update(of=("self",))
        .select_related("registration", "giver", "receiver", "offered_by")
        .order_by("registration__number")
    )
    for one in offers:
        if one.state != State.OFFERED:
            raise ValidationError(
                f"Het aanbod van traject {one.registration} is intussen "
                f"{one.get_state_display().lower()}. Bekijk wat er nog staat.",
                code="stale",
            )
    return offers


def _decided(
    offers: list[Handover],
    state: State,
    now: Recording,
    answer: str = "",
    site: str = "",
    tell: bool = True,
) -> list[Handover]:
    for one in offers:
        one.state, one.answer = state, answer
        one.decided_at, one.decided_by = now.at, now.by
        _written(one, now, state.label)
    if tell:
        for manager in {one.offered_by for one in offers}:
            tell_answer(manager, accepted=state == State.ACCEPTED, by=now.by, site=site)
    return offers


def _written(row: Handover, now: Recording, reason: str) -> Handover:
    row._history_user, row._change_reason = now.by, reason
    row.full_clean()
    row.save()
    return row


def _giver_of(registration: Registration, receiver: User) -> User | None:
    held = open_assignment(registration)
    if held and held.supervisor_id == receiver.pk:
        raise ValidationError(f"{receiver} begeleidt {registration} al.", code="oneself")
    return held and held.supervisor


def _must_assign(registrations: Sequence[Registration], by: User) -> None:
    ids = {registration.pk for registration in registrations}
    own = visible_to(by, Need.ASSIGN).filter(registration__in=ids).values_list("registration_id")
    if ids - {pk for (pk,) in own}:
        raise ValidationError(
            "Toewijzen en overdragen doet de teammanager die het traject heeft.", code="giver"
        )


def _refuse_offered(registrations: Sequence[Registration]) -> None:
    standing = Handover.objects.filter(registration__in=registrations, state=State.OFFERED)
    one = standing.select_related("registration", "receiver").first()
    if one:
        raise ValidationError(
            f"Traject {one.registration} is al aangeboden aan {one.receiver}. Trek dat eerst in.",
            code="offered",
        )


def _must_be_for(by: User, offers: Iterable[Handover]) -> None:
    if any(one.receiver_id != by.pk for one in offers):
        raise ValidationError("Dit aanbod is niet aan jou.", code="receiver")


def _may_receive(user: User, registrations: Sequence[Registration]) -> None:
    if not may_take_on(user):
        raise ValidationError(
            f"{user} kan nu geen gezinnen begeleiden. Kies een ander.", code="closed"
        )
    families = Intake.objects.standing().filter(registration__in=registrations).values("family")
    if shut_to(user).filter(family__in=families).exists():
        raise ValidationError(
            f"{user} kan niet al deze trajecten krijgen. Kies een ander, of een kleinere keus.",
            code="shut",
        )
