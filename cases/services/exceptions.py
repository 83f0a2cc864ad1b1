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
from cases.access import MANAGE_TEAM, SUPPORT_FAMILIES, Need, shut_to, visible_to
from cases.models import ConflictOfInterest, Cover, Person, Registration
from facts.recording import recording
from facts.verbs import add, correct, withdraw

READ_SHARED, WRITE_SHARED = "cases.read_shared", "cases.write_shared"


def cover(
    *, absent: User, substitute: User, begin: date, end: date, reason: str, by: User
) -> Cover:
    """From `begin` up to `end` (half-open) `substitute` reads and writes the files of `absent`.

    The manager of the absent one's team decides. Raises ValidationError, in Dutch.
    """
    _must_lead(by, absent)
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


def end_cover(*, cover: Cover, on: date, by: User) -> None:
    """From `on` the files are shut to the substitute again; what had not begun never was.

    Raises ValidationError, in Dutch.
    """
    _must_lead(by, cover.absent)
    if cover.ended_on <= on:
        raise ValidationError("Deze waarneming is al afgelopen.", code="stale")
    reason = "Waarneming eerder beëindigd"
    if on < cover.happened_on:
        with recording(by=by, reason=reason) as now:
            withdraw(cover, at=now)
    else:
        correct(cover, by=by, reason=reason, ended_on=on)


def declare_conflict(
    *, user: User, person: Person, since: date, reason: str, by: User
) -> ConflictOfInterest:
    """Every file in which `person` is, stays shut to `user`, on every ground.

    One's own to declare, or one's manager's. Raises ValidationError, in Dutch.
    """
    if by != user and not leads(by, user):
        raise ValidationError(
            "Een belangenconflict meld je zelf, of je teammanager doet het.", code="giver"
        )
    with recording(by=by, reason=reason) as now:
        conflict = ConflictOfInterest(
            user=user, person=person, happened_on=since, reason=reason.strip()
        )
        return add(conflict, at=now)


def end_conflict(*, conflict: ConflictOfInterest, on: date, reason: str, by: User) -> None:
    """The files open again on the grounds there are. Never by whom they were shut to.

    Raises ValidationError, in Dutch.
    """
    another_manager = may(by, MANAGE_TEAM) and may(conflict.user, MANAGE_TEAM)
    if by == conflict.user or not (leads(by, conflict.user) or another_manager):
        raise ValidationError(
            "Dat een belangenconflict voorbij is, stelt de teammanager vast, en nooit jijzelf.",
            code="giver",
        )
    if on <= conflict.happened_on:
        with recording(by=by, reason=reason) as now:
            withdraw(conflict, at=now)
    else:
        correct(conflict, by=by, reason=reason, ended_on=on)


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
    if not (may(to, SUPPORT_FAMILIES) or may(to, MANAGE_TEAM)):
        raise ValidationError(
            "Deel alleen met wie gezinnen begeleidt of een team leidt.", code="to"
        )
    return open_to(
        to=to, registration=registration, until=until, reason=reason, by=by, may_write=may_write
    )


def open_to(
    *,
    to: User,
    registration: Registration,
    until: datetime,
    reason: str,
    by: User,
    may_write: bool,
) -> Model:
    """Open the file until a moment; the verbs that call this decide who may.

    Raises ValidationError, in Dutch, where a conflict of interest stands between.
    """
    intake = registration.intakes.standing().get()
    if shut_to(to).filter(family=intake.family_id).exists():
        raise ValidationError(
            "Met deze collega kan dit dossier niet gedeeld worden. Kies een ander.", code="shut"
        )
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
    assigns = visible_to(by, Need.ASSIGN).filter(registration=grant.content_object_id).exists()
    if by.pk != grant.given_by_id and not assigns:
        raise ValidationError("Alleen de teammanager van dit dossier kan dit.", code="giver")
    grants.end(grant, by=by, reason=reason)


def leads(manager: User, colleague: User) -> bool:
    """Whether `manager` leads the team of `colleague`."""
    same_team = manager.team_id is not None and manager.team_id == colleague.team_id
    return same_team and may(manager, MANAGE_TEAM)


def _must_lead(by: User, absent: User) -> None:
    if not leads(by, absent):
        raise ValidationError(
            "Waarneming regelt de teammanager van het team van wie er niet is.", code="giver"
        )
