"""Is everything alive? For an administrator in words, for a monitor as a word each.

Both read rows only: whatever hangs, these pages don't hang with it.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import MANAGE_PEOPLE, may
from reporting.services.heartbeats import signs, work_that_waits

ALIVE, SILENT = "ok", "silent"


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    if not may(request.user, MANAGE_PEOPLE):
        raise PermissionDenied
    context = {"signs": signs(), "waiting": work_that_waits()}
    return render(request, "reporting/health.html", context)


@require_safe
@login_not_required
@transaction.non_atomic_requests
def health_plain(request: HttpRequest) -> HttpResponse:
    """Nothing but a word each; 503 when one of them isn't 'ok'."""
    try:
        said = {"database": ALIVE} | {one.part: ALIVE if one.alive else SILENT for one in signs()}
    except DatabaseError:
        said = {"database": SILENT}
    return JsonResponse(said, status=200 if set(said.values()) == {ALIVE} else 503)
