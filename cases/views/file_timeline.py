"""The history of a family in sentences."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.access import visible_to
from cases.door import get_family_for
from cases.timeline.events import KINDS, events_of
from facts.words import moment

EVENTS_A_PAGE = 50


@require_safe
def timeline(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Newest first; of registrations that one may not see, nothing."""
    opened = get_family_for(request, family_id, part="tijdlijn")
    may_see = visible_to(request.user).filter(family=opened.family)
    asked = request.GET.get("soort", "")
    kinds = [asked] if asked in KINDS else list(KINDS)
    events = events_of(opened.family, may_see.values_list("registration_id", flat=True), kinds)
    page = Paginator(events, EVENTS_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "family": opened.family,
        "page": page,
        "lines": [(moment(event.at), event) for event in page],
        "kinds": [(slug, words) for slug, (words, _) in KINDS.items()],
        "asked": asked if asked in KINDS else "",
    }
    return render(request, "cases/timeline.html", context)
