"""What happens in a file that started: placements, institutions, requests, support, results."""

from datetime import date, timedelta

from cases.models import (
    Complaint,
    ExplanatoryAnalysis,
    InstitutionInvolvement,
    Placement,
    Result,
    Support,
    SupportRequest,
)
from cases.models.support import RETURNED_HOME

from . import shares
from .household import Household, Numbers
from .rows import Rows
from .shares import LAST_DAY

CHILD_PROTECTION_BEGAN = date(2005, 1, 1)  # the earliest placement in the golden quarter's years


def write_file(rows: Rows, numbers: Numbers, household: Household, started: date) -> None:
    for child, birth_date in household.children.items():
        _write_placements(rows, household, child, birth_date)
    _write_involvements(rows, household)
    _write_items(rows, household, started)
    if rows.chance.happens(shares.ANALYSIS):
        _write_analysis(rows, household, started)
    if rows.chance.happens(shares.COMPLAINT):
        _write_complaint(rows, numbers, household, started)


def _write_placements(rows: Rows, household: Household, child: str, birth_date: date) -> None:
    """Spells one after the other; only the last may still last."""
    chance = rows.chance
    many = chance.one_of(shares.SPELLS)
    edges = sorted(
        chance.day(max(birth_date, CHILD_PROTECTION_BEGAN), LAST_DAY) for _ in range(2 * many)
    )
    for number in range(many):
        began, ended = edges[2 * number], edges[2 * number + 1]
        still = number == many - 1 and chance.happens(shares.PLACED_NOW)
        residence = chance.one_of(shares.RESIDENCE)
        rows.fact(
            Placement,
            max(began, household.known),
            child_id=child,
            happened_on=began,
            ended_on=None if still else ended,
            measure=chance.one_of(shares.MEASURE),
            residence_id=residence and f"residence.{residence}",
        )


def _write_involvements(rows: Rows, household: Household) -> None:
    chance = rows.chance
    for _ in range(chance.one_of(shares.INVOLVEMENTS)):
        began = chance.day(household.known - timedelta(1500), LAST_DAY)
        ended = chance.day(began, LAST_DAY) if chance.happens(shares.INVOLVEMENT_ENDED) else None
        rows.fact(
            InstitutionInvolvement,
            max(began, household.known),
            family_id=household.id,
            institution_id=f"certified_institution.{chance.one_of(shares.INSTITUTION)}",
            region_id=f"youth_region.{chance.one_of(shares.REGION)}",
            happened_on=began,
            ended_on=ended,
        )


def _write_items(rows: Rows, household: Household, started: date) -> None:
    """What is asked, given and reached; the same may be asked or given more than once."""
    chance = rows.chance
    for table, column, of_list, how_many, which in (
        (SupportRequest, "request_id", "support_request", shares.REQUESTS, shares.REQUEST),
        (Support, "form_id", "support_form", shares.SUPPORTS, shares.SUPPORT_FORM),
    ):
        for _ in range(chance.one_of(how_many)):
            day, code = chance.day(started, LAST_DAY), chance.one_of(which)
            item = {column: f"{of_list}.{code}"}
            rows.fact(table, day, family_id=household.id, happened_on=day, **item)
    for _ in range(chance.one_of(shares.RESULTS)):
        day = chance.day(started, LAST_DAY)
        _write_result(rows, household, f"result.{chance.one_of(shares.RESULT)}", day)


def _write_result(rows: Rows, household: Household, result: str, day: date) -> None:
    children: list[str | None] = [None]
    if result == RETURNED_HOME:
        many = 2 if rows.chance.happens(shares.RETURNED_WITH_A_SIBLING) else 1
        children = list(household.children)[:many]
    for child in children:
        rows.fact(
            Result,
            day,
            family_id=household.id,
            child_id=child,
            result_id=result,
            happened_on=day,
        )


def _write_analysis(rows: Rows, household: Household, started: date) -> None:
    """Asked for, begun, finished: one that came less far lacks the later days."""
    chance = rows.chance
    asked, begun, finished = sorted(chance.day(started, LAST_DAY) for _ in range(3))
    rows.fact(
        ExplanatoryAnalysis,
        asked,
        family_id=household.id,
        happened_on=asked,
        begun_on=begun if chance.happens(0.9) else None,
        finished_on=finished if chance.happens(0.5) else None,
    )


def _write_complaint(rows: Rows, numbers: Numbers, household: Household, started: date) -> None:
    chance = rows.chance
    received = chance.day(started, LAST_DAY)
    handled = received + timedelta(chance.randint(5, 42))
    rows.fact(
        Complaint,
        received,
        number=numbers.next(Numbers.COMPLAINT),
        family_id=household.id,
        happened_on=received,
        handled_on=handled if handled <= LAST_DAY else None,
        subject="Bereikbaarheid van het team",
        measure_taken="Uitleg gegeven",
    )
