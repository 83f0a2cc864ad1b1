"""The golden workbook: read completely, and read again without a change."""

from pathlib import Path

import pytest

from cases.models import Applicant, Intake, Person, StatusChange
from cases.monitor.importing import import_monitor

BOOK = Path(__file__).parents[3] / "ondersteuning" / "demo" / "monitor-2024-07.xlsx"
ROWS = {
    "Procesbegeleiders": 44,
    "Gezinnen": 1012,
    "Personen": 3325,
    "Gezag": 2012,
    "Betrokken instellingen": 1061,
    "Uithuisplaatsingen": 1125,
    "Aanmeldingen": 1048,
    "Statussen": 2558,
    "Toewijzingen": 943,
    "Ondersteuningsvragen": 2375,
    "Ondersteuning": 2318,
    "Resultaten": 964,
    "Verklarende analyses": 31,
    "Klachten": 3,
    "Activiteiten": 24,
}


@pytest.mark.django_db
def test_it_is_read_completely_and_once():
    first = import_monitor(BOOK, dry_run=False)
    assert first.faults == first.warnings == []
    assert {sheet: counts.new for sheet, counts in first.counts.items()} == ROWS
    assert Person.objects.count() == 3325
    assert Intake.objects.count() == 1048
    assert Applicant.objects.count() > 1048
    assert StatusChange.objects.count() == 2558
    again = import_monitor(BOOK, dry_run=False)
    assert {sheet: counts.unchanged for sheet, counts in again.counts.items()} == ROWS
    assert not again.changed_anything
