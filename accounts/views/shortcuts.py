"""Single keys that do something: on, or off for whom they are in the way (WCAG 2.1.4)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Keep what this person chose, on every machine, and go back to the page."""
    user = request.user
    user.shortcuts = request.POST.get("keys") == "on"
    user._history_user, user._change_reason = user, "Sneltoetsen"
    user.save(update_fields=["shortcuts"])
    messages.success(request, f"De sneltoetsen staan {'aan' if user.shortcuts else 'uit'}.")
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else "home")
