"""What is kept no longer than it is needed (docs/privacy.md)."""

from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import Now

from surveys.models import ClosedLink, Dropped, Letter, Progress, Remark, Round
from surveys.models.rounds import SMALLEST_GROUP

# After the end of the round, which is when its report is whole.
HALF_FILLED_IN, LINKS, FREE_TEXT = timedelta(days=7), timedelta(days=30), timedelta(days=365)


def clear_old() -> None:
    """What was half filled in, what lay in the box of a round with too few answers (unread), and
    then the hashes of the links; and a year later free text, also what was released. That something
    was written is still counted."""
    ended = Round.objects.filter(ended_at__lt=Now() - HALF_FILLED_IN)
    Progress.objects.filter(round__in=ended).delete()
    # Of one with ten or more a text doesn't open (moving): it waits for its key.
    boxes = Dropped.objects.filter(round__in=ended).order_by().values("round")
    too_few = boxes.annotate(many=Count("pk")).filter(many__lt=SMALLEST_GROUP)
    Dropped.objects.filter(round__in=too_few.values("round")).delete()
    long_ago = Round.objects.filter(ended_at__lt=Now() - LINKS)
    ClosedLink.objects.filter(round__in=long_ago).delete()
    letters = Letter.objects.filter(invitation__round__in=long_ago)
    letters.filter(unsubscribe_hash__isnull=False).exclude(state=Letter.State.SENDING).update(
        link_hash=None, unsubscribe_hash=None
    )
    a_year_ago = Round.objects.filter(ended_at__lt=Now() - FREE_TEXT)
    texts = Remark.objects.filter(question__round__in=a_year_ago).exclude(sealed="")
    texts.update(sealed="", shown="", state=Remark.State.WITHHELD)
