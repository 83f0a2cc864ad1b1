"""The report of a round, for who reads reports and supports no family; each reading is logged."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.models import AccessLine
from accounts.roles import may
from surveys.door import MANAGE_ROUNDS, READ_SURVEY_REPORT, must, note_shown
from surveys.models import Round
from surveys.report.documents import FORMS
from surveys.report.rounds import Stage, stage_of, stages_of, told_report
from surveys.report.series import through_rounds
from surveys.report.tables import meanings_of, tables_of
from surveys.services.moving import SHUT_BOX, opens

PART = "rapport"


@require_safe
def survey_reports(request: HttpRequest) -> HttpResponse:
    """Of which rounds there is a report; and from two on the key figures through the rounds."""
    must(request, READ_SURVEY_REPORT, part="rapporten")
    started = Round.objects.exclude(state=Round.State.DRAFT)
    stages = stages_of(started)
    rounds = [(one, stages[one.pk]) for one in started]
    series = through_rounds(started, stages)
    if series:
        note_shown(request, None, part="door de rondes heen", ground=AccessLine.Ground.COUNTS)
    return render(request, "surveys/reports.html", {"rounds": rounds, "series": series})


@require_safe
def survey_report(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The report; while there is none, why."""
    round = _started(request, round_id)
    report = told_report(round)
    context = {"round": round, "manages": may(request.user, MANAGE_ROUNDS)}
    if report is None:
        context["stage"] = stage = stage_of(round)
        context["shut"] = SHUT_BOX if stage == Stage.COUNTING and not opens(round) else ""
        return render(request, "surveys/no_report.html", context)
    note_shown(request, round, part=PART, ground=AccessLine.Ground.COUNTS)
    context |= {
        "report": report,
        "sections": [tables_of(one) for one in report.sections],
        "meanings": meanings_of(report),
        "forms": FORMS.values(),
    }
    return render(request, "surveys/report.html", context)


@require_safe
def survey_report_file(request: HttpRequest, round_id: UUID, extension: str) -> HttpResponse:
    """Made while one waits: each takes less than a second (docs/enquetes.md)."""
    round, form = _started(request, round_id), FORMS.get(extension)
    if form is None:
        raise Http404("Deze vorm bestaat niet.")
    report = told_report(round)
    if report is None:
        return redirect("survey_report", round.pk)
    export = AccessLine.Action.EXPORT
    note_shown(request, round, part=PART, ground=AccessLine.Ground.COUNTS, action=export)
    name = f"enquete-{slugify(round.name) or round.pk}.{extension}"
    return HttpResponse(
        form.make(report),
        content_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _started(request: HttpRequest, round_id: UUID) -> Round:
    must(request, READ_SURVEY_REPORT, part=PART)
    return get_object_or_404(Round.objects.exclude(state=Round.State.DRAFT), pk=round_id)
