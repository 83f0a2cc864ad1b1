"""What holds for each answer, whoever made it; and what no server starts with."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
CLOSED = {
    "Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}


def never_stored(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Pages about people are kept by nobody on the way. Static files say for themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def closed_to_others(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """What other sites, search engines and the browser itself may not do with an answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in CLOSED.items():
            response.setdefault(name, value)
        return response

    return middleware


def known_methods_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """TRACE, PUT and whatever someone makes up stop here: no page was written for them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def refuse_wrong_database(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """A server doesn't start on a database of the demo, nor on one that must still be migrated.

    Looks once, when the web server starts; then it steps aside.
    """
    if settings.HTTPS:
        try:
            faults = [*_demo_accounts(), *_waiting_migrations()]
        except OperationalError:
            faults = []  # no database at this moment: that is for the pages to say
        finally:
            connection.close()
        if faults:
            raise ImproperlyConfigured("De server start niet. " + " ".join(faults))
    raise MiddlewareNotUsed


def _demo_accounts() -> list[str]:
    from accounts.models import User  # not before Django is ready

    for ending in settings.DEMO_ADDRESSES:
        if User.objects.filter(email__endswith=ending, is_active=True).exists():
            return [f"In deze database staan accounts van de demo ({ending}): sluit ze eerst."]
    return []


def _waiting_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["De database is nog niet bijgewerkt: voer eerst `manage.py migrate` uit."]
    return []
