"""What workers are woken up for. Ids in, one call, nothing else."""

from celery import shared_task

from accounts import guessing, sessions
from accounts.access_log.heads import keep_head
from accounts.services import drafts, outbox


@shared_task
def send_mail(number: str) -> None:
    mail = outbox.claim(number)
    if mail is not None:
        outbox.send(mail)


@shared_task(expires=20)
def sweep_mail() -> None:
    """Send what nobody sent, in this process: the broker may just have lost everything."""
    outbox.mark_abandoned()
    for number in outbox.waiting_for_work():
        send_mail(str(number))


@shared_task(expires=3600)
def clear_what_ended() -> None:
    """Sessions, counts of guesses and drafts whose time is over."""
    sessions.clear_ended()
    guessing.clear_ended()
    drafts.clear_old()


@shared_task(expires=3600)
def keep_access_log_head() -> None:
    """The head goes to its file, and to the log of this process for whoever collects that."""
    print(keep_head().as_line(), flush=True)
