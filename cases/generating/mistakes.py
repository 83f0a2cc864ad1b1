"""What was typed first where a fact was corrected afterwards: likely slips, one a kind of fact."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model

from cases.models import (
    Custody,
    ExplanatoryAnalysis,
    FamilyComposition,
    FamilyMember,
    InstitutionInvolvement,
    Intake,
    Placement,
    Result,
    StatusChange,
    Support,
    SupportRequest,
)

from .chance import Chance
from .shares import COMPOSITION

Values = dict[str, Any]

SLIPS: dict[type[Model], Callable[[Values, Chance], Values]] = {
    FamilyMember: lambda values, chance: {"role": ""},
    Custody: lambda values, chance: {"holds": not values["holds"]},
    FamilyComposition: lambda values, chance: {
        "composition_id": f"family_composition.{chance.one_of(COMPOSITION) or 'other'}"
    },
    Placement: lambda values, chance: {"measure": None, "residence_id": None},
    Intake: lambda values, chance: {"route_id": None},
}

# Where no constraint forbids it, the same was sometimes typed twice.
MAY_STAND_TWICE = {
    ExplanatoryAnalysis,
    InstitutionInvolvement,
    Placement,
    Result,
    StatusChange,
    Support,
    SupportRequest,
}


def mistaken(table: type[Model], values: Values, chance: Chance) -> Values:
    """`values` with a slip in them: that of their kind, a day that is too early, or none."""
    if slip := SLIPS.get(table):
        return values | slip(values, chance)
    if "happened_on" in values:
        too_early = values["happened_on"] - timedelta(chance.randint(1, 20))
        return values | {"happened_on": too_early}
    return values
