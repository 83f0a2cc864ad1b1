"""What workers are woken up for. Ids in, one call, nothing else."""

from celery import shared_task

from accounts import guessing, sessions
from accounts.access_log.heads import keep_head
from accounts.services import drafts, outbox, troubled_mail


@shared_task(expires=20)
def sweep_mail() -> None:
    """Woken by a new letter, and every twenty seconds for what a wake-up call missed."""
    outbox.send_waiting()


@shared_task(expires=3600)
def clear_what_ended() -> None:
    """Sessions, counts of guesses, drafts and texts of failed letters whose time is over."""
    sessions.clear_ended()
    guessing.clear_ended()
    drafts.clear_old()
    troubled_mail.wipe_old()


@shared_task(expires=3600)
def keep_access_log_head() -> None:
    """The head goes to its file, and to the log of this process for whoever collects that."""
    print(keep_head().as_line(), flush=True)
