"""Add, withdraw, correct: the only three things that can be done with a fact."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from .models import WITHDRAWAL, Fact
from .recording import Recording, recording

F = TypeVar("F", bound=Fact)


def add(fact: F, *, at: Recording) -> F:
    """Write `fact` down. Raises ValidationError, in Dutch, when it can't be so."""
    fact.recorded_at, fact.recorded_by = at.at, at.by
    fact.full_clean()
    _leave_history(fact, at)
    fact.save(force_insert=True)
    return fact


def withdraw(fact: F, *, at: Recording) -> F:
    """Take `fact` back from now on; reports over an earlier moment still see it.

    Raises ValidationError when there is no reason, or when someone else withdrew it first.
    """
    if not at.reason.strip():
        raise ValidationError("Geef een reden: een feit intrekken kan niet zonder.", code="reason")
    # Locked first, so that two people who correct the same fact can't both win.
    locked = type(fact)._default_manager.select_for_update().get(pk=fact.pk)
    if locked.withdrawn_at is not None:
        raise ValidationError(
            "Dit is intussen al ingetrokken of gecorrigeerd. Bekijk de nieuwe stand.", code="stale"
        )
    fact.withdrawn_at, fact.withdrawn_by, fact.withdrawal_reason = at.at, at.by, at.reason
    _leave_history(fact, at)
    fact.save(update_fields=WITHDRAWAL)
    return fact


def correct(
    fact: F,
    *,
    by: Model | None,
    reason: str,
    content: Mapping[str, Any] | None = None,
    **changes: Any,
) -> F:
    """Withdraw `fact` and add it again with `changes`, at one instant. Returns the new fact.

    `content`: changes whose names may be those of an argument, such as `reason`.
    """
    with recording(by=by, reason=reason) as now:
        withdraw(fact, at=now)
        corrected = type(fact)(**fact.content())
        for name, value in {**(content or {}), **changes}.items():
            setattr(corrected, name, value)
        return add(corrected, at=now)


def _leave_history(fact: Fact, at: Recording) -> None:
    fact._history_user, fact._change_reason = at.by, at.reason or None
