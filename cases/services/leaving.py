"""Someone who leaves: no account closes while families still count on it."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from cases.access import TODAY
from cases.models import Assignment, Handover
from cases.services.assigning import under_way
from facts.words import many


def refuse_who_has_families(user: User) -> None:
    """Raises ValidationError, in Dutch, while `user` supports trajectories, now or later, or still
    has an offer to answer. The manager hands them over or takes them to the waiting list."""
    held = Assignment.objects.standing().filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=TODAY), supervisor=user
    )
    number = under_way(held).count()
    if number:
        raise ValidationError(
            f"{user} begeleidt nog {many(number, 'traject', 'trajecten')}. De teammanager draagt "
            "die eerst over, of zet ze op de wachtlijst. Daarna kun je het account sluiten.",
            code="families",
        )
    if Handover.objects.filter(receiver=user, state=Handover.State.OFFERED).exists():
        raise ValidationError(
            f"Aan {user} is nog een overdracht aangeboden. De teammanager trekt die eerst in.",
            code="offered",
        )
