"""Exceptions to who may see what: covering for a colleague, sharing a file, a conflict of interest.

Each has a reason and a giver, and all but a conflict an end. The rule stands in cases.access.
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from accounts import grants
from accounts.models import User
from accounts.roles import may
from cases.access import MANAGE_TEAM, Need, visible_to
from cases.models import ConflictOfInterest, Cover, Person, Registration
from facts.recording import recording
from facts.verbs import add

SUPPORT_FAMILIES = "cases.support_families"
READ_SHARED, WRITE_SHARED = "cases.read_shared", "cases.write_shared"


def cover(
    *, absent: User, substitute: User, begin: date, end: date, reason: str, by: User
) -> Cover:
    """From `begin` up to `end` (half-open) `substitute` reads and writes the files of `absent`.

    The manager of the absent one's team decides. Raises ValidationError, in Dutch.
    """
    if not may(by, MANAGE_TEAM) or by.team_id is None or by.team_id != absent.team_id:
        raise ValidationError(
            "Waarneming regelt de teammanager van het team van wie er niet is.", code="giver"
        )
    if not (substitute.is_active and may(substitute, SUPPORT_FAMILIES)):
        raise ValidationError("Alleen een procesbegeleider kan waarnemen.", code="substitute")
    with recording(by=by, reason=reason) as now:
        return add(
            Cover(
                absent=absent,
                substitute=substitute,
                happened_on=begin,
                ended_on=end,
                reason=reason.strip(),
            ),
            at=now,
        )


def declare_conflict(
    *, user: User, person: Person, since: date, reason: str, by: User
) -> ConflictOfInterest:
    """Every file in which `person` is, stays shut to `user`, on every ground.

    One's own to declare, or one's manager's. Raises ValidationError, in Dutch.
    """
    leads = may(by, MANAGE_TEAM) and by.team_id is not None and by.team_id == user.team_id
    if by != user and not leads:
        raise ValidationError(
            "Een belangenconflict meld je zelf, of je teammanager doet het.", code="giver"
        )
    with recording(by=by, reason=reason) as now:
        conflict = ConflictOfInterest(
            user=user, person=person, happened_on=since, reason=reason.strip()
        )
        return add(conflict, at=now)


def share_file(
    *,
    registration: Registration,
    to: User,
    until: datetime,
    reason: str,
    by: User,
    may_write: bool = False,
) -> Model:
    """Open one file to a colleague until a moment. The manager who has it in the team decides.

    Raises ValidationError, in Dutch.
    """
    if not visible_to(by, Need.ASSIGN).filter(registration=registration).exists():
        raise ValidationError(
            "Alleen de teammanager van dit dossier kan het met een collega delen.", code="giver"
        )
    if not to.is_active:
        raise ValidationError("Dit account is gesloten.", code="closed")
    return grants.give(
        to=to,
        target=registration,
        permission=WRITE_SHARED if may_write else READ_SHARED,
        reason=reason,
        until=until,
        by=by,
    )


def end_sharing(*, grant: Any, by: User, reason: str) -> None:
    """From now on the file is shut again. Whoever gave it can, or whoever leads the team now."""
    leads = visible_to(by, Need.ASSIGN).filter(registration=grant.content_object_id).exists()
    if by.pk != grant.given_by_id and not leads:
        raise ValidationError("Alleen de teammanager van dit dossier kan dit.", code="giver")
    grants.end(grant, by=by, reason=reason)
