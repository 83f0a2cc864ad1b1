"""The privacy officer reads free text in a browser: with keys, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Remark
from surveys.remarks import released_texts, shown_of
from tests.cases.office import officer
from tests.journeys.looks import faults
from tests.reporting.runs import NOT_COLLECTED
from tests.surveys.remarking import a_remark, answered

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]


def one_word(page: Page, word: str):
    return page.get_by_role("checkbox", name=word, exact=True)


def test_a_pile_by_keys_alone(signed_in):
    round = answered()
    for name in ("Xandra", "Yvar"):
        a_remark(round, f"Dank aan {name} voor alles")
    page = signed_in(officer())
    page.goto(f"/enquetes/{round.pk}/nalezen/")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat ging er goed?")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.get_by_role("checkbox", checked=True).focus()
    page.keyboard.press("ArrowRight")
    expect(one_word(page, "voor")).to_be_focused()
    page.keyboard.press("Space")
    expect(one_word(page, "voor")).to_be_checked()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(one_word(page, "alles")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Vrijgeven en volgende")).to_be_focused()
    page.wait_for_timeout(500)
    page.keyboard.press("v")
    expect(page.get_by_role("listitem").filter(has_text="Vrijgegeven.")).to_be_focused()
    page.wait_for_timeout(500)  # nothing is decided on a text that just came
    page.keyboard.press("d")
    expect(page.get_by_role("main")).to_contain_text("Alles is nagelezen")
    assert list(released_texts(round).values()) == [["Dank aan ▇▇▇"]]
    assert Remark.objects.filter(state="withheld").count() == 1


def test_with_a_mouse_and_without_javascript(signed_in):
    round = answered()
    remark = a_remark(round, "Dank aan Xandra voor alles")
    page = signed_in(officer(), width=320, height=568, java_script_enabled=False)
    page.goto(f"/enquetes/{round.pk}/nalezen/{remark.pk}/")
    page.get_by_text("alles", exact=True).click()
    page.get_by_text("Xandra", exact=True).click()
    page.get_by_role("button", name="Vrijgeven").click()
    remark.refresh_from_db()
    assert shown_of(remark) == "Dank aan Xandra voor ▇▇▇"


def test_arabic_reads_from_right_to_left_also_with_latin_words_in_it(signed_in):
    round = answered()
    remark = a_remark(round, "السيدة فاطمة مع Jan Vries شكرا")
    page = signed_in(officer())
    page.goto(f"/enquetes/{round.pk}/nalezen/{remark.pk}/")
    left = page.eval_on_selector_all(
        ".words label", "all => all.map(one => one.getBoundingClientRect().left)"
    )
    first, second, third, jan, vries, last = left
    assert first > second > third > vries > jan > last
    page.locator(".words input").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(one_word(page, "فاطمة")).to_be_focused()


def test_every_page_in_every_look(signed_in):
    round = answered()
    long = "Donaudampfschifffahrtsgesellschaft" * 4
    texts = (
        "السيدة فاطمة ساعدتنا كثيرا، مع Jan de Vries من Almere. شكرا",
        f"Eerst {long} en dan\n\nXandra met a b c d e f, op 12 maart 2015. Toen Yvar. 😊",
        "Dank aan Yvar " * 60,
    )
    remarks = [a_remark(round, text) for text in texts]
    released = a_remark(round, "Dank aan Yvar", shown="Dank aan ▇▇▇")
    page, found = signed_in(officer()), []
    for place in ("", *(f"{one.pk}/" for one in (*remarks, released)), "?stand=withheld"):
        page.goto(f"/enquetes/{round.pk}/nalezen/{place}")
        found += faults(page)
    page.goto("/enquetes/nalezen/")
    found += faults(page)
    assert not found, "\n".join(found)
