"""The only caller of django-guardian: exceptions on one object, with a reason, a giver and an end.

An expired grant stops working by itself, since nobody reads grants but `current`. Don't ask
guardian (`has_perm` with an object): it knows no end.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.functions import Now
from guardian.utils import get_user_obj_perms_model


@transaction.atomic
def give(
    *, to: Any, target: Model, permission: str, reason: str, until: datetime, by: Any
) -> Model:
    """Let `to` use `permission` ('app.codename') on `target` from now until `until`.

    A standing grant of the same permission is replaced. Raises ValidationError, in Dutch.
    """
    if not reason.strip():
        raise ValidationError("Geef een reden: delen kan niet zonder.", code="reason")
    if to == by:
        raise ValidationError("Je kunt geen toegang aan jezelf geven.", code="oneself")
    app, codename = permission.split(".")
    grants = get_user_obj_perms_model(type(target))
    grant = grants.objects.filter(
        user=to, content_object=target, permission__codename=codename
    ).first() or grants(
        user=to,
        content_object=target,
        permission=Permission.objects.get(content_type__app_label=app, codename=codename),
    )
    grant.reason, grant.given_by, grant.begins_at, grant.ends_at = reason, by, _clock(), until
    grant._history_user, grant._change_reason = by, reason
    grant.full_clean(validate_unique=False)
    grant.save()
    return grant


@transaction.atomic
def end(grant: Model, *, by: Any, reason: str) -> None:
    """From now on the grant works no more. The row stays, as a record of what was."""
    now = _clock()
    if grant.ends_at > now:
        grant.ends_at = max(now, grant.begins_at)
        grant._history_user, grant._change_reason = by, reason
        grant.save(update_fields=["ends_at"])


def current(user: Any, model: type[Model]) -> QuerySet:
    """The grants of `user` on objects of `model` that work at this moment."""
    grants = get_user_obj_perms_model(model)
    return grants.objects.filter(user=user, begins_at__lte=Now(), ends_at__gt=Now())


def current_on(model: type[Model]) -> QuerySet:
    """Everybody's grants on objects of `model` that work at this moment."""
    grants = get_user_obj_perms_model(model)
    return grants.objects.filter(begins_at__lte=Now(), ends_at__gt=Now())


def _clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
