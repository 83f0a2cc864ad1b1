"""The pages of the quarterly figures."""

from .downloads import report_csv, report_json
from .records import records_behind
from .reports import report, report_again, report_progress, reports

__all__ = [
    "records_behind",
    "report",
    "report_again",
    "report_csv",
    "report_json",
    "report_progress",
    "reports",
]
