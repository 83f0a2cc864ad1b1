"""The golden quarter: the workbook goes in, the published figures come out."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from cases.monitor.importing import import_monitor
from facts.dates import Dates
from reporting.figures import REPORT, Percentage, Total, broken_rules, count, records
from reporting.services.running import as_json

SHARED = Path(__file__).parents[3] / "shared" / "golden"
WORKBOOK = settings.BASE_DIR / "ondersteuning" / "demo" / "monitor-2024-07.xlsx"
DATES = Dates.by_day(date(2024, 5, 1), date(2024, 7, 31), date(2024, 8, 5))


@pytest.mark.django_db
def test_the_golden_quarter_gives_every_figure_and_no_other():
    expected = json.loads((SHARED / "figures-2024-07.json").read_text())
    import_monitor(WORKBOOK, dry_run=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what autovacuum does, were this not one transaction

    figures = as_json(count(REPORT, DATES))

    assert figures == expected["figures"]
    assert {key: figures[key] for key in expected["published"]} == expected["published"]
    assert broken_rules(REPORT, figures) == []
    for key, number in figures.items():
        declared, _ = REPORT.find(key)
        if not isinstance(declared, Percentage | Total):
            assert records(REPORT, key, DATES).count() == number, key


def test_the_workbook_of_the_demo_is_the_golden_one():
    assert WORKBOOK.read_bytes() == (SHARED / "monitor-2024-07.xlsx").read_bytes()
