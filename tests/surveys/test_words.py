"""The page on which staff write the words of a round, also two at once (T87)."""

import pytest

from tests.cases.office import browser_of
from tests.surveys.asking import a_round, reporter
from tests.surveys.sent_back import fields_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def round():
    return a_round()


@pytest.fixture
def browser():
    return browser_of(reporter())


def words_in(round, language: str) -> dict[tuple[str, str], str]:
    rows = round.texts.filter(language=language)
    return {(part, audience): body for part, audience, body in rows.values_list(
        "part", "audience", "body")}  # fmt: skip


def test_words_are_changed_and_two_at_once_are_told(round, browser):
    address = f"/enquetes/{round.pk}/teksten/ar/"
    fields = fields_of(browser.get(address).text)
    assert browser.post(address, fields | {"page-title": "كيف كان؟"}).status_code == 302
    late = browser.post(address, fields | {"page-title": "?"})
    assert "Iemand anders paste deze teksten intussen aan" in late.text
    assert "Wat er nu staat: كيف كان؟" in late.text
    assert round.texts.get(part="page.title", language="ar").body == "كيف كان؟"


def test_who_was_second_saves_again_and_that_is_what_stands(round, browser):
    address = f"/enquetes/{round.pk}/teksten/ar/"
    stood = words_in(round, "ar")
    fields = fields_of(browser.get(address).text)
    browser.post(address, fields | {"page-title": "كيف كان؟"})
    late = browser.post(address, fields | {"page-title": "Mijn titel", "page-send": "إرسال"})
    again = fields_of(late.text)
    assert (again["page-title"], again["page-send"]) == ("Mijn titel", "إرسال")
    assert browser.post(address, again).status_code == 302
    assert words_in(round, "ar") == stood | {("page.title", ""): "Mijn titel"}


def test_what_a_letter_must_name_is_asked(round, browser):
    address = f"/enquetes/{round.pk}/teksten/nl/"
    fields = fields_of(browser.get(address).text) | {"mail-body": "Hallo"}
    answer = browser.post(address, fields)
    assert "Hier hoort {link} en {unsubscribe} in te staan." in answer.text
