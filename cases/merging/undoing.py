"""Putting back what a merge moved, and why that may no longer be possible."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from accounts.models import Draft, User
from cases.models import Assignment, FamilyMember, Intake, Merge, Person
from cases.searching.index import index_people
from facts.bulk import add_again, withdraw_all
from facts.models import Fact
from facts.recording import Recording
from facts.words import enumeration

from .carrying_out import save_with_history
from .relations import FACTS, ROWS, Relation

LATER = "Draai eerst de latere samenvoeging terug: {which}."
CHANGED = (
    "Na het samenvoegen is aangepast of ingetrokken wat toen verhuisde: {what}. Uit elkaar halen "
    "kan dan alleen met de hand."
)
TIED = (
    "Na het samenvoegen is iets vastgelegd wat de twee aan elkaar verbindt: {what}. Trek dat eerst "
    "in, dan kan het wel."
)
LEFT = "{who} begeleidde wat terugkomt, en werkt hier niet meer. Draag het eerst over."


def why_not(act: Merge) -> str:
    """Why it can't be undone any more, in Dutch; empty when it can."""
    for reason in (_later_act, _changed, _tied, _left):
        if found := reason(act):
            return found
    return ""


def put_back(act: Merge, at: Recording) -> dict[str, dict[str, str]]:
    """Withdraw what was added, add again what stood, point every row back. `act` is undone already,
    or the database would refuse it. Returns of each kind which fact came back as which."""
    later = _since(act)
    back = {}
    for label, pairs in act.moved["facts"].items():
        model = apps.get_model(label)
        news = [_now(new, later) for _, new in pairs if new]
        withdraw_all(model._default_manager.filter(pk__in=news), at=at)
        olds = model._default_manager.filter(pk__in=[old for old, _ in pairs])
        again = {str(old.pk): _copy(old) for old in olds}
        add_again(again.values(), at=at)
        back[label] = {old: str(copy.pk) for old, copy in again.items()}
    _point_back(act, at)
    _empty_people(act, at)
    people = FamilyMember.objects.filter(pk__in=back.get("cases.FamilyMember", {}).values())
    merged = act.parts.filter(kind=Merge.Kind.PERSON) | Merge.objects.filter(pk=act.pk)
    ids = [one for pair in merged.values_list("gone", "kept") for one in pair]
    known = Person.objects.filter(pk__in=ids).values_list("pk", flat=True)
    index_people([*people.values_list("person_id", flat=True), *known])
    return back


def _copy(fact: Fact) -> Fact:
    return type(fact)(**fact.content(), recorded_by_id=fact.recorded_by_id)


def _point_back(act: Merge, at: Recording) -> None:
    for label, before in act.moved["rows"].items():
        (relation,) = (one for one in ROWS if one.model._meta.label == label)
        (column,) = relation.columns
        for row in relation.model._default_manager.filter(pk__in=before):
            setattr(row, column, UUID(before[str(row.pk)]))
            save_with_history(row, at, [column])
    for draft in Draft.objects.filter(pk__in=act.moved["drafts"]):
        place = {"user": draft.user_id, "form": draft.form, "object_type": draft.object_type}
        before = act.moved["drafts"][str(draft.pk)]
        if not Draft.objects.filter(**place, object_id=before).exists():
            draft.object_id = before
            draft.save(update_fields=["object_id"])


def _empty_people(act: Merge, at: Recording) -> None:
    """What someone who stays was told of who went, unless it was changed since."""
    for kept, gone, names in act.moved["people"]:
        person, other = Person.objects.get(pk=kept), Person.objects.get(pk=gone)
        same = [name for name in names if getattr(person, name) == getattr(other, name)]
        for name in same:
            setattr(person, name, "")
        if same:
            save_with_history(person, at, same)


def _later_act(act: Merge) -> str:
    later = Merge.objects.standing().filter(
        Q(family=act.family_id) | Q(gone=act.family_id), part_of=None, merged_at__gt=act.merged_at
    )
    one = later.order_by("-merged_at").select_related("merged_by").first()
    return LATER.format(which=f"die van {one.merged_by}, '{one.reason}'") if one else ""


def _changed(act: Merge) -> str:
    later, changed = _since(act), []
    for label, pairs in act.moved["facts"].items():
        model = apps.get_model(label)
        news = {_now(new, later) for _, new in pairs if new}
        if model._default_manager.standing().filter(pk__in=news).count() != len(news):
            changed.append(str(model._meta.verbose_name))
    return CHANGED.format(what=enumeration(changed)) if changed else ""


def _tied(act: Merge) -> str:
    """What was recorded since, of which one side would go back and the other stay."""
    side, own = _goes_back(act), _what_was_added(act)
    tied = [
        str(relation.model._meta.verbose_name)
        for relation in FACTS
        if side and len(relation.fields) == 2 and any(_ties(relation, side, act.merged_at, own))
    ]
    return TIED.format(what=enumeration(tied)) if tied else ""


def _goes_back(act: Merge) -> set[UUID]:
    """The people and registrations that moved as a whole, and would move back."""
    whole: set[UUID] = set()
    for model, column in ((FamilyMember, "person_id"), (Intake, "registration_id")):
        pairs = act.moved["facts"].get(model._meta.label, [])
        olds = model.objects.filter(pk__in=[old for old, new in pairs if new])
        if act.kind == Merge.Kind.FAMILY:
            olds = olds.filter(family=act.gone)
            whole |= set(olds.values_list(column, flat=True))
    return whole


def _what_was_added(act: Merge) -> set[str]:
    """As it stands now: what goes back ties nothing."""
    later = _since(act)
    return {_now(new, later) for pairs in act.moved["facts"].values() for _, new in pairs if new}


def _ties(relation: Relation, side: set[UUID], since: datetime, own: set[str]) -> Iterator[bool]:
    which = Q()
    for name in relation.fields:
        which |= Q(**{f"{name}__in": side})
    later = relation.model._default_manager.standing().filter(which, recorded_at__gt=since)
    for values in later.exclude(pk__in=own).values_list(*relation.columns):
        yield any(value is not None and value not in side for value in values)


def _left(act: Merge) -> str:
    """An open assignment can't come back to an account that was closed."""
    olds = [old for old, _ in act.moved["facts"].get(Assignment._meta.label, [])]
    held = Assignment.objects.filter(pk__in=olds, ended_on__isnull=True)
    gone = User.objects.filter(assignments__in=held, is_active=False).distinct()
    names = [str(user) for user in gone]
    return LEFT.format(who=enumeration(names)) if names else ""


def _since(act: Merge) -> dict[str, str]:
    """Where facts stand now that a later merge moved and its undoing put back."""
    forward: dict[str, str] = {}
    undone = Merge.objects.filter(undone_at__isnull=False, merged_at__gt=act.merged_at)
    for one in undone.filter(part_of=None).only("moved"):
        for back in one.moved.get("back", {}).values():
            forward |= back
    return forward


def _now(fact: str, later: dict[str, str]) -> str:
    while fact in later:
        fact = later[fact]
    return fact
