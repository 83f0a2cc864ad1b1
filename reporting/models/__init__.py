"""What is drawn, and what is made public of it."""

from .activities import Activity, LinkageBatch
from .comparisons import ComparedIds, Comparison
from .editions import CountedIds, Edition, EditionDecision, EditionFile, EditionText
from .files import ReportFile
from .heartbeats import Heartbeat
from .runs import Period, ReportRun

__all__ = [
    "Activity",
    "ComparedIds",
    "Comparison",
    "CountedIds",
    "Edition",
    "EditionDecision",
    "EditionFile",
    "EditionText",
    "Heartbeat",
    "LinkageBatch",
    "Period",
    "ReportFile",
    "ReportRun",
]
