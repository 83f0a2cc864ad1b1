"""The privacy officer reads free text before anyone else does, one by one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AccessLine
from accounts.sealing import CannotOpen
from surveys.door import REVIEW_REMARKS, must, note_shown
from surveys.forms.reviewing import ANOTHER_TEXT, Blacking
from surveys.marking import marked, take_apart
from surveys.models import Remark, Round
from surveys.piles import Pile, questions_in_words
from surveys.remarks import ERASED, SHUT, how_many, shown_of, words_of
from surveys.report.rounds import Stage, stages_of
from surveys.services import reviewing as verbs

REMARKS_A_PAGE = 50
PART = "vrije tekst"
DONE = {"vrijgeven": "Vrijgegeven.", "dicht": "Blijft dicht.", "terug": "Teruggenomen."}
State = Remark.State
NOT_YET = (
    "Er is nog niets te lezen. Wat mensen schreven komt hier te staan als van één groep twintig "
    "mensen hebben geantwoord, of na het einde van de ronde."
)
WHY_NOTHING = {
    Stage.RUNNING: NOT_YET,
    Stage.COUNTING: NOT_YET,
    Stage.TOO_FEW: "Minder dan tien mensen antwoordden. Wat ze schreven, leest niemand.",
    Stage.TOLD: "Niemand schreef een tekst.",
}


@require_safe
def survey_reviews(request: HttpRequest) -> HttpResponse:
    """Every round that was held, and what there is to read in it."""
    must(request, REVIEW_REMARKS, part="rondes")
    counts = how_many(Remark.objects.readable())
    held = Round.objects.exclude(state=Round.State.DRAFT)
    why = why_nothing([one for one in held if one.pk not in counts])
    rounds = [(one, counts.get(one.pk), why.get(one.pk)) for one in held]
    return render(request, "surveys/reviews.html", {"rounds": rounds})


@require_safe
def survey_remarks(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The pile: what is in it, and where to begin."""
    round = _held(request, round_id)
    pile = Pile.asked(round, request.GET)
    counts = how_many(Remark.objects.in_round(round)).get(round.pk)
    page = Paginator(pile.remarks, REMARKS_A_PAGE).get_page(request.GET.get("pagina"))
    note_shown(request, round, part=PART, ground=AccessLine.Ground.DUTY)
    context = {
        "round": round,
        "pile": pile,
        "page": page,
        "rows": [(_address(pile, one.pk), _words(one), one) for one in page],
        "questions": questions_in_words(round),
        "why_nothing": "" if counts else why_nothing([round])[round.pk],
        "states": [(one, one.label, counts[one]) for one in State] if counts else [],
    }
    return render(request, "surveys/remarks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_remark(request: HttpRequest, round_id: UUID, remark_id: UUID) -> HttpResponse:
    """One text, every word of which can be blacked out; and what becomes of it."""
    round = _held(request, round_id)
    pile = Pile.asked(round, request.GET)
    remarks = Remark.objects.in_round(round).select_related("question")
    remark = get_object_or_404(remarks, pk=remark_id)
    text = _text(remark)
    pieces = take_apart(text or "")
    if request.method == "POST":
        try:
            deed = _decided(request, remark, Blacking(request.POST, pieces=pieces))
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(_address(pile, remark.pk))
        return _onward(request, pile, remark, deed)
    note_shown(request, round, part=PART, ground=AccessLine.Ground.DUTY)
    around = pile.around(remark)
    found = marked(text) if text and remark.state != State.RELEASED else set()
    context = {
        "round": round,
        "pile": pile,
        "remark": remark,
        "form": Blacking(pieces=pieces),
        "text": text,
        "shut": SHUT,
        "shown": _words(remark),
        "pieces": [(one, one.place in found) for one in pieces],
        "question": questions_in_words(round)[remark.question.key],
        "around": around,
        "next": _address(pile, around.after),
        "previous": _address(pile, around.before),
    }
    return render(request, "surveys/remark.html", context)


def _decided(request: HttpRequest, remark: Remark, form: Blacking) -> str:
    """What was done with it as it stood on the page. Raises ValidationError."""
    deed = request.POST.get("doe", "")
    remark.state = request.POST.get("seen", "")
    if deed == "dicht":
        verbs.withhold(remark, by=request.user)
    elif deed == "terug":
        verbs.take_back(remark, by=request.user)
    elif deed != "vrijgeven":
        raise ValidationError("Kies wat er met deze tekst moet gebeuren.")
    elif _text(remark) is None:
        raise ValidationError(SHUT)
    elif not form.is_valid():
        raise ValidationError(ANOTHER_TEXT)
    else:
        verbs.release(remark, blacked_out=form.places(), by=request.user)
    return deed


def _onward(request: HttpRequest, pile: Pile, remark: Remark, deed: str) -> HttpResponse:
    """To the next of the pile; of what was decided the way back stays at hand."""
    back = _address(Pile(pile.round), remark.pk)
    if deed == "terug":
        messages.success(request, DONE[deed])
        return redirect(back)
    words = format_html('{} <a href="{}">Nog eens kijken</a>', DONE[deed], back)
    messages.success(request, words)
    everything = reverse("survey_remarks", args=[pile.round.pk]) + pile.query
    return redirect(_address(pile, pile.around(remark).after) or everything)


def why_nothing(rounds: list[Round]) -> dict[UUID, str]:
    """Of rounds in which there is nothing to read, in three queries."""
    erased = set(
        Remark.objects.erased().filter(question__round__in=rounds)
        .values_list("question__round", flat=True).distinct()
    )  # fmt: skip
    return {
        key: ERASED if key in erased else WHY_NOTHING[stage]
        for key, stage in stages_of(rounds).items()
    }


def _held(request: HttpRequest, round_id: UUID) -> Round:
    must(request, REVIEW_REMARKS, part=PART)
    return get_object_or_404(Round.objects.exclude(state=Round.State.DRAFT), pk=round_id)


def _address(pile: Pile, remark: UUID | None) -> str:
    """Of one remark, with the pile it is read in; '' of none."""
    return reverse("survey_remark", args=[pile.round.pk, remark]) + pile.query if remark else ""


def _text(remark: Remark) -> str | None:
    """As it was written; None where it doesn't open."""
    try:
        return words_of(remark)
    except CannotOpen:
        return None


def _words(remark: Remark) -> str:
    """As it stands in a list: what was released, or else what was written."""
    try:
        return shown_of(remark) or words_of(remark)
    except CannotOpen:
        return SHUT
