"""The site as it is, without collected static files and without a second factor for who types."""

from ondersteuning.settings import *  # noqa: F403
from ondersteuning.settings import STORAGES

SECOND_FACTOR_SKIPPED_FOR = ("",)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
