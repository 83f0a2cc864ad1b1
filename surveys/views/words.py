"""Questions, languages and words of a round that hasn't started; and the round as it reads."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.typed import typed_in
from surveys.earlier import earlier_words
from surveys.forms.staff import AUDIENCES, NewLanguage, NewQuestion, Words, field_of
from surveys.models import Audience, Letter, Question, Round
from surveys.parts import FIRST_LANGUAGE, parts_of
from surveys.plain_dutch import faults
from surveys.services import questions as question_verbs
from surveys.services import texts as verbs
from surveys.services.texts import STARTED
from surveys.services.writing import words_of
from surveys.showing import Shown
from surveys.wording import Wording

from .one_round import draft, managed, tried


@require_http_methods(["GET", "HEAD", "POST"])
def survey_questions(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The questions in order, and the form to add one."""
    round = draft(request, round_id)
    typed = typed_in(request, "enquetevraag", about=round)
    form = NewQuestion(typed.data, initial=typed.initial())
    if typed.sent and form.is_valid():
        add = {**form.cleaned_data, "round": round, "by": request.user}
        if tried(form, lambda: question_verbs.add_question(**add)):
            messages.success(request, "De vraag staat erbij. Schrijf nu de woorden.")
            return typed.saved(redirect("survey_texts", round.pk, FIRST_LANGUAGE))
    wording = Wording(round)
    rows = [(one, _asked(one, wording)) for one in round.questions.all()]
    context = {"round": round, "form": form, "typed": typed, "rows": rows}
    return render(request, "surveys/questions.html", context)


def _asked(question: Question, wording: Wording) -> str:
    part = f"question.{question.key}"
    return wording.say(part, audience=Audience.PARENT, language=FIRST_LANGUAGE)


@require_POST
def survey_question(request: HttpRequest, round_id: UUID, question_id: UUID) -> HttpResponse:
    """Take a question away, or put it one place earlier."""
    round = draft(request, round_id)
    question = get_object_or_404(round.questions, pk=question_id)
    deed = question_verbs.drop_question if "weg" in request.POST else question_verbs.move_up
    return _done(
        request, "survey_questions", round, lambda: deed(question=question, by=request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def survey_languages(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The languages and what each still lacks, and the form to add one."""
    round = draft(request, round_id)
    form = NewLanguage(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data.pop("language_name")
        add = {**form.cleaned_data, "name": name, "round": round, "by": request.user}
        if tried(form, lambda: verbs.add_language(**add)):
            messages.success(request, "De taal staat erbij. Schrijf nu de woorden.")
            return redirect("survey_texts", round.pk, form.cleaned_data["code"])
    lacks = {language.pk: gaps for language, gaps in verbs.missing_texts(round)}
    rows = [(one, len(lacks.get(one.pk, []))) for one in round.languages.all()]
    context = {"round": round, "form": form, "rows": rows, "first": FIRST_LANGUAGE}
    return render(request, "surveys/languages.html", context)


@require_POST
def survey_language(request: HttpRequest, round_id: UUID, code: str) -> HttpResponse:
    """Leave a language out, or say whether a translator looked at it."""
    round = draft(request, round_id)
    language = get_object_or_404(round.languages, code=code)
    about = {"round": round, "language": language, "by": request.user}
    if "weg" in request.POST:
        return _done(request, "survey_languages", round, lambda: verbs.drop_language(**about))
    checked = language.to_be_checked
    return _done(
        request, "survey_languages", round, lambda: verbs.mark_checked(checked=checked, **about)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def survey_texts(request: HttpRequest, round_id: UUID, code: str) -> HttpResponse:
    """All words in one language, for everybody or for one audience; beside the Dutch."""
    round = draft(request, round_id)
    language = get_object_or_404(round.languages, code=code)
    audience = request.POST.get("voor", request.GET.get("voor", ""))
    if audience not in AUDIENCES:
        raise Http404("Deze groep is er niet.")
    parts, stands = parts_of(round.questions.all(), code), _stands(round, code, audience)
    version = verbs.version_of(round, code, audience)
    typed = typed_in(request, f"enquetetekst-{code}-{audience}", about=round)
    first = {field_of(part): stands.get(part.key, "") for part in parts}
    form = Words(
        typed.data, initial=typed.initial(**first, version=version), parts=parts, language=language
    )
    if typed.sent and form.is_valid():
        about = {"round": round, "language": language, "audience": audience}
        about |= {"seen": form.cleaned_data["version"], "by": request.user}
        if tried(form, lambda: verbs.change_texts(words=form.words(), **about)):
            messages.success(request, "De teksten zijn vastgelegd.")
            return typed.saved(redirect(f"{request.path}?voor={audience}"))
    stale = form.has_error("__all__", "stale")
    if stale:  # sent again: it was seen
        version, stands = verbs.version_of(round, code, audience), _stands(round, code, audience)
        form.data = {**form.data.dict(), "version": version}
    beside, earlier = _beside(round, code, audience), earlier_words(round, code, audience)
    rows = [
        {
            "field": form[name],
            "beside": beside.get(part.key, ""),
            "now": stands.get(part.key, "") if stale else "",
            "advice": faults(form[name].value() or "") if code == FIRST_LANGUAGE else [],
            "earlier": earlier.get(part.key),
        }
        for name, part in form.parts.items()
    ]
    context = {
        "round": round, "language": language, "audience": audience, "audiences": AUDIENCES,
        "form": form, "typed": typed, "rows": rows,
    }  # fmt: skip
    return render(request, "surveys/texts.html", context)


def _stands(round: Round, code: str, audience: str) -> dict[str, str]:
    rows = round.texts.filter(language=code, audience=audience)
    return dict(rows.values_list("part", "body"))


def _beside(round: Round, code: str, audience: str) -> dict[str, str]:
    """What counts when a field stays empty: the words for everybody. Elsewhere: the Dutch."""
    if code == FIRST_LANGUAGE:
        return _stands(round, code, "") if audience else {}
    return _stands(round, FIRST_LANGUAGE, "") | _stands(round, FIRST_LANGUAGE, audience)


@require_safe
def survey_preview(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The first and last page, the questions and the letters, as one audience reads them in one
    language."""
    round = managed(request, round_id)
    wording = Wording(round)
    audience = request.GET.get("voor") or Audience.PARENT
    if audience not in Audience.values:
        raise Http404("Deze groep is er niet.")
    language = wording.language(request.GET.get("taal"))
    shown = Shown(wording, audience, language)
    asked = [shown.question(one) for one in round.questions.all()]
    letters = [(kind.label, *words_of(kind, audience, wording)) for kind in Letter.Kind]
    context: dict[str, Any] = {
        "round": round, "audience": audience, "audiences": Audience.choices, "language": language,
        "languages": wording.languages, "shown": shown, "letters": letters,
        "questions": asked, "intro": shown.say("page.intro", total=len(asked)),
        "phone": settings.TEAM_PHONE,
    }  # fmt: skip
    return render(request, "surveys/preview.html", context)


def _done(request: HttpRequest, page: str, round: Round, deed: Any) -> HttpResponse:
    try:
        deed()
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        if refusal.code == STARTED:  # there is no such page any more
            return redirect("survey_round", round.pk)
    return redirect(page, round.pk)
