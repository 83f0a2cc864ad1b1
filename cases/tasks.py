"""What workers are woken up for. One call, nothing else."""

from celery import shared_task

from cases.stored_files import folder


@shared_task(expires=3600)
def sweep_documents() -> None:
    """Files of documents whose page never came to an end."""
    folder.sweep()
