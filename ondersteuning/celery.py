"""Celery only wakes someone up; the truth about work stands in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
app = Celery("ondersteuning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.worker_hijack_root_logger = False  # our own log, without the words of errors
app.autodiscover_tasks()
