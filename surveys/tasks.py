"""What workers are woken up for. One call, nothing else."""

from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from surveys.bounces import came_back_in
from surveys.services import clearing, moving, rounds, sending


@shared_task(expires=20)
def sweep_letters() -> None:
    """Letters whose time has come."""
    sending.send_waiting(today=timezone.localdate())


@shared_task(expires=600)
def note_bounces() -> None:
    """What came back, where a folder of it is named. Reading it twice says nothing new."""
    if settings.BOUNCES:
        for one in came_back_in(Path(settings.BOUNCES)):
            sending.note_bounce(one.number, at=one.at)


@shared_task(expires=60)
def empty_boxes() -> None:
    """Marks of who answered, and then apart what was said; rounds that are over end first, and
    what nobody needs any more goes."""
    try:
        rounds.end_what_is_over(timezone.localdate())
        moving.empty_boxes()
    finally:  # whatever went wrong before: nothing is kept longer than it may be
        clearing.clear_old()
