"""What belongs to one registration: how it came in, the check, formal requests, consents,
transfers, documents.

Only for registrations that whoever looks may see: the caller says which.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Model, QuerySet
from django.template.defaultfilters import filesizeformat

from cases.models import Arrival, Consent, Document, FormalRequest, TargetGroupCheck, Transfer
from cases.models.formal import CONTACT
from cases.timeline.sentences import RELATED, say
from facts.words import short_day

from .held import held


@dataclass(frozen=True)
class Paper:
    """`state`: such as 'over de termijn'; `late` when it should be seen."""

    slug: str
    id: UUID
    what: str
    state: str = ""
    late: bool = False
    more: str = ""


@dataclass
class Papers:
    """`contact_blocks`: of a person since when they don't want the team to seek contact."""

    arrival: str = ""
    arrival_note: str = ""
    check: str = ""
    check_ground: str = ""
    requests: list[Paper] = field(default_factory=list)
    consents: list[Paper] = field(default_factory=list)
    transfers: list[Paper] = field(default_factory=list)
    documents: list[Paper] = field(default_factory=list)
    contact_blocks: dict[UUID, date] = field(default_factory=dict)


def papers_of(
    registrations: Iterable[UUID], today: date, at: datetime | None = None
) -> dict[UUID, Papers]:
    """By registration; six queries."""
    ids = list(registrations)
    papers: dict[UUID, Papers] = defaultdict(Papers)
    for arrival in _of(Arrival, ids, at):
        papers[arrival.registration_id].arrival = _came_in(arrival)
        papers[arrival.registration_id].arrival_note = arrival.note
    for check in _of(TargetGroupCheck, ids, at):
        papers[check.registration_id].check = say(check)
        papers[check.registration_id].check_ground = check.ground
    for request in _of(FormalRequest, ids, at).order_by("-happened_on"):
        papers[request.registration_id].requests.append(_request(request, today))
    for consent in _of(Consent, ids, at).order_by("-happened_on"):
        of = papers[consent.registration_id]
        of.consents.append(Paper("toestemmingen", consent.pk, _sentence(say(consent))))
        of.contact_blocks |= contact_blocks([consent], today)
    for transfer in _of(Transfer, ids, at).order_by("-happened_on"):
        papers[transfer.registration_id].transfers.append(
            Paper("overdrachten", transfer.pk, _sentence(say(transfer)), more=transfer.agreements)
        )
    for document in _of(Document, ids, at).order_by("-happened_on"):
        size = filesizeformat(document.size).replace("\xa0", " ")
        what = f"{document.title}, {short_day(document.happened_on)}"
        papers[document.registration_id].documents.append(
            Paper("documenten", document.pk, what, state=size)
        )
    return papers


def contact_blocks(consents: Iterable[Consent], today: date) -> dict[UUID, date]:
    """Of a person since when they say no; of consents that stand. No queries."""
    return {
        one.person_id: one.happened_on
        for one in consents
        if one.kind_id == CONTACT
        and not one.given
        and (one.ended_on is None or one.ended_on > today)
    }


def _came_in(arrival: Arrival) -> str:
    words = f"{arrival.get_channel_display()}, {arrival.get_announcer_display().lower()}"
    if arrival.announcer_name:
        words += f": {arrival.announcer_name}"
    return words if arrival.consent else f"{words}; zonder toestemming om gegevens vast te leggen"


def _request(request: FormalRequest, today: date) -> Paper:
    state, late = "", False
    if request.answered_on is None and request.due_on:
        late = request.due_on < today
        day = short_day(request.due_on)
        state = f"over de termijn: uiterlijk {day}" if late else f"antwoord uiterlijk {day}"
    return Paper(
        "verzoeken", request.pk, _sentence(say(request)), state, late, more=request.outcome
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _of(model: type[Model], ids: list[UUID], at: datetime | None) -> QuerySet:
    rows = held(model, at).filter(registration__in=ids)
    return rows.select_related(*RELATED[model])  # type: ignore[index]
