"""Every page in every state: telephone and desk, light, dark and forced colours (T105)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.looks import faults, open_all
from tests.reporting.runs import (
    FIGURES,
    NOT_COLLECTED,
    a_done_run,
    a_failed_run,
    a_run,
    a_running_run,
    fatima,
    mirjam,
    rianne,
    someone,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]


def test_pages_without_a_role(open_page: Callable, signed_in: Callable):
    found: list[str] = []
    page = open_page()
    for path in ("/inloggen/", "/bestaat/niet/"):
        page.goto(path)
        found += faults(page)
    page.goto("/inloggen/")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    for user in (fatima(), someone("noor@ot.example.org", "Noor Niemand", None)):
        page = signed_in(user)
        for path in ("/", "/rapporten/", "/uitloggen/"):
            page.goto(path)
            found += faults(page)
    assert found == []


def test_pages_of_the_figures(signed_in: Callable):
    page = signed_in(mirjam())
    page.goto("/rapporten/")  # empty
    found = faults(page)
    wrong = {**FIGURES, "registrations.total": 1031, "vroeger.geteld": 3}
    for run in (a_run(), a_running_run(), a_failed_run(), a_done_run({}), a_done_run(wrong)):
        page.goto(f"/rapporten/{run.pk}/")
        found += faults(page)
    open_all(page)
    found += faults(page)
    page.goto("/rapporten/")  # full
    found += faults(page)
    page.get_by_label("Periode", exact=True).select_option("")
    page.get_by_role("button", name="Cijfers berekenen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    page.get_by_role("button", name="Mirjam Manager").click()
    found += faults(page)
    assert found == []


def test_what_a_screen_reader_hears_of_the_charts(signed_in: Callable):
    """Every breakdown is a table with a name and headers; the chart over time has a text (T109)."""
    run = a_done_run()
    page = signed_in(rianne(), width=320)
    page.goto(f"/rapporten/{run.pk}/")
    table: Any = page.get_by_role("table", name="Wie er wordt ondersteund")
    assert table.get_by_role("columnheader").all_inner_texts()[1:] == ["aanmeldingen", "aandeel"]
    first = table.get_by_role("row").nth(1)
    assert first.get_by_role("rowheader").inner_text() == "Moeder"
    cells = first.get_by_role("cell").all_inner_texts()
    assert [cell.strip() for cell in cells] == ["712", "69%"]
    chart = page.get_by_role("img", name="Aanmeldingen per maand")
    assert "De hoogste maand is december 2023 met 57" in chart.locator("desc").text_content()
