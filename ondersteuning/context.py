"""What every template may name."""
from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    return {"demo": settings.DEMO, "version": settings.VERSION}
