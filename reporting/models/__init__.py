"""What is drawn, and what is made public of it."""

from .activities import Activity
from .editions import CountedIds, Edition, EditionDecision, EditionFile, EditionText
from .runs import Period, ReportRun

__all__ = [
    "Activity",
    "CountedIds",
    "Edition",
    "EditionDecision",
    "EditionFile",
    "EditionText",
    "Period",
    "ReportRun",
]
