"""Letters that didn't arrive or may not have: no name, no address, no word of the server."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from facts.words import moment
from surveys.models import Letter
from surveys.services import letters as states
from surveys.services import settling

from .one_round import managed

LETTERS_A_PAGE = 50
CAUSES = {
    states.WORKER_GONE: "Het programma stopte tijdens het versturen.",
    states.LINE_BROKE: "De verbinding brak terwijl de mailserver de brief aannam.",
    states.RESTORED: "Er is een reservekopie teruggezet: deze brief is misschien al verstuurd. Is "
    "hij aangekomen, dan werkt de link erin toch niet meer; 'Opnieuw' geeft een nieuwe.",
    states.NOT_MADE: "Het programma kon de brief niet maken. Vraag de beheerder.",
    states.BAD_ADDRESS: "Het e-mailadres in het dossier klopt niet.",
    "bounced": "De mail kwam terug: het adres klopt niet meer, of de bus is vol.",
    "no_line": "De mailserver was niet te bereiken.",
}
DEEDS = {
    "aangekomen": (settling.arrived, "De brief staat als verstuurd."),
    "opnieuw": (settling.send_again, "De brief gaat opnieuw de deur uit."),
    "rusten": (settling.let_rest, "Afgehandeld."),
}
State = Letter.State


@require_safe
def survey_letters(request: HttpRequest, round_id: UUID) -> HttpResponse:
    round = managed(request, round_id)
    page = Paginator(settling.troubled(round), LETTERS_A_PAGE).get_page(request.GET.get("pagina"))
    rows = [
        {
            "letter": one,
            "cause": _cause(one),
            "at": moment(one.finished_at),
            "uncertain": one.state == State.UNCERTAIN,
            "again": one.state in (State.UNCERTAIN, State.REFUSED),
        }
        for one in page
    ]
    return render(request, "surveys/letters.html", {"round": round, "page": page, "rows": rows})


def _cause(letter: Letter) -> str:
    gave_up, _, code = letter.cause.partition(" ")
    if gave_up == states.GAVE_UP:
        return f"Na {letter.attempts} pogingen opgegeven. {_said(code, 'zei: later')}"
    return _said(letter.cause, "weigerde")


def _said(code: str, how: str) -> str:
    return CAUSES.get(code) or f"De mailserver {how} (code {code})."


@require_POST
def survey_letter(request: HttpRequest, round_id: UUID, letter_id: UUID) -> HttpResponse:
    """What someone decided about one."""
    round = managed(request, round_id)
    letter = get_object_or_404(Letter, pk=letter_id, invitation__round=round)
    deed, done = DEEDS.get(request.POST.get("doe", ""), (None, ""))
    try:
        if deed is None:
            raise ValidationError("Kies wat er met de brief moet gebeuren.")
        deed(letter, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
    return redirect("survey_letters", round.pk)
