"""What a merge would do, in words for the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Model, prefetch_related_objects

from cases.timeline.sentences import RELATED, SAYINGS, say
from facts.models import Fact
from facts.words import enumeration, many

from .plan import Plan, Step
from .shutting import shut_out_by


@dataclass(frozen=True)
class Clash:
    """What stays as it says, and what lapses. `filled`: what stays says it from now on."""

    stays: str
    goes: str
    filled: bool = False


@dataclass(frozen=True)
class Told:
    """How many of each kind move, stand already, and lapse with their registration; each that
    clashes; who will be shut out. `seal`: another one where any of it differs."""

    moved: str
    double: str
    ended: str
    clashes: list[Clash]
    shut_out: list[str]
    seal: str


def told(plan: Plan) -> Told:
    """One query for each relation that it takes to say what clashes."""
    steps = [step for step in plan.steps if not step.relation.silent]
    rows = {one.model: len(rows) for one, rows in plan.rows.items() if not one.silent}
    moved = {step.relation.model: len(step.moved) - len(_filled(step)) for step in steps}
    said = (
        _counted(moved | rows),
        _counted({step.relation.model: len(step.double) for step in steps}),
        _counted({step.relation.model: len(step.ended) for step in steps}),
        [clash for step in steps for clash in _clashes(step)],
        shut_out_by(plan.pairing),
    )
    chosen = sorted(map(str, plan.pairing.goes.items()))
    return Told(*said, seal=sha256(repr((chosen, said)).encode()).hexdigest())


def _clashes(step: Step) -> Iterator[Clash]:
    model = step.relation.model
    if step.relation.asks or model not in SAYINGS:
        return
    filled = _filled(step)
    facts: list[Fact] = [fact for pair in step.clashed for fact in pair]
    prefetch_related_objects([*facts, *filled.values()], *RELATED[model])
    for goes, stays in step.clashed:
        if new := filled.get(stays.pk):
            yield Clash(say(new), say(goes), filled=True)
        elif say(stays) != say(goes):
            yield Clash(say(stays), say(goes))


def _filled(step: Step) -> dict[Any, Fact]:
    """What stays, and is told something that it lacked: as it will say."""
    stays = {fact.pk for _, fact in step.clashed}
    return {old.pk: new for old, new in step.moved if old.pk in stays}


def _counted(numbers: Mapping[type[Model], int]) -> str:
    """2 gesprekken, 1 taak"""
    words = [
        many(count, str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        for model, count in numbers.items()
        if count
    ]
    return enumeration(words)
