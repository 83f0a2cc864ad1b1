"""Where the text goes that someone is typing (static/js/concept.js)."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.services.drafts import discard_by_key, keep_draft

LONGEST_BODY = 1_000_000


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the text of one form. The answer says whether that worked; the page shows it."""
    try:
        content = _content(request.POST.get("content", ""))
        kept = keep_draft(key=request.POST.get("key", ""), content=content, by=request.user)
    except ValidationError as refusal:
        return JsonResponse({"error": refusal.messages[0]}, status=400)
    return JsonResponse({"kept": kept})


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the kept text away, and go back to the form as it stands."""
    try:
        discard_by_key(key=request.POST.get("key", ""), by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else "home")


def _content(text: str) -> dict[str, str | list[str]]:
    """The fields of a form: names with a text, or with several."""
    try:
        content = json.loads(text) if len(text) < LONGEST_BODY else None
    except ValueError:
        content = None
    if not isinstance(content, dict) or not all(_is_value(value) for value in content.values()):
        raise ValidationError("Dit is geen formulier.", code="form")
    return {name: _clean(value) for name, value in content.items()}


def _is_value(value: object) -> bool:
    many = value if isinstance(value, list) else [value]
    return all(isinstance(one, str) for one in many)


def _clean(value: str | list[str]) -> str | list[str]:
    """The database holds no NUL."""
    if isinstance(value, list):
        return [one.replace("\0", "") for one in value]
    return value.replace("\0", "")
