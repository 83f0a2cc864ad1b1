"""What changed and why, in a browser: chosen from two lists, read, and opened to the numbers."""

import pytest
from playwright.sync_api import expect

from cases.services import correct, start
from reporting.models import Comparison
from reporting.services import comparing
from reporting.services.comparing import request_comparison, work_on_comparison
from tests.journeys.looks import faults, open_all
from tests.reporting.differing import JULY_1, JUNE, WRONG, an_office, registered
from tests.reporting.runs import NOT_COLLECTED, rianne
from tests.reporting.test_comparing import a_draw

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr(comparing, "wake_a_worker", lambda comparison: None)


@pytest.fixture
def page(signed_in):
    return signed_in(rianne())


def test_two_draws_laid_side_by_side(page):
    found = []
    page.goto("/rapporten/verschillen/")
    found += faults(page)  # nothing to choose from yet
    page.get_by_role("button", name="Vergelijken").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een berekening of editie.")
    found += faults(page)

    office = an_office()
    earlier = a_draw()
    start(registration=office.els, on=JUNE, by=None)
    correct(office.placement, ended_on=JULY_1, **WRONG)
    for _ in range(3):
        registered(JULY_1)
    later = a_draw()
    page.goto("/rapporten/verschillen/")
    page.get_by_label("Eerdere stand").select_option(str(earlier.pk))
    page.get_by_label("Latere stand").select_option(str(later.pk))
    page.get_by_role("button", name="Vergelijken").click()
    expect(page.get_by_role("status")).to_contain_text("Wacht op een werker")
    found += faults(page)
    work_on_comparison(Comparison.objects.get().pk)

    expect(page.get_by_role("heading", name="Aanmeldingen")).to_be_visible()  # loaded by itself
    open_all(page)
    found += faults(page)
    page.get_by_role("link", name="+3 bij Aanmeldingen in totaal").click()
    expect(page.get_by_role("heading", name="Erbij gekomen")).to_be_visible()
    found += faults(page)
    page.goto("/rapporten/verschillen/")
    found += faults(page)
    assert not found, "\n".join(found)


def test_nothing_changed_and_nothing_made(page):
    an_office()
    same = request_comparison(earlier=a_draw(), later=a_draw(), by=None)
    work_on_comparison(same.pk)
    failed = Comparison.objects.create(
        earlier=a_draw(), later=a_draw(), state="failed",
        error="Er ging iets mis bij het vergelijken.",
    )  # fmt: skip
    found = []
    for one in (same, failed):
        page.goto(f"/rapporten/verschillen/{one.pk}/")
        found += faults(page)
    page.get_by_role("button", name="Opnieuw vergelijken").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert not found, "\n".join(found)
