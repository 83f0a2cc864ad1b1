"""The report of a survey in every look, whole and while there is none yet (T105)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cases.office import colleague
from tests.journeys.looks import faults, open_all
from tests.reporting.runs import NOT_COLLECTED
from tests.surveys.asking import reporter
from tests.surveys.remarking import a_remark
from tests.surveys.saying import a_round_that_is_over, random_answers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
GROUPS = {"parent": 40, "child": 35}


def test_the_report_in_every_look(signed_in: Callable):
    few = lambda group, number: {"satisfied": "no"} if number < 3 else None  # noqa: E731
    before, _ = a_round_that_is_over("Najaar 2024", GROUPS, random_answers(5, response=0.8))
    small, _ = a_round_that_is_over("Te klein", GROUPS, few)
    round, _ = a_round_that_is_over("Voorjaar 2025", GROUPS, random_answers(4), like=before)
    for text in ("Ze luisterde.\nDat hielp.", "Sneller terugbellen, en niet elke keer opnieuw."):
        a_remark(round, text, shown=text)
    page, found = signed_in(reporter()), []
    page.goto(f"/enquetes/{round.pk}/")
    found += faults(page)
    page.get_by_role("link", name="Rapport", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquête Voorjaar 2025")
    open_all(page)
    found += faults(page)
    page.goto(f"/enquetes/{small.pk}/rapport/")
    found += faults(page)
    with page.expect_download() as download:
        page.goto(f"/enquetes/{round.pk}/rapport/")
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.suggested_filename == "enquete-voorjaar-2025.pdf"
    assert found == []


def test_the_privacy_officer_finds_it_in_the_menu(signed_in: Callable):
    a_round_that_is_over("Voorjaar 2025", GROUPS, random_answers(4))
    page = signed_in(colleague("floor", "functionaris gegevensbescherming"))
    page.goto("/")
    page.get_by_role("link", name="Enquêtes", exact=True).click()
    found = faults(page)
    page.get_by_role("link", name="Voorjaar 2025").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquête Voorjaar 2025")
    assert found == []
