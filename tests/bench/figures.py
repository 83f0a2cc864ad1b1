"""The report that is measured, and when two ways of counting it agree."""

from datetime import date

from facts.dates import Dates
from reporting.figures import Number

DATES = Dates.by_day(date(2024, 5, 1), date(2024, 7, 31), date(2024, 8, 5))  # the golden quarter


def above_zero(figures: dict[str, Number]) -> dict[str, Number]:
    """To compare by: only our way names figures that are zero."""
    return {key: number for key, number in figures.items() if number}
