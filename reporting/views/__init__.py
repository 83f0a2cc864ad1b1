"""The pages of the quarterly figures."""

from .accounting import account_add, account_correct, account_withdraw, accounts
from .comparisons import comparison, comparison_records, comparisons
from .downloads import report_file, report_files, report_files_progress
from .editions import (
    edition,
    edition_hidden,
    edition_preview,
    edition_step,
    edition_text,
    editions,
)
from .gaps import edition_gap, edition_gaps
from .periods import periods
from .publications import publication, publication_file, publications
from .records import records_behind
from .reports import report, report_again, report_progress, reports
from .series import public_series, public_series_file, series, series_file
from .signs_of_life import health, health_plain
from .today import figures_today

__all__ = [
    "account_add",
    "account_correct",
    "account_withdraw",
    "accounts",
    "comparison",
    "comparison_records",
    "comparisons",
    "edition",
    "edition_gap",
    "edition_gaps",
    "edition_hidden",
    "edition_preview",
    "edition_step",
    "edition_text",
    "editions",
    "figures_today",
    "health",
    "health_plain",
    "periods",
    "public_series",
    "public_series_file",
    "publication",
    "publication_file",
    "publications",
    "records_behind",
    "report",
    "report_again",
    "report_file",
    "report_files",
    "report_files_progress",
    "report_progress",
    "reports",
    "series",
    "series_file",
]
