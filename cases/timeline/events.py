"""What happened on a file, from its facts and from the history of what isn't a fact.

A fact tells up to three events: written down, corrected (withdrawn and added at one instant, by one
person), withdrawn. The number of queries is that of the kinds, whatever the length of the history.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from cases import models as m
from cases.models import Family, FamilyMember, Person, Task
from cases.timeline.sentences import RELATED, name, say
from facts.models import Fact
from facts.words import enumeration, short_day

CHILDS = (m.Custody, m.Placement)
BY_FAMILY = (
    m.FamilyMember,
    m.FamilyComposition,
    m.DesiredSituation,
    m.PlacementReason,
    m.InstitutionInvolvement,
    m.SupportRequest,
    m.Support,
    m.Result,
    m.ExplanatoryAnalysis,
    m.Complaint,
)
# What may be filtered by: the word in the address, the word on screen, and the facts.
KINDS: dict[str, tuple[str, tuple[type[Model], ...]]] = {
    "gesprekken": ("Gesprekken", (m.Contact,)),
    "stand": (
        "Stand",
        (m.Intake, m.Applicant, m.Arrival, m.TargetGroupCheck, m.StatusChange, m.Assignment),
    ),
    "plaatsing": (
        "Plaatsing en gezag",
        (m.Placement, m.Custody, m.PlacementReason, m.InstitutionInvolvement),
    ),
    "gezin": ("Gezin", (m.FamilyMember, m.FamilyComposition, m.DesiredSituation, Person)),
    "ondersteuning": (
        "Ondersteuning",
        (m.SupportRequest, m.Support, m.Result, m.ExplanatoryAnalysis, m.Complaint),
    ),
    "stukken": ("Verzoeken en stukken", (m.FormalRequest, m.Consent, m.Transfer, m.Document)),
    "taken": ("Taken", (Task,)),
}
LONG_TEXTS = {m.Contact: ("note",), m.Arrival: ("note",)}
OWN_FIELDS = {
    "first_name": "voornaam",
    "last_name": "achternaam",
    "phone": "telefoon",
    "email": "e-mail",
}


@dataclass(frozen=True)
class Event:
    """`did`: 'schreef op', 'paste aan', 'trok in'. `was`: what it said before, of a correction."""

    at: datetime
    who: str
    did: str
    what: str
    was: str = ""
    why: str = ""


def events_of(
    family: Family, registrations: Iterable[UUID], kinds: Iterable[str] = KINDS
) -> list[Event]:
    """Newest first. `registrations`: those that whoever looks may see; of others nothing."""
    ids = list(registrations)
    members = FamilyMember.objects.standing().filter(family=family)
    people = list(members.values_list("person_id", flat=True))
    events: list[Event] = []
    for model in [model for kind in kinds for model in KINDS[kind][1]]:
        if model is Person:
            events += _of_people(people)
        elif model is Task:
            events += _of_tasks(ids)
        else:
            events += _of_facts(_facts(model, family, people, ids))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _facts(model: type[Model], family: Family, people: list[UUID], ids: list[UUID]) -> QuerySet:
    if model in CHILDS:
        which = Q(child__in=people)
    else:
        which = Q(family=family) if model in BY_FAMILY else Q(registration__in=ids)
    rows = model._default_manager.filter(which).defer(*LONG_TEXTS.get(model, ()))
    return rows.select_related(*RELATED[model], "recorded_by", "withdrawn_by")


def _of_facts(rows: Iterable[Fact]) -> Iterator[Event]:
    facts = list(rows)
    added: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in facts:
        added[fact.recorded_at, fact.recorded_by_id].append(fact)
    corrections = set()
    for fact in facts:
        if fact.withdrawn_at is None:
            continue
        after = next(iter(added.get((fact.withdrawn_at, fact.withdrawn_by_id), ())), None)
        who, why = _name(fact.withdrawn_by), fact.withdrawal_reason
        if after is None:
            yield Event(fact.withdrawn_at, who, "trok in", say(fact), why=why)
        else:
            added[fact.withdrawn_at, fact.withdrawn_by_id].remove(after)
            corrections.add(after.pk)
            yield Event(fact.withdrawn_at, who, "paste aan", say(after), say(fact), why)
    for fact in facts:
        if fact.pk not in corrections:
            yield Event(fact.recorded_at, _name(fact.recorded_by), "schreef op", say(fact))


def _of_people(people: list[UUID]) -> Iterator[Event]:
    """That someone came is told by their place in the family; here what changed since."""
    before: dict[UUID, Any] = {}
    rows = Person.history.filter(id__in=people).select_related("history_user")
    for row in rows.order_by("history_id"):
        old = before.get(row.id)
        before[row.id] = row
        changed = [
            words
            for field, words in OWN_FIELDS.items()
            if old is not None and getattr(old, field) != getattr(row, field)
        ]
        if changed:
            what = f"{enumeration(changed)} van {name(row)}"
            yield Event(row.history_date, _name(row.history_user), "paste aan", what)


def _of_tasks(registrations: list[UUID]) -> Iterator[Event]:
    done: dict[UUID, bool] = {}
    rows = Task.history.filter(registration_id__in=registrations).select_related("history_user")
    for row in rows.order_by("history_id"):
        finished = row.done_at is not None and not done.get(row.id)
        did = "maakte een taak" if row.history_type == "+" else "paste een taak aan"
        if finished:
            did = "deed een taak"
        done[row.id] = row.done_at is not None
        what = f"{row.title}, uiterlijk {short_day(row.due_on)}"
        yield Event(row.history_date, _name(row.history_user), did, what)


def _name(user: Any) -> str:
    return user.name if user else "Het programma"
