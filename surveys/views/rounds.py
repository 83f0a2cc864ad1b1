"""Rounds: making one, its rules, who it would ask, and its steps from start to end."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Count, F, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AccessLine
from facts.words import short_day
from surveys.choosing import AT_SENDING, choose
from surveys.choosing.preview import addresses_changed, preview
from surveys.door import MANAGE_ROUNDS, must, note_shown
from surveys.forms.staff import NewRound, Rules
from surveys.models import Invitation, Letter, Remark, Response, Round
from surveys.models.rounds import SMALLEST_GROUP
from surveys.remarks import how_many
from surveys.report.rounds import Stage, stage_of
from surveys.services import moving
from surveys.services import rounds as verbs
from surveys.services.settling import troubled

from .one_round import draft, managed, tried


@require_http_methods(["GET", "HEAD", "POST"])
def surveys(request: HttpRequest) -> HttpResponse:
    """All rounds, and the form to begin one."""
    must(request, MANAGE_ROUNDS, part="rondes")
    form = NewRound(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: verbs.make_round(**form.cleaned_data, by=request.user))
        if made:
            return redirect("survey_round", made.pk)
    context = {"form": form, "rounds": [(one, _dates(one)) for one in Round.objects.all()]}
    return render(request, "surveys/rounds.html", context)


def _dates(round: Round) -> str:
    if round.is_draft:
        return ""
    begun, ended = _day(round.started_at), _day(round.ended_at)
    then = f"beëindigd op {ended}" if ended else f"antwoorden tot en met {short_day(round.ends_on)}"
    return f"gestart op {begun}, {then}"


def _day(moment: datetime | None) -> str:
    return short_day(timezone.localdate(moment)) if moment else ""


@require_safe
def survey_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Where a round stands, in numbers, and what can be done."""
    round = managed(request, round_id)
    context: dict[str, Any] = {"round": round, "languages": round.languages.all()}
    if round.is_draft:
        context["obstacles"] = verbs.obstacles_to(round, timezone.localdate())
    else:
        context |= _numbers(round)
    return render(request, "surveys/round.html", context)


def _numbers(round: Round) -> dict[str, Any]:
    """Of answers only whether there are enough to say how many."""
    invited = Invitation.objects.filter(round=round).aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(answered=True))
    )
    groups = list(round.groups.all())
    answered = invited["answered"]
    if not invited["all"]:  # who was asked is forgotten by now; how many isn't
        answered = Response.objects.filter(round=round).count()
    enough = answered >= SMALLEST_GROUP
    return {
        "invited": sum(group.invited for group in groups),
        "answered": answered if enough else None,
        "groups": groups,
        "last_day": _day(round.ended_at) or short_day(round.ends_on),
        "letters": list(_letters(round, reminders=enough)),
        "reminders_later": bool(round.reminded_at) and not enough,
        "new_addresses": addresses_changed(round),
        "troubled": troubled(round).count(),
        "remarks": _remarks(round),
        "shut": _shut(round),
    }


def _letters(round: Round, *, reminders: bool) -> Iterator[tuple[str, list]]:
    """Of each kind how many stand how; of what was not sent after all also why, from ten on: of one
    the reason would tell that they answered, or opted out. Of `reminders` only when it may be told
    how many answered: they went to the rest."""
    rows = Letter.objects.filter(invitation__round=round).annotate(
        why=Case(When(state=Letter.State.SKIPPED, then=F("cause")), default=Value(""))
    )
    counted = rows.values_list("kind", "state", "why").annotate(many=Count("pk")).order_by()
    kinds: dict[str, Counter[str]] = {kind: Counter() for kind in Letter.Kind}
    for kind, state, why, many in counted:
        told = why and many >= SMALLEST_GROUP
        label = f"Niet verstuurd: {AT_SENDING[why]}" if told else Letter.State(state).label
        kinds[kind][label] += many
    for kind, states in kinds.items():
        if states and (reminders or kind != Letter.Kind.REMINDER):
            yield Letter.Kind(kind).label, states.most_common()


