"""Rule 10: complaints, activities and the formation."""

from decimal import ROUND_HALF_UP, Decimal

from tests.oracle.book import Book
from tests.oracle.count.basics import Dates, Figures, code, tally


def flow_figures(book: Book, dates: Dates) -> Figures:
    complaints = book["Klachten"]
    figures: Figures = {
        "complaints.received": sum(dates.in_period(row["ontvangen op"]) for row in complaints),
        "complaints.handled": sum(dates.in_period(row["afgehandeld op"]) for row in complaints),
        "supervisors.fte": _fte(book, dates),
    }
    return figures | _activities(book, dates)


def _activities(book: Book, dates: Dates) -> Figures:
    """The same row twice is two activities: this sheet has no numbers, each row stands."""
    first_day = dates.reference_date.replace(month=1, day=1)
    sections = [
        code("activity_section", row["onderdeel"])
        for row in book["Activiteiten"]
        if first_day <= row["datum"] <= dates.reference_date
    ]
    return tally("activities", sections)


def _fte(book: Book, dates: Dates) -> float:
    total = Decimal(0)
    for row in book["Procesbegeleiders"]:
        if dates.is_open(row["vanaf"], row["tot"]) and row["fte"] is not None:
            total += Decimal(str(row["fte"]))
    return float(total.quantize(Decimal("0.01"), ROUND_HALF_UP))
