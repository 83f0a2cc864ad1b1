"""Who gets into the pages of staff. Who supports families never does, whatever other role they
have: the supervisor sees nothing of a survey, not even who answered."""

from typing import Any

from django.http import HttpRequest

from accounts.access_log.refusing import Refused
from accounts.access_log.writing import note
from accounts.models import AccessLine
from accounts.roles import READ_SURVEY_REPORT, may
from cases import door
from cases.grounds import SUPPORT_FAMILIES
from surveys.models import Round

MANAGE_ROUNDS = "surveys.manage_rounds"
REVIEW_REMARKS = "surveys.review_remarks"
WHAT, PURPOSE = "enquête", "Enquêtes"

__all__ = [
    "MANAGE_ROUNDS",
    "READ_SURVEY_REPORT",
    "REVIEW_REMARKS",
    "may_read_report",
    "must",
    "note_shown",
]


def may_read_report(user: Any) -> bool:
    """Whoever supports families doesn't, whatever else they are."""
    return may(user, READ_SURVEY_REPORT) and not may(user, SUPPORT_FAMILIES)


def must(request: HttpRequest, permission: str, *, part: str = "") -> None:
    """Others get Refused (404), and it is logged."""
    door.must(request, permission, what=WHAT, part=part)
    if may(request.user, SUPPORT_FAMILIES):
        raise Refused(
            actor=request.user,
            action=AccessLine.Action.READ,
            object_type=WHAT,
            object_id=None,
            part=part,
            purpose=PURPOSE,
        )


def note_shown(
    request: HttpRequest,
    round: Round | None,
    *,
    part: str,
    ground: AccessLine.Ground,
    action: AccessLine.Action = AccessLine.Action.READ,
) -> None:
    """What people said is shown: of which round (None: of several), and never which remark."""
    note(
        actor=request.user,
        action=action,
        object_type=WHAT,
        object_id=round.pk if round else None,
        part=part,
        ground=ground,
        purpose=PURPOSE,
        request=request,
    )
