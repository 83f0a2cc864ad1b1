"""Figures through the editions, in a browser: none, many, and one figure chosen."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.looks import faults, open_all
from tests.reporting.runs import NOT_COLLECTED
from tests.reporting.test_series import an_edition

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]


def test_a_figure_followed_through_the_editions(open_page):
    page, found = open_page(), []
    page.goto("/publicaties/reeks/")
    found += faults(page)
    for year in (2022, 2023, 2024):
        for month in (1, 4, 7, 10):
            an_edition(
                date(year, month, 28),
                hidden=("registrations.status.reopened", "registrations.supported")[: month // 4],
                registrations__total=100 * (year - 2021) + 10 * month,
            )
    page.goto("/publicaties/")
    page.get_by_role("link", name="Alle cijfers door de tijd").click()
    open_all(page)
    found += faults(page)
    page.get_by_role("link", name="Heropend").click()
    expect(page.get_by_role("heading", name="Stand van de trajecten: Heropend")).to_be_visible()
    found += faults(page)
    page.get_by_label("Onderdeel").select_option("reactietijd")
    page.get_by_role("button", name="Tonen").click()
    expect(page.get_by_role("heading", name="Reactietijd na aanmelding")).to_be_visible()
    assert not found, "\n".join(found)
