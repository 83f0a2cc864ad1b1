"""Someone lost a phone: one person asks to take the second factor away, another approves.

The owner hears of both. Until a new second factor has been set up, the account shows nothing.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import guessing, sessions
from accounts.models import SecondFactorReset, User
from accounts.roles import APPROVE_RESET, may
from accounts.second_factor import has_second_factor, remove_second_factor
from accounts.services.outbox import send_later

VALID = timedelta(hours=24)
State = SecondFactorReset.State


def open_resets() -> QuerySet[SecondFactorReset]:
    """What waits for a second person, and isn't too old."""
    return SecondFactorReset.objects.filter(state=State.ASKED, expires_at__gt=Now())


@transaction.atomic
def ask_reset(user: User, *, by: Any, reason: str) -> SecondFactorReset:
    """The first of two people. `reason` says how they know that it is really the owner who asks.

    Raises ValidationError, in Dutch.
    """
    _may_take_part(user, by)
    if not reason.strip():
        raise ValidationError("Schrijf op hoe je weet dat dit klopt.", code="reason")
    User.objects.select_for_update().get(pk=user.pk)
    if not has_second_factor(user):
        raise ValidationError("Dit account heeft geen tweede stap.", code="none")
    waiting = SecondFactorReset.objects.filter(user=user, state=State.ASKED)
    if waiting.filter(expires_at__gt=Now()).exists():
        raise ValidationError("Hier wacht al een verzoek voor.", code="twice")
    waiting.update(state=State.EXPIRED)
    reset = SecondFactorReset.objects.create(
        user=user, reason=reason.strip(), asked_by=by, expires_at=timezone.now() + VALID
    )
    _tell(user, "reset_asked", "Verzoek om je tweede stap te verwijderen", by, reset)
    return reset


@transaction.atomic
def approve_reset(reset: SecondFactorReset, *, by: Any) -> None:
    """The second of two people: the second factor is gone, and so is every session."""
    _may_take_part(reset.user, by)
    reset = _lock(reset)
    if by == reset.asked_by:
        raise ValidationError(
            "Jij vroeg dit zelf aan. Iemand anders moet het goedkeuren.", code="four-eyes"
        )
    reset.state, reset.decided_by, reset.decided_at = State.APPROVED, by, Now()
    reset.save(update_fields=["state", "decided_by", "decided_at"])
    remove_second_factor(reset.user)
    sessions.end_all_of(reset.user)
    guessing.forget_guesses("second_step", str(reset.user_id))
    _tell(reset.user, "reset_approved", "Je tweede stap is verwijderd", by, reset)


@transaction.atomic
def refuse_reset(reset: SecondFactorReset, *, by: Any) -> None:
    """No; or the first person takes it back."""
    _may_take_part(reset.user, by)
    reset = _lock(reset)
    reset.state, reset.decided_by, reset.decided_at = State.REFUSED, by, Now()
    reset.save(update_fields=["state", "decided_by", "decided_at"])


def _lock(reset: SecondFactorReset) -> SecondFactorReset:
    found = (
        SecondFactorReset.objects.select_for_update(of=("self",))
        .select_related("user", "asked_by")
        .filter(pk=reset.pk, state=State.ASKED, expires_at__gt=Now())
        .first()
    )
    if found is None:
        raise ValidationError("Over dit verzoek is al beslist, of het is verlopen.", code="late")
    return found


def _may_take_part(user: User, by: Any) -> None:
    if not may(by, APPROVE_RESET):
        raise ValidationError("Dit hoort niet bij je rol.", code="role")
    if by == user:
        raise ValidationError("Dit kan niet voor jezelf. Vraag twee collega's.", code="oneself")


def _tell(user: User, template: str, subject: str, by: Any, reset: SecondFactorReset) -> None:
    send_later(
        to=user.email,
        recipient=user,
        purpose=template,
        subject=subject,
        text=render_to_string(f"accounts/mail/{template}.txt", {"user": user, "reset": reset}),
        by=by,
    )
