"""An account comes to life by a letter: a key of 256 bits, good for seven days and for one use."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.services.outbox import send_later

VALID = timedelta(days=7)


class LinkIsDead(Exception):
    """Unknown, used, withdrawn or too old: whoever holds it is told no more than that."""


@transaction.atomic
def invite(user: User, *, by: Any, site: str = "") -> str:
    """Write the letter, and return its link. An earlier letter to the same person opens nothing.

    `site` is where the pages live, as the inviter sees it. Raises ValidationError for an account
    that is closed or already in use.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise ValidationError("Dit account is gesloten. Heropen het eerst.", code="closed")
    if user.has_usable_password():
        raise ValidationError(
            "Dit account is al in gebruik. Wie het wachtwoord kwijt is, kiest "
            "‘Wachtwoord vergeten’ op de inlogpagina.",
            code="in-use",
        )
    withdraw_invitations(user)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user,
        token_hash=hash_of(token),
        invited_by=by,
        expires_at=timezone.now() + VALID,
    )
    user.invited_at = user.invited_at or timezone.now()
    user._history_user, user._change_reason = by, "Uitgenodigd"
    user.save(update_fields=["invited_at"])
    link = (site or settings.SITE_URL).rstrip("/") + reverse("invitation_link", args=[token])
    _write_letter(user, link, by)
    return link


def withdraw_invitations(user: User) -> None:
    """Letters under way open nothing any more."""
    Invitation.objects.filter(
        user=user, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=Now())


def living_invitation(token_hash: str) -> Invitation:
    """The invitation that this key opens. Raises LinkIsDead."""
    found = (
        Invitation.objects.select_related("user")
        .filter(
            token_hash=token_hash,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=Now(),
            user__is_active=True,
        )
        .first()
    )
    if found is None:
        raise LinkIsDead
    return found


@transaction.atomic
def accept_invitation(token_hash: str, *, password: str) -> User:
    """The person chose a password; the key is used up. Raises LinkIsDead."""
    found = living_invitation(token_hash)
    user = User.objects.select_for_update().get(pk=found.user_id)
    used = Invitation.objects.filter(
        pk=found.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(accepted_at=Now())
    if not used or not user.is_active:
        raise LinkIsDead
    user.set_password(password)
    user._history_user, user._change_reason = user, "Uitnodiging gebruikt"
    user.save(update_fields=["password"])
    return user


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _write_letter(user: User, link: str, by: Any) -> None:
    send_later(
        to=user.email,
        recipient=user,
        purpose="invitation",
        subject="Je account voor Ondersteuning",
        text=render_to_string(
            "accounts/mail/invitation.txt", {"user": user, "link": link, "days": VALID.days}
        ),
        by=by,
    )
