"""The site with pages that somebody might write one day; each has one fault to be caught."""

import logging
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Team
from cases.access import ground_of
from cases.door import get_family_for
from cases.models import Family, FamilyMember
from ondersteuning.urls import urlpatterns as of_the_site


def names_of(family_id: UUID) -> HttpResponse:
    members = FamilyMember.objects.filter(family=family_id).select_related("person")
    return HttpResponse(", ".join(member.person.last_name for member in members))


@require_safe
def without_the_door(request: HttpRequest, family_id: UUID) -> HttpResponse:
    return names_of(family_id)


@require_safe
def without_a_line(request: HttpRequest, family_id: UUID) -> HttpResponse:
    if ground_of(request.user, Family.objects.get(pk=family_id)) is None:
        raise Http404
    return names_of(family_id)


@require_safe
def in_a_header(request: HttpRequest, family_id: UUID) -> HttpResponse:
    names = names_of(family_id).content.decode()
    return HttpResponse(status=404, headers={"X-Family": names})


@require_safe
def in_the_technical_log(request: HttpRequest, family_id: UUID) -> HttpResponse:
    get_family_for(request, family_id)
    logging.getLogger(__name__).info("opened %s", names_of(family_id).content)
    return HttpResponse("")


@require_safe
def writes_on_reading(request: HttpRequest, family_id: UUID) -> HttpResponse:
    get_family_for(request, family_id)
    Team.objects.create(name="Team Bijwerking")
    return HttpResponse("")


@require_safe
@login_not_required
def for_passers_by(request: HttpRequest, family_id: UUID) -> HttpResponse:
    return HttpResponse("") if request.user.is_anonymous else _through(request, family_id)


@require_safe
def kept_on_the_way(request: HttpRequest, family_id: UUID) -> HttpResponse:
    response = _through(request, family_id)
    response["Cache-Control"] = "max-age=3600"
    return response


@require_safe
def tells_that_it_exists(request: HttpRequest, family_id: UUID) -> HttpResponse:
    there = Family.objects.filter(pk=family_id).exists()
    if there and ground_of(request.user, family_id) is None:
        return HttpResponse("Dit dossier is niet van jou.", status=404)
    return _through(request, family_id)


@require_safe
def a_fragment_alike(request: HttpRequest, family_id: UUID) -> HttpResponse:
    get_family_for(request, family_id)
    return HttpResponse("<p>deel</p>" if request.htmx else "<!DOCTYPE html><p>geheel</p>")


@csrf_exempt
@require_POST
def without_a_token(request: HttpRequest, family_id: UUID) -> HttpResponse:
    return _through(request, family_id)


def _through(request: HttpRequest, family_id: UUID) -> HttpResponse:
    get_family_for(request, family_id)
    return HttpResponse("")


FAULTY = [
    without_the_door,
    without_a_line,
    in_a_header,
    in_the_technical_log,
    writes_on_reading,
    for_passers_by,
    kept_on_the_way,
    tells_that_it_exists,
    a_fragment_alike,
    without_a_token,
]
urlpatterns = [
    *of_the_site,
    *(path(f"{view.__name__}/<uuid:family_id>/", view, name=view.__name__) for view in FAULTY),
]
