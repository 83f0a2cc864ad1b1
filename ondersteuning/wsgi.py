"""The door for gunicorn. The addresses come from the environment (docs/beheer.md)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
os.environ.setdefault("OT_PAGE_WAITS", "5")  # seconds: who waits longer gets a page that says so
application = get_wsgi_application()
