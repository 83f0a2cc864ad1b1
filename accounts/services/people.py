"""Making, closing and reopening accounts, and what they may do."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string

from accounts import sessions
from accounts.models import Team, User
from accounts.roles import ADMINISTRATOR, ROLES, Role
from accounts.services.invitations import invite, withdraw_invitations


@transaction.atomic
def add_person(
    *, email: str, name: str, roles: Iterable[Role], team: Team | None, by: Any, site: str = ""
) -> User:
    """A new account with its roles, and the letter that brings it to life."""
    user = User(email=email.lower(), name=name, team=team)
    user.set_unusable_password()
    user._history_user, user._change_reason = by, "Toegevoegd"
    user.full_clean(exclude=["password"])
    user.save()
    _set_roles(user, roles, by)
    invite(user, by=by, site=site)
    user.refresh_from_db()
    return user


@transaction.atomic
def change_work(*, user: User, roles: Iterable[Role], team: Team | None, by: Any) -> None:
    """What someone may do, and in which team. Raises ValidationError, in Dutch."""
    if user == by:
        raise ValidationError(
            "Je kunt je eigen rollen niet wijzigen. Vraag een andere beheerder.", code="oneself"
        )
    user = User.objects.select_for_update().get(pk=user.pk)
    roles = list(roles)
    if ADMINISTRATOR not in roles:
        _someone_must_stay(user)
    if user.team != team:
        user.team = team
        user._history_user, user._change_reason = by, "Ander team"
        user.save(update_fields=["team"])
    _set_roles(user, roles, by)


@transaction.atomic
def close_account(user: User, *, by: Any, reason: str) -> None:
    """From this moment nobody uses the account: sessions end, letters under way open nothing.

    Raises ValidationError, in Dutch.
    """
    if user == by:
        raise ValidationError("Je kunt je eigen account niet sluiten.", code="oneself")
    _with_a_reason(reason)
    user = User.objects.select_for_update().get(pk=user.pk)
    _someone_must_stay(user)
    for objects in settings.OBJECTS_TO_CLOSING:
        import_string(objects)(user)
    user.is_active = False
    user._history_user, user._change_reason = by, reason.strip()
    user.save(update_fields=["is_active"])
    withdraw_invitations(user)
    sessions.end_all_of(user)


@transaction.atomic
def reopen_account(user: User, *, by: Any, reason: str) -> None:
    """The account works again, with the same roles, password and second factor."""
    _with_a_reason(reason)
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = True
    user._history_user, user._change_reason = by, reason.strip()
    user.save(update_fields=["is_active"])


def roles_of(user: User) -> list[Role]:
    """In the order of accounts/roles.py."""
    names = {group.name for group in user.groups.all()}
    return [role for role in ROLES if role.name in names]


def _set_roles(user: User, roles: Iterable[Role], by: Any) -> None:
    groups = list(Group.objects.filter(name__in=[role.name for role in roles]))
    if set(groups) == set(user.groups.all()):
        return
    user._history_user, user._change_reason = by, "Andere rollen"
    user.groups.set(groups)


def _someone_must_stay(user: User) -> None:
    """Without an administrator nobody could let anyone in."""
    administrators = User.objects.filter(
        is_active=True, invited_at__isnull=False, groups__name=ADMINISTRATOR.name
    ).select_for_update(of=("self",))
    held = list(administrators)
    if user in held and len(held) == 1:
        raise ValidationError(
            "Dit is de enige functioneel beheerder. Geef eerst iemand anders die rol.",
            code="last",
        )


def _with_a_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError("Geef een reden.", code="reason")
