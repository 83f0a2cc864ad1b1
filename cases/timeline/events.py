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
from cases.merging.tracks import acts_on, moments_of, what_went_into
from cases.models import Family, FamilyMember, Merge, Person, Task
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
    "gezin": ("Gezin", (m.FamilyMember, m.FamilyComposition, m.DesiredSituation, Person, Merge)),
    "ondersteuning": (
        "Ondersteuning",
        (m.SupportRequest, m.Support, m.Result, m.ExplanatoryAnalysis, m.Complaint),
    ),
    "stukken": ("Verzoeken en stukken", (m.FormalRequest, m.Consent, m.Transfer, m.Document)),
    "taken": ("Taken", (Task,)),
}
LONG_TEXTS = {m.Contact: ("note",), m.Arrival: ("note",)}
SAME = {
    Merge.Kind.FAMILY: "twee gezinnen die er één zijn",
    Merge.Kind.REGISTRATION: "twee aanmeldingen die er één zijn",
    Merge.Kind.PERSON: "twee personen die er één zijn",
}
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
    acts = list(acts_on(family))
    moved_at = moments_of(acts)
    ids = list(registrations)
    members = FamilyMember.objects.standing().filter(family=family)
    people = list(members.values_list("person_id", flat=True))
    families = [family.pk]
    if acts:
        ids, people, families = ([*one, *what_went_into(one)] for one in (ids, people, families))
    events: list[Event] = []
    for model in [model for kind in kinds for model in KINDS[kind][1]]:
        if model is Merge:
            events += _of_merges(acts)
        elif model is Person:
            events += _of_people(people, moved_at)
        elif model is Task:
            events += _of_tasks(ids, moved_at)
        else:
            events += _of_facts(_facts(model, families, people, ids), moved_at)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _facts(
    model: type[Model], families: list[UUID], people: list[UUID], ids: list[UUID]
) -> QuerySet:
    if model in CHILDS:
        which = Q(child__in=people)
    else:
        which = Q(family__in=families) if model in BY_FAMILY else Q(registration__in=ids)
    rows = model._default_manager.filter(which).defer(*LONG_TEXTS.get(model, ()))
    return rows.select_related(*RELATED[model], "recorded_by", "withdrawn_by")


def _of_facts(rows: Iterable[Fact], moved_at: set[datetime]) -> Iterator[Event]:
    """`moved_at`: when facts were withdrawn and added only because they moved."""
    facts = list(rows)
    added: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in facts:
        added[fact.recorded_at, fact.recorded_by_id].append(fact)
    corrections = set()
    for fact in facts:
        if fact.withdrawn_at is None or fact.withdrawn_at in moved_at:
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
        if fact.pk not in corrections and fact.recorded_at not in moved_at:
            yield Event(fact.recorded_at, _name(fact.recorded_by), "schreef op", say(fact))


def _of_people(people: list[UUID], moved_at: set[datetime]) -> Iterator[Event]:
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
        if changed and row.history_date not in moved_at:
            what = f"{enumeration(changed)} van {name(row)}"
            yield Event(row.history_date, _name(row.history_user), "paste aan", what)


def _of_tasks(registrations: list[UUID], moved_at: set[datetime]) -> Iterator[Event]:
    done: dict[UUID, bool] = {}
    rows = Task.history.filter(registration_id__in=registrations).select_related("history_user")
    for row in rows.order_by("history_id"):
        finished = row.done_at is not None and not done.get(row.id)
        did = "maakte een taak" if row.history_type == "+" else "paste een taak aan"
        if finished:
            did = "deed een taak"
        done[row.id] = row.done_at is not None
        if row.history_date in moved_at:
            continue
        what = f"{row.title}, uiterlijk {short_day(row.due_on)}"
        yield Event(row.history_date, _name(row.history_user), did, what)


def _of_merges(acts: Iterable[Merge]) -> Iterator[Event]:
    for act in acts:
        what = f"{SAME[act.kind]}, in gezin {act.family.number}"
        yield Event(act.merged_at, _name(act.merged_by), "voegde samen", what, why=act.reason)
        if act.undone_at:
            yield Event(act.undone_at, _name(act.undone_by), "draaide terug", f"{what}: toch twee")


def _name(user: Any) -> str:
    return user.name if user else "Het programma"
