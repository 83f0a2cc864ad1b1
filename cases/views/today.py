"""Vandaag: where the day of a process supervisor begins."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Employment
from cases.caseload.first import first_of, offers_in_words
from cases.caseload.mine import Case, cases_of
from cases.caseload.missing import Missing, in_words, missing_in
from cases.caseload.tasks import tasks_of
from cases.door import must, note_list
from cases.in_view import Blank
from cases.scope import Scope

MOST_BLANKS = 8  # families named at once; the rest behind a click


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What comes first, my families, and what is not in view of them."""
    must(request, "cases.support_families", what="vandaag")
    day = timezone.localdate()
    scope = Scope.of(request.user)
    cases = cases_of(scope)
    tasks = tasks_of(scope, cases, day)
    missing = missing_in({case.family_id for case in cases}, day)
    note_list(request, {one.family_id for one in [*cases, *tasks]}, part="vandaag", scope=scope)
    own = sum(case.own for case in cases)
    blanks = _blanks(cases, missing)
    context = {
        "first": first_of(cases, tasks, day),
        "offers": offers_in_words(request.user),
        "rows": [_row(case, day) for case in cases],
        "own": own,
        "per_fte": _per_fte(request.user, own, day),
        "weeks": settings.WEEKS_WITHOUT_CONTACT,
        "blank": in_words(_together(missing)),
        "blanks": blanks[:MOST_BLANKS],
        "more_blanks": blanks[MOST_BLANKS:],
    }
    return render(request, "cases/today.html", context)


def _row(case: Case, day: date) -> dict[str, Any]:
    days = case.days_since_contact(day)
    return {
        "case": case,
        "since": case.contact_words(day),
        "long": case.supported and days > 7 * settings.WEEKS_WITHOUT_CONTACT,
    }


def _per_fte(user: Any, own: int, day: date) -> str:
    """'26', or nothing for who has no employment."""
    fte = (
        Employment.objects.standing()
        .open_on(day)
        .filter(supervisor=user, fte__gt=0)
        .values_list("fte", flat=True)
        .first()
    )
    return f"{own / fte:.0f}" if fte else ""


def _blanks(cases: list[Case], missing: Missing) -> list[tuple[UUID, str, list[str]]]:
    """Family, number and what is blank; the most blank first."""
    numbers = {case.family_id: case.family for case in cases}
    lines = [(pk, numbers[pk], in_words(blanks)) for pk, blanks in missing.items()]
    return sorted(lines, key=lambda line: (-len(line[2]), line[1]))


def _together(missing: Missing) -> dict[Blank, set[UUID]]:
    all_of: dict[Blank, set[UUID]] = {}
    for blanks in missing.values():
        for blank, ids in blanks.items():
            all_of.setdefault(blank, set()).update(ids)
    return all_of
