"""Opening what an edit page is about, for who may write: a family, or one registration."""

from uuid import UUID

from django.http import HttpRequest

from accounts.models import AccessLine
from cases.access import Need
from cases.door import get_family_for, get_registration_for
from cases.subjects import Holder


def opened(
    request: HttpRequest,
    part: str,
    *,
    family_id: UUID | None = None,
    registration_id: UUID | None = None,
    needs: Need = Need.WRITE,
) -> Holder:
    """Through the door; what comes in by POST is logged as a change."""
    action = AccessLine.Action.CHANGE if request.method == "POST" else AccessLine.Action.READ
    how = {"needs": needs, "part": part, "action": action}
    if registration_id is None:
        return Holder(get_family_for(request, family_id, **how).family)
    registration = get_registration_for(request, registration_id, **how)
    intake = registration.intakes.standing().select_related("family").get()
    return Holder(intake.family, registration)
