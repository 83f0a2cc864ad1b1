"""The pages of the quarterly figures."""

from .downloads import report_csv, report_json
from .reports import report, report_again, report_progress, reports

__all__ = ["report", "report_again", "report_csv", "report_json", "report_progress", "reports"]
