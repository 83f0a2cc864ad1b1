"""The page on which staff write the words of a round, also two at once (T87)."""

import re

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
    assert ">كيف كان؟</bdi>" in late.text
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


def test_who_changed_words_and_how_they_read_before_is_told(round, browser):
    address = f"/enquetes/{round.pk}/teksten/nl/"
    page = browser.get(address).text
    assert "Laatst aangepast" not in page
    browser.post(address, fields_of(page) | {"page-title": "Vertel eens"})
    browser.post(address, fields_of(browser.get(address).text) | {"page-title": ""})
    page = browser.get(address).text
    assert page.count("Laatst aangepast door Rik") == 1
    told = re.search(r'<details class="more">(.*?)</details>', page, re.S)[1]
    said = [" ".join(re.sub("<[^>]+>", "", one).split()) for one in told.split("<li>")[1:]]
    assert [one.partition(", Rik: ")[2] or one.partition(": ")[2] for one in said] == [
        "leeggemaakt", "Vertel eens", "Hoe ging de hulp?",
    ]  # fmt: skip
    other = browser.get(f"/enquetes/{round.pk}/teksten/en/").text
    assert "Laatst aangepast" not in other


def test_hard_dutch_is_advised_on_and_never_refused(round, browser):
    address = f"/enquetes/{round.pk}/teksten/nl/"
    page = browser.get(address).text
    assert "Leestip" not in page
    hard = fields_of(page) | {"page-title": "Dit dient de trajecten"}
    assert browser.post(address, hard).status_code == 302
    page = browser.get(address).text
    assert "Leestip: &#x27;dient&#x27; is een moeilijk woord." in page
    assert page.count("Leestip") == 2


def test_staff_read_of_which_language_in_dutch(round, browser):
    assert (
        "<h1>Teksten in het Arabisch</h1>" in browser.get(f"/enquetes/{round.pk}/teksten/ar/").text
    )
    page = browser.get(f"/enquetes/{round.pk}/talen/").text
    for name in ("Engels", "Turks", "Arabisch", "Papiaments"):
        assert f"Teksten in het {name}" in page
    assert '<bdi class="small" lang="ar">العربية</bdi>' in page


def test_a_letter_is_asked_in_dutch_alone(round, browser):
    assert 'name="mail-body"' in browser.get(f"/enquetes/{round.pk}/teksten/nl/").text
    page = browser.get(f"/enquetes/{round.pk}/teksten/ar/").text
    assert ('name="mail-body"' in page, 'name="page-title"' in page) == (False, True)
