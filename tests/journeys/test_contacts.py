"""The daily work in a real browser: by keyboard, after a time-out, and when someone was first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import BrowserSession, Draft, User
from cases.models import Contact, Task
from cases.services import correct_contact
from tests.cases.office import LAST_MONTH, TODAY, YESTERDAY, a_case, colleague
from tests.cases.test_contacts import said
from tests.cases.test_tasks import planned
from tests.cast import family_of
from tests.journeys.looks import faults
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
STORY = "Ze belde over de woning."
KEPT_WITHIN = 2_000  # milliseconds of typing that may be lost


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def form_of(registration) -> str:
    return f"/gezinnen/{family_of(registration).pk}/gesprek/"


def note_field(page: Page):
    return page.get_by_label("Verslag")


class Interactions:
    """Counts what someone does besides typing the text."""

    def __init__(self, page: Page) -> None:
        self.page, self.many = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.many += 1


def test_noted_from_the_caseload_by_keyboard_in_three_presses(signed_in: Callable, case, fatima):
    second = a_case(fatima)
    said(case, happened_on=YESTERDAY)
    page = signed_in(fatima)
    page.goto("/")
    expect(page.get_by_role("heading", name="Vandaag", exact=True)).to_be_visible()
    did = Interactions(page)
    did.press("n")
    expect(page.get_by_role("heading", name="Met welk gezin was het gesprek?")).to_be_visible()
    did.press("2")
    expect(note_field(page)).to_be_focused()
    page.keyboard.type(f"n 2 / ? {STORY}")
    did.press("Control+Enter")
    expect(page.get_by_text(f"Het gesprek staat bij {case.number}.")).to_be_focused()
    assert did.many == 3
    contact = Contact.objects.get(note__startswith="n 2")
    assert contact.note == f"n 2 / ? {STORY}"
    assert contact.registration == case
    assert not Contact.objects.filter(registration=second).exists()


def test_from_the_own_row_two_presses_will_do(signed_in: Callable, case, fatima):
    a_case(fatima)
    page = signed_in(fatima)
    page.goto("/vandaag/")
    page.get_by_role("link", name=family_of(case).number).last.focus()
    did = Interactions(page)
    did.press("n")
    expect(note_field(page)).to_be_focused()
    page.keyboard.type(STORY)
    did.press("Control+Enter")
    expect(page.get_by_text(f"Het gesprek staat bij {case.number}.")).to_be_focused()
    assert did.many == 2


def test_a_morning_at_400_percent(signed_in: Callable, case, fatima):
    """1280 by 900 px, four times as large (T107): nothing has to be scrolled for sideways."""
    page = signed_in(fatima, width=320, height=225)

    def here(name: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    page.goto("/")
    here("Vandaag")
    page.get_by_role("link", name=family_of(case).number).last.click()
    here("Gezin")
    page.get_by_role("link", name="Gesprek noteren").first.click()
    here("Gesprek noteren")
    note_field(page).fill(STORY)
    page.get_by_role("button", name="Gesprek noteren").click()
    expect(page.get_by_text(f"Het gesprek staat bij {case.number}.")).to_be_focused()
    page.get_by_role("link", name="Taak plannen").first.click()
    here("Taak plannen")
    page.get_by_label("Wat moet er gebeuren?").fill("Bellen over de woning")
    page.get_by_label("Uiterlijk").fill(TODAY.isoformat())
    page.get_by_role("button", name="Taak plannen").click()
    expect(page.locator(".message").first).to_be_focused()
    page.goto("/vandaag/")
    page.get_by_role("button", name="Bellen over de woning").click()
    expect(page.get_by_text("Gedaan: Bellen over de woning")).to_be_focused()


def test_the_keys_can_be_found_and_switched_off(signed_in: Callable, case, fatima):
    page = signed_in(fatima)
    page.goto("/vandaag/")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Sneltoetsen")
    expect(keys).to_be_visible()
    assert faults(page) == []
    keys.get_by_role("button", name="Sneltoetsen uitzetten").click()
    expect(page.get_by_text("De sneltoetsen staan uit.")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    assert page.url.endswith("/vandaag/")
    assert User.objects.get().shortcuts is False
    page.get_by_role("button", name="Fatima").click()
    page.get_by_role("button", name="Sneltoetsen", exact=True).click()
    keys.get_by_role("button", name="Sneltoetsen aanzetten").click()
    expect(page.get_by_text("De sneltoetsen staan aan.")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_label("Nummer of naam")).to_be_focused()
    page.keyboard.type("n?/")
    expect(page.get_by_label("Nummer of naam")).to_have_value("n?/")


def test_the_session_ends_while_typing_and_nothing_is_lost(signed_in: Callable, case, fatima):
    page = signed_in(fatima)
    page.goto(form_of(case))
    page.get_by_label("Soort").select_option(label="Huisbezoek")
    with page.expect_response("**/concept/", timeout=KEPT_WITHIN * 2):
        note_field(page).press_sequentially(STORY)
    page.wait_for_timeout(KEPT_WITHIN + 500)
    BrowserSession.objects.all().delete()  # timed out, or the laptop was closed
    page.get_by_role("button", name="Gesprek noteren").click()
    page.wait_for_url("**/inloggen/**")
    assert not Contact.objects.exists()
    _sign_in_again(page, fatima)
    page.goto(form_of(case))
    expect(page.get_by_text("Je eerdere tekst is teruggezet")).to_be_visible()
    expect(note_field(page)).to_have_value(STORY)
    expect(page.get_by_label("Soort")).to_have_value("contact_kind.visit")
    page.get_by_role("button", name="Gesprek noteren").click()
    expect(page.get_by_text("Het gesprek staat bij")).to_be_visible()
    assert Contact.objects.get().note == STORY
    assert Draft.objects.get().content == {}


def _sign_in_again(page: Page, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = page.context.cookies()[0]
    page.context.clear_cookies()
    (name, morsel), *_ = client.cookies.items()
    address = {"url": page.url.split("/inloggen")[0]}
    page.context.add_cookies([{"name": name, "value": morsel.value, **address}])
    assert cookie


def test_someone_was_first_and_one_chooses(signed_in: Callable, case, fatima):
    contact = said(case, by=fatima)
    page = signed_in(fatima)
    page.goto(f"/gesprek/{contact.pk}/")
    note_field(page).fill("Mijn verbetering.")
    page.get_by_label("Waarom klopt het niet?").fill("Verkeerd gehoord")
    correct_contact(contact=contact, by=colleague("bob"), reason="Naam", note="Bobs tekst.")
    page.get_by_role("button", name="Verbetering vastleggen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Bob was je voor")
    expect(page.get_by_role("region", name="Zo staat het nu")).to_contain_text("Bobs tekst.")
    expect(note_field(page)).to_have_value("Mijn verbetering.")
    page.get_by_role("button", name="Mijn tekst vastleggen").click()
    expect(page.get_by_text("Het verslag is verbeterd.")).to_be_focused()
    assert Contact.objects.standing().get().note == "Mijn verbetering."


def test_a_task_is_done_and_undone(signed_in: Callable, case, fatima):
    planned(case, fatima, due_on=TODAY)
    page = signed_in(fatima)
    page.goto("/vandaag/")
    page.get_by_role("button", name="Bellen over woning").click()
    expect(page.get_by_text("Gedaan: Bellen over woning. Bij Taken")).to_be_focused()
    page.get_by_role("link", name="Taken", exact=True).click()
    page.get_by_role("button", name="Bellen over woning").click()
    expect(page.get_by_text("Staat weer open: Bellen over woning.")).to_be_focused()
    assert Task.objects.to_do().count() == 1


def test_every_page_in_its_states(signed_in: Callable, fatima):
    page = signed_in(fatima)
    found: list[str] = []
    for path in ("/vandaag/", "/taken/", "/gesprek/"):  # empty
        page.goto(path)
        found += faults(page)
    case = a_case(fatima)
    contact = said(case, by=fatima, note=f"{STORY}\n\nEn over school.")
    said(a_case(fatima), happened_on=LAST_MONTH)
    task = planned(case, fatima, due_on=TODAY)
    Task.objects.filter(pk=task.pk).update(due_on=TODAY - timedelta(days=2))
    planned(case, fatima, title="Een brief schrijven aan de gecertificeerde instelling")
    file = f"/gezinnen/{family_of(case).pk}/"
    plan, correction = f"/aanmeldingen/{case.pk}/taak/", f"/gesprek/{contact.pk}/"
    full = ("/vandaag/", "/taken/", "/gesprek/", file, f"{file}gesprekken/", f"{file}gesprek/")
    for path in (*full, plan, correction, f"/taken/{task.pk}/"):
        page.goto(path)
        found += faults(page)
    for path, button in ((f"{file}gesprek/", "Gesprek noteren"), (plan, "Taak plannen")):
        page.goto(path)  # wrong
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_focused()
        found += faults(page)
    page.goto(correction)
    correct_contact(contact=contact, by=None, reason="Naam", note="Een andere tekst.")
    page.get_by_label("Waarom klopt het niet?").fill("Verkeerd gehoord")
    page.get_by_role("button", name="Verbetering vastleggen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    assert found == []
