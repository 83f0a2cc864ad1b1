"""Pages about people are kept by nobody on the way."""
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def never_stored(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Every page that the application makes may not be stored. Static files don't come here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    return middleware
