"""Tiny books made by hand: only the cells that a test is about have to be named."""

import datetime

from tests.oracle.book import COLUMNS, Book
from tests.oracle.count import count
from tests.oracle.count.basics import Dates, Day, Figures

DATES = Dates(
    datetime.date(2024, 5, 1), datetime.date(2024, 7, 31), known_on=datetime.date(2024, 8, 5)
)
# The keys that stand in every report, at 0 or, for a percentage of nothing, at None.
ALWAYS = [
    "registrations.total",
    "registrations.supported",
    "registrations.started_ever",
    "registrations.transferred_in_period",
    "registrations.status.not_started",
    "registrations.status.never_started",
    "registrations.status.running",
    "registrations.status.reopened",
    "registrations.status.closed",
    "response.phone_within_two_days.met",
    "response.phone_within_two_days.due",
    "response.phone_within_two_days.percentage",
    "response.welcome_within_week.met",
    "response.welcome_within_week.due",
    "response.welcome_within_week.percentage",
    "families.total",
    "families.regions_involved",
    "families.placement_reason.multiple",
    "families.analysis.completed",
    "families.analysis.in_progress",
    "children.total",
    "children.placed_ever",
    "children.placed_now",
    "children.measure_known",
    "children.returned_home",
    "complaints.received",
    "complaints.handled",
    "supervisors.fte",
]


def day(text: str) -> Day:
    return datetime.date.fromisoformat(text)


class Tiny:
    """A book that grows row by row; `figures` counts it for the quarter May to July 2024."""

    def __init__(self) -> None:
        self.book: Book = {sheet: [] for sheet in COLUMNS}

    def add(self, sheet: str, **cells: object) -> "Tiny":
        """Cells by heading, with an underscore for each space or hyphen."""
        row = dict.fromkeys(COLUMNS[sheet])
        for heading in row:
            row[heading] = cells.pop(heading.replace(" ", "_").replace("-", "_"), None)
        assert not cells, f"no such columns on {sheet}: {cells}"
        self.book[sheet].append(row)
        return self

    def registration(self, number: str, applicants: str = "P1", on: str = "2024-01-01") -> "Tiny":
        return self.add(
            "Aanmeldingen",
            aanmeldnummer=number,
            gezinsnummer="G1",
            aanmelders=applicants,
            aangemeld_op=day(on),
        )

    def status(self, number: str, label: str, on: str, **cells: object) -> "Tiny":
        return self.add(
            "Statussen", aanmeldnummer=number, status=label, ingangsdatum=day(on), **cells
        )

    def figures(self) -> Figures:
        return count(self.book, **DATES._asdict())


def family() -> Tiny:
    """Mother P1, father P2, their children K1 and K2, and somebody without a role, P3."""
    tiny = Tiny().add("Gezinnen", gezinsnummer="G1")
    for number, role in (("P1", "Moeder"), ("P2", "Vader"), ("P3", None)):
        tiny.add("Personen", persoonsnummer=number, gezinsnummer="G1", rol=role)
    for number in ("K1", "K2"):
        tiny.add("Personen", persoonsnummer=number, gezinsnummer="G1", rol="Kind")
    return tiny


def started() -> Tiny:
    """The same family, with one running registration of the mother."""
    return family().registration("A1").status("A1", "Lopend", "2024-01-02")
