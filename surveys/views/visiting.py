"""How a page for who was asked is shown: in their language, and why nothing can be filled in.

The language that someone reads in goes along in a cookie that says nothing else: after the answer
is in, or the round is over, every page still speaks it.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.guessing import TooManyGuesses, count_guess
from surveys.models import Round
from surveys.parts import FIRST_LANGUAGE
from surveys.services.answering import DONE, Closed
from surveys.showing import Shown, phone_number
from surveys.wording import Wording

ROOT, TONGUE = "/enquete/", "enquete_taal"
GONE = 410


def keep_cookie(response: HttpResponse, name: str, value: str) -> None:
    """For these pages only, until the browser closes."""
    response.set_cookie(
        name, value, path=ROOT, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def in_their_language(request: HttpRequest, round: Round, audience: str, kept: str = "") -> Shown:
    """What they choose now goes before what was kept by their link, and that before what this
    browser read last."""
    wording = Wording(round)
    code = request.GET.get("taal") or kept or request.COOKIES.get(TONGUE)
    return Shown(wording, audience, wording.language(code))


def page_of(
    request: HttpRequest, template: str, shown: Shown, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "shown": shown,
        "say": shown.page,
        "language": shown.language,
        "languages": shown.wording.languages,
        **more,
    }
    response = render(request, template, context, status=status)
    if shown.language.code != request.COOKIES.get(TONGUE, FIRST_LANGUAGE):
        keep_cookie(response, TONGUE, shown.language.code)
    return response


def closed_page(request: HttpRequest, closed: Closed) -> HttpResponse:
    if closed.round is None:
        try:
            count_guess(request, "survey_link")
        except TooManyGuesses:
            return render(request, "429.html", status=429)
        return unknown_page(request, status=404)
    shown = in_their_language(request, closed.round, closed.audience)
    part = closed.state
    if part == DONE and request.resolver_match.url_name in ("survey_thanks", "survey_send"):
        part = "thanks"
    status = 200 if closed.state == DONE else GONE
    title, said = shown.page[f"{part}_title"], shown.page[part]
    words = {"title": title, "said": said, "calls": phone_number() in said}
    return page_of(request, "surveys/answering/closed.html", shown, status=status, **words)


def unknown_page(request: HttpRequest, *, status: int) -> HttpResponse:
    context = {"phone": settings.TEAM_PHONE}
    return render(request, "surveys/answering/unknown.html", context, status=status)
