"""Celery only wakes someone up; the truth about work stands in PostgreSQL."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
app = Celery("ondersteuning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.worker_hijack_root_logger = False  # our own log, without the words of errors
app.autodiscover_tasks()


@worker_ready.connect
def say_that_the_worker_lives(**_: object) -> None:
    """From its main process, whatever its children are doing."""
    from reporting.services.heartbeats import Part, keep_beating  # not before Django is ready

    keep_beating(Part.WORKER)
