"""The pages of the quarterly figures."""

from .downloads import report_file
from .records import records_behind
from .reports import report, report_again, report_progress, reports

__all__ = [
    "records_behind",
    "report",
    "report_again",
    "report_file",
    "report_progress",
    "reports",
]
