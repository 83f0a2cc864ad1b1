"""Where someone lands after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.roles import ROLES, VIEW_REPORTS


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page that this account may see, or else what the account is for."""
    if request.user.has_perm(VIEW_REPORTS):
        return redirect("reports")
    names = set(request.user.groups.values_list("name", flat=True))
    roles = [role for role in ROLES if role.name in names]
    return render(request, "home.html", {"roles": roles})
