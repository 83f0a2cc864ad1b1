"""What is kept no longer than it is needed (docs/privacy.md)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Now

from surveys.models import (
    ClosedLink,
    Dropped,
    FormerLink,
    Group,
    Invitation,
    Letter,
    Progress,
    Remark,
    Round,
)
from surveys.models.rounds import SMALLEST_GROUP
from surveys.report.counting import missed_of

# After the end of the round, which is when its report is whole.
HALF_FILLED_IN, LINKS, FREE_TEXT = timedelta(days=7), timedelta(days=30), timedelta(days=365)
# Longer than MOST_MONTHS_BETWEEN after the start: who was asked lately is known for so long.
ASKED = timedelta(days=731)


def clear_old() -> None:
    """What was half filled in, what lay in the box of a round with too few answers (unread), and
    then the hashes of the links that lead to the questions; a year later free text, also what was
    released, though that something was written is still counted; and after two years who was
    asked, and by then who answered. The link to opt out works until then."""
    ended = Round.objects.filter(ended_at__lt=Now() - HALF_FILLED_IN)
    Progress.objects.filter(round__in=ended).delete()
    # Of one with ten or more a text doesn't open (moving): it waits for its key.
    boxes = Dropped.objects.filter(round__in=ended).order_by().values("round")
    too_few = boxes.annotate(many=Count("pk")).filter(many__lt=SMALLEST_GROUP)
    Dropped.objects.filter(round__in=too_few.values("round")).delete()
    long_ago = Round.objects.filter(ended_at__lt=Now() - LINKS)
    ClosedLink.objects.filter(round__in=long_ago).delete()
    old = Letter.objects.filter(invitation__round__in=long_ago, link_hash__isnull=False)
    old.exclude(state=Letter.State.SENDING).update(link_hash=None)
    FormerLink.objects.filter(letter__invitation__round__in=long_ago).update(link_hash=None)
    a_year_ago = Round.objects.filter(ended_at__lt=Now() - FREE_TEXT)
    texts = Remark.objects.filter(question__round__in=a_year_ago).exclude(sealed="")
    texts.update(sealed="", shown="", state=Remark.State.WITHHELD)
    _forget_who_was_asked()


def _forget_who_was_asked() -> None:
    """First how many the letters didn't reach is written with the groups: the report stays."""
    years_ago = Round.objects.filter(ended_at__lt=Now() - ASKED)
    asked = years_ago.filter(pk__in=Invitation.objects.order_by().values("round"))
    # A box that waits for its key says of its answers from whom they are.
    for round in asked.exclude(pk__in=Dropped.objects.values("round")):
        with transaction.atomic():
            missed = missed_of([round])
            for group in round.groups.filter(missed__isnull=True):
                counted = dict(missed.get((round.pk, group.pk), {}))
                Group.objects.filter(pk=group.pk).update(missed=counted)
            letters = Letter.objects.filter(invitation__round=round)
            FormerLink.objects.filter(letter__in=letters).delete()
            letters.delete()
            round.invitations.all().delete()
