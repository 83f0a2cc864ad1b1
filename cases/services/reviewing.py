"""Saying what odd access turned out to be."""

from typing import Any

from django.core.exceptions import ValidationError

from cases.models import AccessReview
from facts.recording import recording


def review(*, rule: str, first_line: int, last_line: int, note: str, by: Any) -> AccessReview:
    """Raises ValidationError, in Dutch, without a note or when it was done already."""
    if not note.strip():
        raise ValidationError("Schrijf erbij wat je hebt gezien.", code="note")
    with recording(by=by, reason=note) as now:
        found = AccessReview(
            rule=rule,
            first_line=first_line,
            last_line=last_line,
            note=note.strip(),
            reviewed_at=now.at,
            reviewed_by=by,
        )
        found._history_user, found._change_reason = by, "Beoordeeld"
        found.full_clean()
        found.save()
    return found
