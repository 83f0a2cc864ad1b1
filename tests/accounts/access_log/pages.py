"""A few pages as the application makes them, to see what becomes of them."""

import contextlib
import uuid

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from accounts.access_log import LogUnavailable, Refused, note
from accounts.models import Team

SECRET = "wat in het dossier staat"
FAMILY = uuid.UUID(int=1)
CHILD, MOTHER = uuid.UUID(int=2), uuid.UUID(int=3)
PAGE = {"action": "read", "object_type": "family", "purpose": "ondersteuning van een gezin"}


def _note(request: HttpRequest) -> None:
    note(
        actor=request.user,
        **PAGE,
        object_id=FAMILY,
        ground="own_case",
        subjects=[CHILD, MOTHER],
        request=request,
    )


@login_not_required
def shown(request: HttpRequest) -> HttpResponse:
    Team.objects.create(name="Team dat tijdens de pagina ontstond")
    _note(request)
    return HttpResponse(SECRET)


@login_not_required
def refused(request: HttpRequest, family: uuid.UUID) -> HttpResponse:
    Team.objects.create(name="Team dat wordt teruggedraaid")
    raise Refused(actor=request.user, **PAGE, object_id=family)


@login_not_required
def absent(request: HttpRequest) -> HttpResponse:
    _note(request)
    raise Http404


@login_not_required
def swallows(request: HttpRequest) -> HttpResponse:
    """A view that goes on as if nothing happened."""
    with contextlib.suppress(LogUnavailable):
        _note(request)
    return HttpResponse(SECRET)


@login_not_required
def breaks_its_transaction(request: HttpRequest) -> HttpResponse:
    """PostgreSQL answers the commit of such a transaction with a roll-back, and no error."""
    _note(request)
    with contextlib.suppress(DatabaseError):
        connection.cursor().execute("SELECT 1 / 0")
    return HttpResponse(SECRET)


@login_not_required
def rolls_back(request: HttpRequest) -> HttpResponse:
    _note(request)
    transaction.set_rollback(True)
    return HttpResponse(SECRET)


@login_not_required
def has_a_fault_of_its_own(request: HttpRequest) -> HttpResponse:
    _note(request)
    connection.cursor().execute("SELECT 1 / 0")
    return HttpResponse(SECRET)


@login_not_required
def loses_the_database(request: HttpRequest) -> HttpResponse:
    _note(request)
    connection.connection.close()
    return HttpResponse(SECRET)


urlpatterns = [
    path("shown/", shown),
    path("refused/<uuid:family>/", refused),
    path("absent/", absent),
    path("swallows/", swallows),
    path("breaks/", breaks_its_transaction),
    path("rolls-back/", rolls_back),
    path("own-fault/", has_a_fault_of_its_own),
    path("loses/", loses_the_database),
]