def _shut(round: Round) -> str:
    """Why answers wait that would otherwise be counted; '' when none do."""
    waits = stage_of(round) in (Stage.RUNNING, Stage.COUNTING)
    return moving.SHUT_BOX if waits and not moving.opens(round) else ""


def _remarks(round: Round) -> dict[str, int] | None:
    """How many texts in each state: from when there is a report, and of what it tells."""
    told = stage_of(round) == Stage.TOLD
    return how_many(Remark.objects.told_in(round)).get(round.pk) if told else None


@require_http_methods(["GET", "HEAD", "POST"])
def survey_rules(request: HttpRequest, round_id: UUID) -> HttpResponse:
    round = draft(request, round_id)
    stands = {name: getattr(round, name) for name in Rules.names()}
    form = Rules(request.POST or None, initial=stands | {"version": verbs.version_of(round)})
    if request.method == "POST" and form.is_valid():
        rules = {**form.cleaned_data}
        about = {"round": round, "seen": rules.pop("version"), "by": request.user}
        if tried(form, lambda: verbs.change_rules(**about, **rules)):
            messages.success(request, "De regels zijn vastgelegd.")
            return redirect("survey_who", round.pk)
    now: list[tuple[str, str]] = []
    if form.has_error("__all__", "stale"):  # sent again: it was seen
        round.refresh_from_db()
        form.data = {**form.data.dict(), "version": verbs.version_of(round)}
        now = form.otherwise(round)
    return render(request, "surveys/rules.html", {"round": round, "form": form, "now": now})


@require_safe
def survey_who(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Numbers and a sample without names; and of who is left out why, and since when."""
    round = draft(request, round_id)
    note_shown(request, round, part="vooraf", ground=AccessLine.Ground.COUNTS)
    found = choose(round, today=timezone.localdate())
    context = {"round": round, "preview": preview(found, now=timezone.now())}
    return render(request, "surveys/who.html", context)


class Step(NamedTuple):
    """A deed without a way back: asked once more on a page of its own."""

    title: str
    button: str
    warning: str
    stands: Round.State
    done: str


STEPS = {
    "starten": Step(
        "Ronde starten",
        "Starten en uitnodigen",
        "De uitnodigingen gaan meteen de deur uit. Vragen, teksten en regels liggen dan vast.",
        Round.State.DRAFT,
        "De ronde loopt. De uitnodigingen gaan nu de deur uit.",
    ),
    "herinneren": Step(
        "Herinnering sturen",
        "Eén keer herinneren",
        "Wie nog niet antwoordde, krijgt één herinnering. Vaker kan niet.",
        Round.State.RUNNING,
        "De herinneringen gaan nu de deur uit.",
    ),
    "beeindigen": Step(
        "Ronde beëindigen",
        "Beëindigen",
        "Daarna kan niemand meer antwoorden. De ronde kan niet opnieuw open.",
        Round.State.RUNNING,
        "De ronde is beëindigd.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def survey_step(request: HttpRequest, round_id: UUID, step: str) -> HttpResponse:
    """Asked once more, and done. Of two who press at once, or twice, the second hears it."""
    round, what = managed(request, round_id), STEPS.get(step)
    can_be_taken = what is not None and round.state == what.stands
    if what is None or not (can_be_taken or request.method == "POST"):
        raise Http404("Deze stap kan nu niet.")
    faults: list[str] = []
    if request.method == "POST":
        try:
            _take(step, round, request)
        except ValidationError as refusal:
            faults = refusal.messages
            if not can_be_taken:
                messages.error(request, faults[0])
                return redirect("survey_round", round.pk)
        else:
            messages.success(request, what.done)
            return redirect("survey_round", round.pk)
    context = {"round": round, "step": what, "faults": faults}
    return render(request, "surveys/step.html", context, status=422 if faults else 200)


def _take(step: str, round: Round, request: HttpRequest) -> None:
    if step == "starten":
        verbs.start(round=round, by=request.user, today=timezone.localdate())
    elif step == "herinneren":
        verbs.remind(round=round, by=request.user)
    else:
        verbs.end(round=round, by=request.user)
