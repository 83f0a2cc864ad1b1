"""A survey in a browser: the staff who hold it, and who answers it on an old telephone (T112)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from surveys.models import Dropped, Invitation, Letter
from surveys.services import letters, rounds
from tests.journeys.answering import ARABIC, DUTCH, PHONE, go_through, open_link
from tests.journeys.looks import faults, open_all
from tests.reporting.runs import NOT_COLLECTED
from tests.surveys.asking import TODAY, a_parent, a_round, parents, reporter, say
from tests.surveys.visitors import link_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
DRAFT_PAGES = (
    "", "regels/", "wie/", "vragen/", "talen/", "teksten/nl/", "teksten/ar/?voor=child",
    "voorbeeld/", "voorbeeld/?taal=ar&voor=child", "stap/starten/",
)  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("Nederlands", DUTCH), ("العربية", ARABIC)])
def test_answering_on_a_small_telephone_without_javascript(open_page, language, words):
    parents(10)
    round = a_round()
    rounds.start(round=round, by=None, today=TODAY)
    link = link_of(Invitation.objects.first())
    page = open_page(**PHONE, java_script_enabled=False)
    open_link(page, link)
    go_through(page, language, words)
    assert Dropped.objects.count() == 1
    page.goto(f"/enquete/{link}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["done"])


def test_every_page_of_who_answers_in_every_look(open_page: Callable):
    parents(10)
    round = a_round()
    rounds.start(round=round, by=None, today=TODAY)
    one, two = Invitation.objects.all()[:2]
    claimed_link = link_of(one)
    page, found = open_page(), []
    page.goto(f"/enquete/{claimed_link}/")
    for language in ("ar", "nl"):
        page.goto(f"/enquete/?taal={language}")
        found += faults(page)
        page.get_by_role("button").first.click()
        for number in range(1, 6):
            page.goto(f"/enquete/vraag/{number}/")
            found += faults(page)
    page.goto("/enquete/vraag/1/")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    page.goto("/enquete/insturen/")
    found += faults(page)  # nothing filled in
    page.goto("/enquete/vraag/1/")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Verder").click()
    page.goto("/enquete/insturen/")
    found += faults(page)
    page.get_by_role("button", name="Insturen").click()
    found += faults(page)
    page.goto("/enquete/een-link-die-niemand-kreeg/")
    found += faults(page)
    leave = letters.claim(Letter.objects.get(invitation=two).pk).unsubscribe
    page.goto(f"/enquete/afmelden/{leave}/")
    found += faults(page)
    page.get_by_role("button", name="Afmelden").click()
    found += faults(page)
    rounds.end(round=round, by=None)
    assert found == []


def test_every_page_of_who_can_not_answer_in_every_look(open_page: Callable):
    """Done, someone else's link, over, and too often: in the language that was read."""
    parents(10)
    round = a_round()
    rounds.start(round=round, by=None, today=TODAY)
    one, two = (link_of(invitation) for invitation in Invitation.objects.all()[:2])
    page, found = open_page(), []

    def says(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        found.extend(faults(page))

    page.goto(f"/enquete/{one}/?taal=ar")
    page.get_by_role("button", name=ARABIC["begin"]).click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name=ARABIC["next"]).click()
    page.goto("/enquete/insturen/")
    page.get_by_role("button", name=ARABIC["send"]).click()
    page.goto(f"/enquete/{one}/")
    says(ARABIC["done"])
    page.goto(f"/enquete/{two}/")
    page.request.get(f"/enquete/{one}/")  # opened by another on the same telephone
    page.get_by_role("button", name=ARABIC["begin"]).click()
    says("Deze link kennen we niet")
    rounds.end(round=round, by=None)
    page.goto(f"/enquete/{two}/")
    says("هذه الأسئلة مغلقة")
    for _ in range(61):
        page.request.get("/enquete/een-link-die-niemand-kreeg/")
    page.goto("/enquete/")
    says("Even wachten")
    assert found == []


def test_every_page_of_staff_in_every_look(signed_in: Callable):
    page, found = signed_in(reporter()), []
    page.goto("/enquetes/")
    found += faults(page)
    parents(12)
    for number in (20, 21):
        say(a_parent(number), kind="contact", given=False)
    round = a_round()
    address = f"/enquetes/{round.pk}/"
    for path in DRAFT_PAGES:
        page.goto(address + path)
        open_all(page)
        found += faults(page)
    page.goto(f"{address}teksten/nl/")
    page.get_by_label("Uitnodiging", exact=True).fill("Hallo")
    page.get_by_role("button", name="Teksten vastleggen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    rounds.start(round=round, by=None, today=TODAY)
    Letter.objects.filter(pk__in=Letter.objects.values("pk")[:3]).update(
        state="uncertain", cause="line_broke", finished_at="2026-01-01T12:00Z"
    )
    for path in ("", "brieven/", "stap/herinneren/", "stap/beeindigen/"):
        page.goto(address + path)
        found += faults(page)
    page.goto("/enquetes/")
    found += faults(page)
    assert found == []
