"""The door for gunicorn. The addresses come from the environment (docs/beheer.md)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
application = get_wsgi_application()
