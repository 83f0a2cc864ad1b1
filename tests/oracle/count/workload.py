"""How much work there is and who waits, by hand: from the words beside each number."""

import datetime

from facts.working_days import is_working_day
from tests.oracle.book import Book
from tests.oracle.count.basics import Dates, Day, code
from tests.oracle.count.flows import flow_figures
from tests.oracle.count.registrations import counting_registrations, standings

UNDER_WAY = {"not_started", "running", "reopened"}


def workload_by_hand(
    book: Book, *, period_start: Day, reference_date: Day, known_on: Day
) -> dict[str, float | None]:
    dates = Dates(period_start, reference_date, known_on)
    registrations = counting_registrations(book, dates)
    standing = standings(book, registrations, dates)
    began = {row["aanmeldnummer"]: row["aangemeld op"] for row in registrations}
    held = {row["aanmeldnummer"] for row in _assigned(book, dates) if _still(row, dates)}
    waiting = [
        number
        for number, each in standing.items()
        if each.status in UNDER_WAY and number not in held
    ]
    starting = [number for number, each in standing.items() if each.status == "not_started"]
    busy = sum(each.status in UNDER_WAY for each in standing.values()) - len(waiting)
    fte = flow_figures(book, dates)["supervisors.fte"]
    return {
        "workload.fte": fte,
        "workload.per_fte": _half_up(busy * 100, round(fte * 100)) if fte else None,
        "waiting.at_the_start.days": _mean(
            [(reference_date - began[number]).days for number in starting]
        ),
        "waiting.at_the_start.too_long": sum(
            _working_days_between(began[number], reference_date) >= 5 for number in starting
        ),
        "waiting.unheld": len(waiting),
        "waiting.unheld.days": _mean(
            [(reference_date - _alone_since(book, number, began, dates)).days for number in waiting]
        ),
        "waiting.to_start.days": _mean(_days_to_start(book, began, dates)),
    }


def _assigned(book: Book, dates: Dates) -> list:
    return [row for row in book["Toewijzingen"] if dates.happened(row["vanaf"])]


def _still(row, dates: Dates) -> bool:
    return row["tot"] is None or row["tot"] > dates.reference_date


def _alone_since(book: Book, number: str, began: dict, dates: Dates) -> Day:
    ends = [row["tot"] for row in _assigned(book, dates) if row["aanmeldnummer"] == number]
    return max([began[number], *ends])


def _days_to_start(book: Book, began: dict, dates: Dates) -> list[int]:
    starts: dict[str, list[Day]] = {}
    for change in book["Statussen"]:
        running = code("intake_status", change["status"]) == "running"
        if running and change["aanmeldnummer"] in began and dates.counts(change, "ingangsdatum"):
            starts.setdefault(change["aanmeldnummer"], []).append(change["ingangsdatum"])
    return [
        (min(days) - began[number]).days
        for number, days in starts.items()
        if dates.in_period(min(days))
    ]


def _working_days_between(first: Day, last: Day) -> int:
    """Both ends left out."""
    days = range(1, (last - first).days)
    return sum(is_working_day(first + datetime.timedelta(days=each)) for each in days)


def _mean(days: list[int]) -> int | None:
    return _half_up(sum(days), len(days)) if days else None


def _half_up(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)
