"""What a merge would do, in words for the page."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from cases.timeline.sentences import RELATED, SAYINGS, say
from facts.models import Fact

from .plan import Plan, Step


@dataclass(frozen=True)
class Line:
    """How many of one kind move, stand already, lapse with their registration, or clash."""

    what: str
    moved: int
    double: int
    ended: int
    clashed: int


@dataclass(frozen=True)
class Clash:
    """What stays as it says, what lapses, and whether something empty is filled in."""

    what: str
    stays: str
    goes: str
    filled: bool


def lines_of(plan: Plan) -> list[Line]:
    lines = [
        Line(
            _name(step.relation.model),
            len(step.moved) - len(_filled(step)),
            len(step.double),
            len(step.ended),
            len(step.clashed),
        )
        for step in plan.steps
        if not step.relation.silent and (step.moved or step.withdrawn)
    ]
    lines += [
        Line(_name(relation.model), len(rows), 0, 0, 0)
        for relation, rows in plan.rows.items()
        if rows and not relation.silent
    ]
    return lines


def clashes_of(plan: Plan) -> list[Clash]:
    """One query for each relation that it takes to say them."""
    clashes = []
    for step in plan.steps:
        model = step.relation.model
        if step.relation.asks or model not in SAYINGS:
            continue
        facts: list[Fact] = [fact for pair in step.clashed for fact in pair]
        prefetch_related_objects(facts, *RELATED[model])
        filled = _filled(step)
        clashes += [
            Clash(_name(model), say(stays), say(goes), stays.pk in filled)
            for goes, stays in step.clashed
            if say(stays) != say(goes)
        ]
    return clashes


def _filled(step: Step) -> set:
    """What stays, and is told something that it lacked."""
    stays = {fact.pk for _, fact in step.clashed}
    return {old.pk for old, _ in step.moved if old.pk in stays}


def _name(model: type) -> str:
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]
