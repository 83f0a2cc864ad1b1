"""A session that is about to end says so, can be prolonged, and takes its page with it."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import BrowserSession
from accounts.sessions import SEEN_EVERY
from tests.cases.office import colleague
from tests.journeys.looks import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
WARNING = "Over twee minuten word je uitgelogd"


@pytest.fixture
def idle_for(settings):
    """A session ends after so many seconds; the page thinks the same (what it writes lags)."""

    def idle_for(seconds: int) -> None:
        settings.SESSION_IDLE = timedelta(seconds=seconds) + SEEN_EVERY

    return idle_for


def test_it_warns_ahead_and_one_press_is_enough_to_stay(signed_in, idle_for):
    idle_for(121)
    page = signed_in(colleague("fatima"))
    page.goto("/gezinnen/")
    page.get_by_label("Nummer of naam").focus()
    warning = page.get_by_role("alertdialog")
    expect(warning).to_be_hidden()
    expect(warning).to_be_visible()
    expect(warning).to_contain_text(WARNING)
    expect(page.get_by_role("button", name="Ingelogd blijven")).to_be_focused()
    assert faults(page) == []
    BrowserSession.objects.update(seen_at=F("seen_at") - timedelta(seconds=100))
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(page.get_by_label("Nummer of naam")).to_be_focused()
    assert BrowserSession.objects.get().seen_at > timezone.now() - timedelta(seconds=20)


def test_when_it_has_ended_nothing_of_the_page_stays(signed_in, idle_for):
    idle_for(3)
    page = signed_in(colleague("fatima"))
    page.goto("/gezinnen/")
    BrowserSession.objects.update(seen_at=F("seen_at") - timedelta(minutes=20))
    expect(page).to_have_url(re.compile(r"/inloggen/\?next=/gezinnen/"))


def test_another_tab_keeps_it_alive(signed_in, idle_for):
    idle_for(121)
    page = signed_in(colleague("fatima"))
    page.goto("/gezinnen/")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.context.new_page().goto("/gezinnen/")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
