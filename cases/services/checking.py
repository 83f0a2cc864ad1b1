"""The check whether a registration is for this team (doelgroeptoets)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from cases.models import Registration, TargetGroupCheck
from facts.recording import recording
from facts.verbs import add, correct


def check_target_group(
    *,
    registration: Registration,
    affected: str,
    placement: str,
    ground: str,
    on: date,
    by: Any,
    seen: UUID | None = None,
) -> TargetGroupCheck:
    """Write the check down; a former one is corrected by it, and stays on record.

    `seen`: the check that stood when the form was shown. Raises ValidationError: 'stale' when
    another stands by now, and by field when it can't be so.
    """
    said = {
        "affected": affected,
        "placement": placement,
        "ground": ground.strip(),
        "happened_on": on,
    }
    with recording(by=by, reason="Doelgroeptoets bijgewerkt") as now:
        Registration.objects.select_for_update().get(pk=registration.pk)
        if on < registration.intakes.standing().get().happened_on:
            raise ValidationError(
                {"happened_on": "De toets kan niet voor de dag van de aanmelding zijn."}
            )
        former = standing_check(registration)
        if former is None:
            return add(TargetGroupCheck(registration=registration, **said), at=now)
        if former.pk != seen:
            who = former.recorded_by.name if former.recorded_by else "Iemand"
            raise ValidationError(
                f"{who} heeft de toets intussen ingevuld. Kijk hieronder wat er nu staat; wat jij "
                "typte staat nog in het formulier.",
                code="stale",
            )
        if all(getattr(former, name) == value for name, value in said.items()):
            return former
        return correct(former, by=by, reason=now.reason, **said)


def standing_check(registration: Registration) -> TargetGroupCheck | None:
    return registration.checks.standing().select_related("recorded_by").first()
