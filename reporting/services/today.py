"""How things stand today: drawn once a day by itself, and whenever someone asks."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from facts.dates import AMSTERDAM
from facts.recording import instant_of_a_draw
from reporting.models import Comparison, Edition, ReportRun

from .running import request_run

LABEL = "Stand van de dag"
KEPT = timedelta(days=7)
State = ReportRun.State


def request_today(*, by: Any) -> ReportRun:
    """Ask for the figures of today; or those that are on their way already."""
    if coming := on_its_way():
        return coming
    known_on = instant_of_a_draw()
    today = known_on.astimezone(AMSTERDAM).date()
    last = last_edition()
    begins = last.period.last_day + timedelta(days=1) if last else today.replace(month=1, day=1)
    return request_run(
        period_start=min(begins, today),
        reference_date=today,
        known_on=known_on,
        label=LABEL,
        by=by,
        daily=True,
    )


def draw_once_a_day() -> ReportRun | None:
    """Asked every hour, so that a server that was off at night has them in the morning. None:
    those of today are there, or coming."""
    today = instant_of_a_draw().astimezone(AMSTERDAM).date()
    _clear(before=today - KEPT)
    there = ReportRun.objects.filter(daily=True, reference_date=today).exclude(state=State.FAILED)
    return None if there.exists() else request_today(by=None)


def on_its_way() -> ReportRun | None:
    coming = ReportRun.objects.filter(daily=True, state__in=[State.WAITING, State.RUNNING])
    return coming.defer("figures").first()


def last_drawn() -> ReportRun | None:
    return ReportRun.objects.filter(daily=True, state=State.DONE).order_by("-known_on").first()


def last_edition() -> Edition | None:
    """The one that holds now: of the newest period its last correction."""
    published = Edition.objects.filter(state=Edition.State.PUBLISHED, run__isnull=False)
    published = published.select_related("period").defer("hidden", "rules")
    return published.order_by("-period__last_day", "-number").first()


def _clear(before: date) -> None:
    """Those of earlier days have done their work, unless they were compared or kept as a file."""
    compared = Comparison.objects.filter(Q(earlier=OuterRef("pk")) | Q(later=OuterRef("pk")))
    old = ReportRun.objects.filter(daily=True, reference_date__lt=before)
    old.filter(~Exists(compared), files__isnull=True, editions__isnull=True).delete()
