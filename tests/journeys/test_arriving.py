"""How people come in, in a real browser: from an old phone to a file with a first contact."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from cases.models import Person, Registration, WebRegistration
from cases.services.web_registrations import receive
from tests.cases.office import colleague
from tests.cases.test_public_form import KEPT
from tests.cases.test_registering import known_nadia
from tests.cast import family_of
from tests.journeys.looks import faults
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
QUEUE = "/aanmeldingen/wachtrij/"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("accounts.services.outbox.wake_a_worker", lambda *which: None)


def fill_in_public(page: Page) -> None:
    page.get_by_label("Ik ben ouder").check()
    page.get_by_label("Voornaam").fill("Nadia")
    page.get_by_label("Achternaam").fill("Kade")
    page.get_by_label("Geboortedatum").fill("12-3-1987")
    page.get_by_label("Telefoonnummer").fill("06 11112222")
    page.get_by_label("Wat is er aan de hand?").fill("Mijn zoon woont bij een pleeggezin.")
    page.get_by_label("Ja, jullie mogen").check()


def test_from_an_old_phone_without_javascript_to_a_file(open_page: Callable, signed_in: Callable):
    phone = open_page(width=320, java_script_enabled=False)
    phone.goto("/aanmelden/")
    phone.get_by_role("button", name="Versturen").click()
    expect(phone.get_by_role("alert")).to_contain_text("Kies wie je bent.")
    fill_in_public(phone)
    phone.get_by_role("button", name="Versturen").click()
    expect(phone.get_by_text("W00001")).to_be_visible()

    manager = signed_in(colleague("tess", "teammanager"))
    manager.goto("/gezinnen/")
    manager.get_by_role("link", name="Wachtrij 1").click()
    manager.get_by_role("link", name="W00001").click()
    manager.get_by_role("link", name="Aannemen").click()
    manager.get_by_label("Rol in het gezin").first.select_option("mother")
    manager.get_by_role("button", name="Aanmelding noteren").click()
    registration = Registration.objects.get()
    expect(manager.get_by_text(f"Aanmelding {registration.number} is genoteerd.")).to_be_focused()
    assert WebRegistration.objects.get().registration == registration


def test_from_the_telephone_to_the_first_contact(signed_in: Callable):
    page = signed_in(colleague("fatima"))
    page.goto("/aanmeldingen/nieuw/")
    page.get_by_label("Wie meldt zich aan?").fill("Nadia Kade 12-03-1987")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("heading", name="past niemand")).to_be_focused()
    page.get_by_role("link", name="Nieuwe aanmelding invullen").click()
    expect(page.get_by_label("Achternaam").first).to_have_value("Kade")
    page.get_by_label("Hoe kwam het binnen").select_option("phone")
    page.get_by_label("Wie meldt aan").select_option("parent")
    page.get_by_label("Er is toestemming").check()
    page.get_by_label("Ik ga dit gezin begeleiden").check()
    page.get_by_role("button", name="Aanmelding noteren").click()
    registration = Registration.objects.get()
    expect(page.get_by_text(f"Aanmelding {registration.number} is genoteerd.")).to_be_focused()
    page.get_by_role("link", name="Doelgroep toetsen").click()
    page.get_by_label("Gedupeerd").select_option("yes")
    page.get_by_label("uit huis geplaatst").select_option("yes")
    page.get_by_label("Waaruit blijkt dat?").fill("Beschikking gezien")
    page.get_by_role("button", name="Toets vastleggen").click()
    page.goto(f"/gezinnen/{family_of(registration).pk}/gesprek/")
    page.get_by_label("Verslag").fill("Zij vertelde over haar zoon.")
    page.get_by_role("button", name="Gesprek noteren").click()
    expect(page.get_by_text("Het gesprek staat bij")).to_be_visible()
    assert registration.intakes.standing().get().phone_contact_on is not None


def test_the_public_form_in_every_state(open_page: Callable):
    page = open_page()
    page.goto("/aanmelden/")
    found = faults(page)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += faults(page)
    fill_in_public(page)
    page.locator("[name=website]").evaluate("box => box.value = 'x'")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_label("Laat dit vak leeg")).to_be_visible()
    found += faults(page)
    page.get_by_label("Laat dit vak leeg").fill("")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    found += faults(page)
    assert found == []


def test_registering_and_the_queue_in_every_state(signed_in: Callable):
    page = signed_in(colleague("tess", "teammanager"))
    found: list[str] = []
    for path in (QUEUE, "/aanmeldingen/nieuw/", "/aanmeldingen/nieuw/formulier/"):  # empty
        page.goto(path)
        found += faults(page)
    page.get_by_role("button", name="Aanmelding noteren").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_text("Samen met een tweede persoon").click()
    found += faults(page)
    known_nadia()
    hidden = colleague("bob", team="Team West")
    known_nadia(
        by=hidden, supervise=True, not_these=set(Person.objects.values_list("pk", flat=True))
    )
    web = receive(id=uuid4(), said=KEPT)
    for path in (
        "/aanmeldingen/nieuw/?zoek=nadia+kade",
        "/gezinnen/?zoek=nadia+kade",
        QUEUE,
        f"{QUEUE}{web.pk}/",
    ):
        page.goto(path)
        found += faults(page)
    page.get_by_text("Niet aannemen").first.click()
    page.get_by_role("button", name="Niet aannemen").click()
    found += faults(page)
    page.goto(f"{QUEUE}{web.pk}/aannemen/")
    page.get_by_role("button", name="Aanmelding noteren").click()
    expect(page.get_by_text("Is het een van deze?")).to_be_visible()
    found += faults(page)
    page.get_by_label("toch een nieuwe aanmelding").check()
    page.get_by_role("button", name="Aanmelding noteren").click()
    expect(page.get_by_text("is genoteerd.")).to_be_focused()
    page.goto(f"{QUEUE}{web.pk}/")  # decided
    found += faults(page)
    page.goto(f"/aanmeldingen/{Registration.objects.first().pk}/doelgroep/")
    page.get_by_role("button", name="Toets vastleggen").click()
    found += faults(page)
    assert found == []
