"""The quarter's figures: a chapter a file, a figure a declaration, one engine for all."""

from .chapters import children, custody, families, organisation, registrations, response, support
from .checks import broken_rules
from .declarations import Breakdown, Chapter, Count, Figure, Percentage, Report, Total
from .engine import Number, count, records

REPORT = Report(
    (
        registrations.CHAPTER,
        response.CHAPTER,
        children.CHAPTER,
        families.CHAPTER,
        custody.CHAPTER,
        support.CHAPTER,
        organisation.CHAPTER,
    )
)

__all__ = [
    "REPORT",
    "Breakdown",
    "Chapter",
    "Count",
    "Figure",
    "Number",
    "Percentage",
    "Report",
    "Total",
    "broken_rules",
    "count",
    "records",
]
