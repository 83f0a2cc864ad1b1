"""What is typed on a form other than that of a conversation comes back, and is saved once."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import BrowserSession, Draft, User
from cases.models import Complaint
from tests.cases.office import LAST_WEEK, a_case, colleague
from tests.cast import family_of
from tests.journeys.test_accessibility import faults
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
STORY = "Er is drie keer niet teruggebeld."


def test_a_complaint_after_a_time_out(signed_in):
    fatima = colleague("fatima")
    case = a_case(fatima)
    address = f"/gezinnen/{family_of(case).pk}/klachten/nieuw/"
    page = signed_in(fatima, width=320)
    page.goto(address)
    with page.expect_response("**/concept/", timeout=4_000):
        page.get_by_label("Onderwerp").press_sequentially(STORY)
        page.locator("[name=happened_on]").fill(LAST_WEEK.isoformat())
    page.wait_for_timeout(2_500)
    BrowserSession.objects.all().delete()
    page.get_by_role("button", name="Klacht").click()
    page.wait_for_url("**/inloggen/**")
    assert not Complaint.objects.exists()
    sign_in(page, fatima)
    page.goto(address)
    expect(page.get_by_text("Je eerdere tekst is teruggezet")).to_be_focused()
    expect(page.get_by_label("Onderwerp")).to_have_value(STORY)
    assert faults(page) == []
    page.get_by_role("button", name="Klacht").click()
    expect(page.get_by_text("Ongedaan maken")).to_be_visible()
    assert Complaint.objects.get().subject == STORY
    assert Draft.objects.get().content == {}


def test_what_came_back_can_be_thrown_away(signed_in):
    fatima = colleague("fatima")
    address = f"/aanmeldingen/{a_case(fatima).pk}/taak/"
    page = signed_in(fatima)
    page.goto(address)
    with page.expect_response("**/concept/", timeout=4_000):
        page.get_by_label("Wat moet er gebeuren?").press_sequentially("Bellen")
    page.goto(address)
    page.get_by_role("button", name="Weggooien").click()
    expect(page.get_by_label("Wat moet er gebeuren?")).to_have_value("")
    expect(page.get_by_text("Je eerdere tekst is teruggezet")).to_have_count(0)


def sign_in(page: Page, user: User) -> None:
    client = Client()
    client.force_login(user)
    page.context.clear_cookies()
    (name, morsel), *_ = client.cookies.items()
    address = {"url": page.url.split("/inloggen")[0]}
    page.context.add_cookies([{"name": name, "value": morsel.value, **address}])
