"""Judging emergency access: what waits, what is late, and what was said of the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access_log import note
from accounts.models import AccessLine
from accounts.roles import READ_ACCESS_LOG, may
from accounts.typed import typed_in
from cases.door import must, people_of
from cases.forms.emergency import JudgeEmergency
from cases.models import EmergencyAccess, Family, Intake
from cases.services.emergency import JUDGE_EMERGENCY, judge, judge_before, judged_by
from facts.words import day, moment

LATEST_JUDGED = 25
OVERSIGHT = "Toezicht op noodtoegang"


@dataclass(frozen=True)
class InWords:
    """An emergency access as the page shows it."""

    access: EmergencyAccess
    family: Family
    opened: str
    judge_before: str
    late: bool
    judged: str


@require_safe
def judge_emergencies(request: HttpRequest) -> HttpResponse:
    """What still has to be judged, the first to be late on top; below it what was judged."""
    must(request, JUDGE_EMERGENCY, what="noodtoegang")
    own = judged_by(request.user).select_related("user", "registration", "judged_by")
    waiting = in_words(own.filter(judged_at__isnull=True).order_by("begins_at"))
    judged = in_words(own.filter(judged_at__isnull=False).order_by("-judged_at")[:LATEST_JUDGED])
    _note(request, [*waiting, *judged], "lijst")
    return render(request, "cases/emergencies.html", {"waiting": waiting, "judged": judged})


@require_http_methods(["GET", "HEAD", "POST"])
def judge_emergency(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Whether it was right."""
    must(request, JUDGE_EMERGENCY, what="noodtoegang", part="oordeel")
    own = judged_by(request.user).filter(judged_at__isnull=True).select_related("user")
    access = get_object_or_404(own.select_related("registration", "judged_by"), pk=access_id)
    typed = typed_in(request, "oordeel", about=access)
    form = JudgeEmergency(typed.data, initial=typed.initial())
    if typed.sent and form.is_valid():
        try:
            judge(access=access, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("note" if error.code == "note" else None, error)
        else:
            messages.success(request, "Je oordeel staat erbij.")
            return typed.saved(redirect("judge_emergencies"))
    (shown,) = in_words([access])
    _note(request, [shown], "oordeel")
    context = {"one": shown, "form": form, "typed": typed}
    return render(request, "cases/emergency_judge.html", context)


def in_words(accesses: Iterable[EmergencyAccess]) -> list[InWords]:
    """One query more: the families of them all."""
    accesses = list(accesses)
    intakes = Intake.objects.standing().filter(
        registration__in=[access.registration_id for access in accesses]
    )
    families = {one.registration_id: one.family for one in intakes.select_related("family")}
    today = timezone.localdate()
    return [
        InWords(
            access=access,
            family=families[access.registration_id],
            opened=moment(access.begins_at),
            judge_before=day(judge_before(access)),
            late=access.judged_at is None and judge_before(access) < today,
            judged=moment(access.judged_at) if access.judged_at else "",
        )
        for access in accesses
    ]


def _note(request: HttpRequest, shown: list[InWords], part: str) -> None:
    """The reasons may name people: everybody in these files counts as shown."""
    officer = may(request.user, READ_ACCESS_LOG)
    note(
        actor=request.user,
        action=AccessLine.Action.READ,
        object_type="noodtoegang",
        part=part,
        subjects=people_of(one.family.pk for one in shown),
        ground=AccessLine.Ground.DUTY if officer else AccessLine.Ground.TEAM,
        purpose=OVERSIGHT,
        request=request,
    )
