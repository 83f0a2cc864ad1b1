"""What is missing in the files of an edition: of how many the figures will say 'niet in beeld'.

What counts as missing is said in one place (cases.in_view, cases.caseload.missing), which a test
holds against the figures themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cases.access import visible_to
from cases.caseload.missing import missing_in
from cases.in_view import BLANKS, Blank
from cases.models import Family
from reporting.figures import REPORT


@dataclass(frozen=True)
class Gap:
    """`files`: the families with something missing; `units`: of how many registrations, parents or
    children together. `theme`: the chapter of the figure that shows it."""

    blank: Blank
    theme: str
    label: str
    files: frozenset[UUID]
    units: int


def gaps_among(families: Iterable[UUID], day: date) -> list[Gap]:
    """In the order of the chapters; what isn't missing anywhere stands there with nought. Six
    queries."""
    missing = missing_in(families, day)
    return [_gap(blank, missing) for blank in sorted(BLANKS, key=_place)]


def families_of(user: Any, *, all_of_them: bool) -> set[UUID]:
    """Of whom `user` may know that something is missing: of everybody, or of their own files."""
    if all_of_them:
        return set(Family.objects.values_list("pk", flat=True))
    return set(visible_to(user).values_list("family_id", flat=True))


def _gap(blank: Blank, missing: dict) -> Gap:
    (key,) = blank.figures
    files = {family: found[blank] for family, found in missing.items() if found.get(blank)}
    return Gap(
        blank=blank,
        theme=_chapter(key).title,
        label=REPORT.by_key[key].label,
        files=frozenset(files),
        units=sum(map(len, files.values())),
    )


def _place(blank: Blank) -> int:
    return [figure.key for figure in REPORT].index(blank.figures[0])


def _chapter(key: str):
    return next(one for one in REPORT.chapters if any(figure.key == key for figure in one.figures))
