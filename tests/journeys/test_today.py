"""The figures of today, in a browser: none yet, coming, and beside the last edition."""

from datetime import date

import pytest
from playwright.sync_api import expect

from reporting.models import ReportRun
from reporting.services import running
from tests.journeys.looks import faults
from tests.reporting.runs import NOT_COLLECTED, rianne
from tests.reporting.test_series import an_edition
from tests.reporting.test_today import drawn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]


def test_asked_for_and_read(signed_in, monkeypatch):
    monkeypatch.setattr(running, "wake_a_worker", lambda run: None)
    page, found = signed_in(rianne()), []
    page.goto("/rapporten/")
    page.get_by_role("link", name="Stand van vandaag").click()
    found += faults(page)
    page.get_by_role("button", name="Nu berekenen").click()
    expect(page.get_by_text("Nieuwe cijfers worden berekend")).to_be_visible()
    found += faults(page)
    ReportRun.objects.all().delete()
    an_edition(date(2024, 7, 31), registrations__total=998, children__placed_now=400)
    drawn()
    page.reload()
    expect(page.get_by_role("link", name="1.030 bij Aanmeldingen in totaal")).to_be_visible()
    found += faults(page)
    assert not found, "\n".join(found)
