"""Where someone lands after signing in, what the demo mailed, and a page that went wrong."""

import sys

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from accounts.roles import READ_ACCESS_LOG, ROLES, VIEW_REPORTS, may
from ondersteuning.demo import letterbox

RETRY_AFTER = "10"  # seconds
PUBLIC = ("/enquete/", "/aanmelden/")  # for whom there is no administrator to call
# In this order: where the work of a role begins.
FIRST_PAGES = (
    ("cases.support_families", "today"),
    ("cases.manage_team", "team"),
    (VIEW_REPORTS, "reports"),
    (READ_ACCESS_LOG, "access_log"),
    ("accounts.manage_people", "people"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page that this account may see, or else what the account is for."""
    for permission, page in FIRST_PAGES:
        if may(request.user, permission):
            return redirect(page)
    names = set(request.user.groups.values_list("name", flat=True))
    roles = [role for role in ROLES if role.name in names]
    return render(request, "home.html", {"roles": roles})


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """In the demo letters become files: here they are read. On a server there is no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo_mail.html", {"letters": letterbox.letters()})


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Where the database doesn't answer, or not in time, that is what it says: it passes."""
    if not isinstance(sys.exc_info()[1], OperationalError):
        return server_error(request)
    public = request.path.startswith(PUBLIC)
    page = render_to_string("503.html", {"phone": settings.TEAM_PHONE if public else ""})
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})
