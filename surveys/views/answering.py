"""The pages of who was asked: no account, no session, nothing remembered.

The first visit takes the link out of the address and into a cookie that only these pages get. A
mail scanner may open them all and press the first button of each: nothing is used up, and nothing
is sent in where nothing was chosen (T49, T50).
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from surveys.links import cleaned, mark_of
from surveys.models import Question
from surveys.services import answering
from surveys.services.answering import LONGEST_REMARK, Closed, Opened
from surveys.showing import Asked, Shown

from .visiting import ROOT, closed_page, in_their_language, keep_cookie, page_of, unknown_page

COOKIE = "enquete"
NOTHING_CHOSEN = "kies"
MARK = "van"  # of the link by which a form was opened
A_TONGUE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
# Control characters but for tab and new line, and those that set the direction of what follows.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@require_safe
@login_not_required
def survey_link(request: HttpRequest, link: str) -> HttpResponse:
    """Out of the address, whatever it is worth. A letter has one for each language (`?taal=ar`)."""
    taal = request.GET.get("taal", "")
    response = redirect(f"{ROOT}?taal={taal}" if A_TONGUE.fullmatch(taal) else ROOT)
    keep_cookie(response, COOKIE, cleaned(link))
    return response


def with_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view what the link opens; of a link that opens nothing a page says why."""

    @login_not_required
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = request.COOKIES.get(COOKIE, "")
        if request.POST.get(MARK, mark_of(link)) != mark_of(link):
            return unknown_page(request, status=409)  # someone else's link was opened here since
        try:
            opened = answering.open_link(link, today=timezone.localdate())
            return view(request, opened, *args, **kwargs)
        except Closed as closed:
            return closed_page(request, closed)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def survey_start(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What it is about, who sees it, in which language, and whom to call instead."""
    content = answering.kept(opened, to_change=request.method == "POST")
    if request.method == "POST":
        content["language"] = request.POST.get("taal", "")[:10]
        answering.keep(opened, content)
        return redirect("survey_ask", 1)
    shown = _shown(request, opened, content["language"])
    return page_of(
        request,
        "surveys/answering/start.html",
        shown,
        mark=mark_of(opened.link),
        intro=shown.say("page.intro", total=opened.round.questions.count()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def survey_ask(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """One question. Everything may be skipped; back keeps what was filled in."""
    questions = list(opened.round.questions.all())
    if not 1 <= number <= len(questions):
        return redirect("survey_start")
    content = answering.kept(opened, to_change=request.method == "POST")
    shown, question = _shown(request, opened, content["language"]), questions[number - 1]
    if request.method == "POST":
        said = None if "overslaan" in request.POST else _said(request, shown.question(question))
        if said is None and "verder" in request.POST and question.kind != Question.Kind.TEXT:
            # Told by a page that was asked for: after one that was sent, Back breaks.
            return redirect(f"{request.path}?{NOTHING_CHOSEN}")
        _remember(opened, content, question, said)
        return _onward(request, number, len(questions))
    answer = content["answers"].get(str(question.pk), {})
    return page_of(
        request,
        "surveys/answering/ask.html",
        shown,
        mark=mark_of(opened.link),
        asked=shown.question(question),
        number=number,
        count=shown.say("page.count", number=number, total=len(questions)),
        answer=answer,
        wrong=NOTHING_CHOSEN in request.GET and not answer,
        longest=LONGEST_REMARK,
    )


def _said(request: HttpRequest, asked: Asked) -> dict[str, Any] | None:
    """What was chosen, and no more than can be chosen."""
    kind, sent = asked.question.kind, request.POST.getlist("antwoord")
    if kind == Question.Kind.TEXT:
        text = _plain(sent[0] if sent else "")[:LONGEST_REMARK]
        return {"text": text} if text else None
    possible = [one.value for one in asked.choices]
    chosen = [one for one in possible if one in sent]
    if not chosen:
        return None
    if kind == Question.Kind.SCALE:
        return {"number": int(chosen[0])}
    return {"options": chosen if kind == Question.Kind.SEVERAL else chosen[:1]}


def _plain(text: str) -> str:
    """As it was typed: with a new line as the browser counts it, and without what can't be seen
    and turns round what is read after it."""
    return INVISIBLE.sub("", text.replace("\r\n", "\n")).strip()


def _remember(opened: Opened, content: dict, question: Question, said: dict | None) -> None:
    content["answers"].pop(str(question.pk), None)
    if said is not None:
        content["answers"][str(question.pk)] = said
    answering.keep(opened, content)


def _onward(request: HttpRequest, number: int, total: int) -> HttpResponse:
    if "terug" in request.POST:
        return redirect("survey_ask", number - 1) if number > 1 else redirect("survey_start")
    return redirect("survey_ask", number + 1) if number < total else redirect("survey_send")


@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def survey_send(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Sent in on purpose, and only when something was filled in."""
    content = answering.kept(opened, to_change=request.method == "POST")
    if request.method == "POST":
        if content["answers"]:
            answering.send_in(opened, content["answers"])
            return redirect("survey_thanks")
        # Of a double press the second waited for the first, which sent all in: that one is told.
        answering.open_link(opened.link, today=timezone.localdate())
    shown = _shown(request, opened, content["language"])
    last = opened.round.questions.count()
    return page_of(
        request,
        "surveys/answering/send.html",
        shown,
        mark=mark_of(opened.link),
        empty=not content["answers"],
        last=last,
    )


@require_safe
@with_link
def survey_thanks(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who comes here with an answer in the box doesn't reach this line: see `closed_page`."""
    return redirect("survey_start")


@csrf_exempt  # who has the link is whom it is about: no cookie proves more
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def survey_unsubscribe(request: HttpRequest, link: str) -> HttpResponse:
    """One step: by the button, or by the mail program itself (RFC 8058)."""
    try:
        invitation = answering.invitation_to_leave(cleaned(link))
    except Closed as closed:
        return closed_page(request, closed)
    if request.method == "POST":
        (answering.opt_in if "toch" in request.POST else answering.opt_out)(invitation)
    shown = in_their_language(request, invitation.round, invitation.audience)
    stopped = answering.has_opted_out(invitation)
    return page_of(request, "surveys/answering/stop.html", shown, stopped=stopped)


def _shown(request: HttpRequest, opened: Opened, kept: str) -> Shown:
    return in_their_language(request, opened.round, opened.audience, kept)
