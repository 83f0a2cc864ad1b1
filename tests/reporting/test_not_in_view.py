"""What Vandaag calls not in view is what the figures count as not in view, file by file."""

from collections import defaultdict
from datetime import date
from uuid import UUID

import pytest
from django.db.models import Q

from cases.caseload.missing import missing_in
from cases.generating.generate import generate_families
from cases.in_view import BLANKS, COMPOSITION, ROLE, Blank
from cases.models import Applicant, Family, FamilyMember, Placement
from cases.services import correct
from facts.dates import Dates
from reporting.figures import REPORT, Breakdown

TODAY = date(2024, 7, 31)
DATES = Dates.by_day(date(2024, 5, 1), TODAY, date.today())
# Says of itself that it is known: the database refuses a status without its reason.
NEVER_BLANK = {"registrations.never_started_reason", "registrations.closing_reason"}


def breakdowns() -> dict[str, Breakdown]:
    return {
        figure.key: figure for figure in REPORT if isinstance(figure, Breakdown) and figure.unknown
    }


def test_every_breakdown_with_a_part_not_in_view_has_its_words():
    told = [key for blank in BLANKS for key in blank.figures]
    assert sorted([*told, *NEVER_BLANK]) == sorted(breakdowns())


@pytest.mark.django_db
def test_file_by_file_both_find_the_same():
    generate_families(registrations=250, seed=11)
    for spell in Placement.objects.standing().filter(ended_on=None)[:20]:  # else all are known
        correct(spell, by=None, reason="Toch niet bekend", residence=None)
    families = set(Family.objects.values_list("pk", flat=True))
    found: dict[Blank, set[UUID]] = defaultdict(set)
    for blanks in missing_in(families, TODAY).values():
        for blank, ids in blanks.items():
            found[blank] |= ids
    for blank in BLANKS:
        (key,) = blank.figures
        assert found[blank] == counted(key, blank), key
    assert [blank.code for blank in BLANKS if not found[blank]] == []


def counted(key: str, blank: Blank) -> set[UUID]:
    """What the figure counts as not in view; of a role only what can be filled in."""
    figure = breakdowns()[key]
    unit = "family_id" if blank is COMPOSITION else figure.rows.id
    rows = figure.rows.read(DATES).filter(figure.where, **{f"{figure.by}__isnull": True})
    ids = set(rows.values_list(unit, flat=True))
    return ids & without_a_role() if blank is ROLE else ids


def without_a_role() -> set[UUID]:
    roleless = FamilyMember.objects.filter(role="").values("person")
    applicants = Applicant.objects.filter(Q(person__in=roleless))
    return set(applicants.values_list("registration_id", flat=True))
