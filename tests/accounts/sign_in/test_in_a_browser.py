"""The whole road in a real browser: invitation, app, key, a draft over a time-out. No fault of the
content security policy, nothing fetched from elsewhere, no rule of accessibility broken."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from django.db.models import F
from playwright.sync_api import Page, sync_playwright

from accounts.models import BrowserSession, Draft, Team, User
from accounts.services.invitations import invite

from .helpers import OTHER_PASSWORD, PASSWORD, administrator, code_of, give_app, next_code

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.urls("tests.accounts.sign_in.draft_page"),
]


@pytest.fixture(autouse=True)
def django_may_be_asked_here(monkeypatch):
    """Playwright runs a loop of its own in this thread."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def faults():
    return []


@pytest.fixture
def page(chromium_path, faults, live_server):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        page = browser.new_page(locale="nl-NL")
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: note_elsewhere(asked.url, faults))
        page.set_default_timeout(10_000)
        yield page
        browser.close()
        connections.close_all()  # those of Playwright's loop; the next test has its own


def note_elsewhere(url: str, faults: list[str]) -> None:
    if urlsplit(url).hostname not in {"localhost", None}:
        faults.append(f"asked elsewhere: {url}")


def is_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def with_a_key(page: Page) -> None:
    """A virtual key in the browser, that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give(page: Page, label: str, text: str, button: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name=button).click()


def test_from_the_letter_to_a_draft_that_comes_back(page, live_server, faults):
    noor = User.objects.create_user("noor@ot.example.org", name="Noor Nieuw")
    team = Team.objects.create(name="Team Oost")
    site = live_server.url.replace("127.0.0.1", "localhost")
    with_a_key(page)

    page.goto(invite(noor, by=administrator(), site=site))
    is_accessible(page)
    page.get_by_label("Wachtwoord", exact=True).fill(OTHER_PASSWORD)
    give(page, "Nog een keer", OTHER_PASSWORD, "Wachtwoord vastleggen")

    assert page.get_by_role("heading", name="Stel je tweede stap in").is_visible()
    is_accessible(page)
    page.get_by_role("link", name="App instellen").click()
    assert page.locator("svg[role=img]").bounding_box()["width"] > 150
    is_accessible(page)
    secret = page.locator("main code").inner_text().replace(" ", "")
    give(page, "Code uit de app", "12", "App instellen")
    assert "Deze code klopt niet" in page.locator(".error-summary").inner_text()
    is_accessible(page)
    give(page, "Code uit de app", code_of(secret), "App instellen")

    assert page.get_by_role("heading", name="Herstelcodes").is_visible()
    assert page.locator("main li code").count() == 10
    is_accessible(page)

    page.goto(f"{site}/account/beveiliging/sleutels/nieuw/")
    is_accessible(page)
    page.get_by_label("Naam van de sleutel").fill("laptop")
    page.get_by_role("button", name="Sleutel toevoegen").click()
    page.wait_for_url(f"{site}/account/beveiliging/")
    assert "1 sleutel" in page.locator("main").inner_text()

    note = f"{site}/notitie/{team.pk}/"
    page.goto(note)
    page.get_by_label("Tekst").fill("Zij belde vandaag. ")
    with page.expect_response(re.compile("/concept/$")) as kept:
        page.get_by_label("School").check()
    assert kept.value.ok
    assert Draft.objects.get().content["text"] == "Zij belde vandaag. "
    BrowserSession.objects.update(seen_at=F("seen_at") - timedelta(minutes=20))
    page.get_by_role("button", name="Notitie vastleggen").click()

    assert "Je bent uitgelogd" in page.locator("main").inner_text()
    is_accessible(page)
    page.get_by_label("E-mailadres", exact=True).fill(noor.email)
    give(page, "Wachtwoord", OTHER_PASSWORD, "Inloggen")
    is_accessible(page)
    page.get_by_role("button", name="Sleutel gebruiken").click()
    page.wait_for_url(note)
    assert "Je eerdere tekst is teruggezet" in page.locator("main").inner_text()
    assert page.get_by_label("Tekst").input_value() == "Zij belde vandaag. "
    assert page.get_by_label("School").is_checked()
    is_accessible(page)
    page.get_by_role("button", name="Notitie vastleggen").click()
    page.wait_for_url(f"{site}/")
    assert Draft.objects.get().content == {}
    assert faults == []


def test_managing_people_by_hand(page, live_server, faults):
    fay = administrator()
    site = live_server.url.replace("127.0.0.1", "localhost")
    give_app(fay)
    page.goto(f"{site}/beheer/medewerkers/")
    page.get_by_label("E-mailadres", exact=True).fill(fay.email)
    give(page, "Wachtwoord", PASSWORD, "Inloggen")
    give(page, "Code uit je app, of een herstelcode", next_code(fay), "Verder")
    is_accessible(page)
    page.get_by_role("link", name="Medewerker uitnodigen").click()
    page.get_by_role("button", name="Uitnodigen").click()
    is_accessible(page)
    page.locator(".error-summary a", has_text="Kies minstens één rol").click()
    assert page.evaluate("document.activeElement.tagName") == "FIELDSET"
    page.get_by_label("Naam", exact=True).fill("Noor Nieuw")
    page.get_by_label("E-mailadres", exact=True).fill("noor@ot.example.org")
    page.get_by_label(re.compile("^Procesbegeleider")).check()
    page.get_by_role("button", name="Uitnodigen").click()
    assert "Noor Nieuw is uitgenodigd" in page.locator("main").inner_text()
    is_accessible(page)
    assert faults == []
