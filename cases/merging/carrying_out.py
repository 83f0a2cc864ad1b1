"""Doing what a plan says, and remembering enough to undo it."""

from typing import Any

from accounts.models import Draft
from cases.searching.index import index_people
from facts.bulk import add_again, withdraw_all
from facts.recording import Recording

from .plan import Plan


def carry_out(plan: Plan, at: Recording) -> dict[str, Any]:
    """Returns what Merge.moved holds: ids, never what anything said.

    facts: of each kind, what was withdrawn with what came in its place (null: nothing);
    rows: of each kind, which rows pointed at what; people: who was told what, from whom.
    """
    moved = {
        "facts": _move_facts(plan, at),
        "rows": _point_rows(plan, at),
        "people": _fill_people(plan, at),
        "drafts": _point_drafts(plan),
    }
    index_people([*plan.pairing.people, *plan.pairing.people.values(), *_members(plan)])
    return moved


def _move_facts(plan: Plan, at: Recording) -> dict[str, list]:
    facts = {}
    for step in plan.steps:
        pairs = [*step.moved, *((fact, None) for fact in step.withdrawn)]
        withdraw_all((fact for fact, _ in pairs), at=at)
        add_again((new for _, new in step.moved), at=at)
        if pairs:
            label = step.relation.model._meta.label
            facts[label] = [[str(old.pk), new and str(new.pk)] for old, new in pairs]
    return facts


def _point_rows(plan: Plan, at: Recording) -> dict[str, dict[str, str]]:
    goes, pointed = plan.pairing.goes, {}
    for relation, rows in plan.rows.items():
        (column,) = relation.columns
        before = {str(row.pk): str(getattr(row, column)) for row in rows}
        for row in rows:
            setattr(row, column, goes[getattr(row, column)])
            save_with_history(row, at, [column])
        if before:
            pointed[relation.model._meta.label] = before
    return pointed


def _fill_people(plan: Plan, at: Recording) -> list[list]:
    for person, _, names in plan.people:
        save_with_history(person, at, names)
    return [[str(kept.pk), str(gone.pk), names] for kept, gone, names in plan.people]


def _point_drafts(plan: Plan) -> dict[str, str]:
    """What someone was typing goes along, unless they were typing there too."""
    goes = {str(gone): str(kept) for gone, kept in plan.pairing.goes.items()}
    drafts = list(Draft.objects.filter(object_id__in=[*goes, *goes.values()]))
    taken = {(d.user_id, d.form, d.object_type, d.object_id) for d in drafts}
    pointed = {}
    for draft in drafts:
        kept = goes.get(draft.object_id)
        place = (draft.user_id, draft.form, draft.object_type, kept)
        if kept and place not in taken:
            taken.add(place)
            pointed[str(draft.pk)] = draft.object_id
            draft.object_id = kept
            draft.save(update_fields=["object_id"])
    return pointed


def _members(plan: Plan) -> list:
    """Whose place in the family moved: they are found by their birth date there."""
    return [
        new.person_id
        for step in plan.steps
        for _, new in step.moved
        if step.relation.fields == ("person", "family")
    ]


def save_with_history(row: Any, at: Recording, names: list[str]) -> None:
    """At the moment of the merge itself: by that the timeline knows it."""
    row._history_user, row._change_reason, row._history_date = at.by, at.reason, at.at
    row.save(update_fields=names)
