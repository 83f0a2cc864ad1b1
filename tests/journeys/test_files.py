"""Files, emergencies and the read log in a real browser: every page in its states, every look."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import AccessReview, Complaint, Custody, FamilyMember, Placement, SupportRequest
from cases.services import note
from cases.services.emergency import open_in_emergency
from tests.cases.office import LAST_MONTH, TODAY, a_case, colleague, officer
from tests.cast import code, family_of
from tests.journeys.looks import faults, open_all
from tests.reporting.runs import NOT_COLLECTED, a_done_run, rianne

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
REASON = "Moeder belt in paniek, haar begeleider is onbereikbaar"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """Letters are written; nobody is woken up to send them."""
    monkeypatch.setattr("accounts.services.outbox.wake_a_worker", lambda *which: None)


@pytest.fixture
def case():
    """A file with something in each of its parts."""
    registration = a_case(colleague("fatima"))
    family = family_of(registration)
    people = {one.role: one.person for one in FamilyMember.objects.filter(family=family)}
    wish = code("support_request", "housing")
    for fact in (
        Custody(parent=people["mother"], child=people["child"], holds=True),
        Placement(child=people["child"], happened_on=LAST_MONTH),
        SupportRequest(family=family, request=wish, happened_on=TODAY),
        Complaint(family=family, number="KL001", happened_on=TODAY, subject="Te laat gebeld"),
    ):
        note(fact, by=None)
    return registration


def test_files_and_an_emergency(signed_in: Callable, case):
    found: list[str] = []
    file = f"/gezinnen/{family_of(case).pk}/"
    page = signed_in(User.objects.get(name="Fatima"))
    for path in ("/gezinnen/", "/gezinnen/?zoek=niets", "/gezinnen/?zoek=x", file):
        page.goto(path)
        found += faults(page)
    page.goto(f"{file}wie-keek/")
    found += faults(page)
    page = signed_in(colleague("bob", team="Team West"))
    page.goto("/gezinnen/")  # empty
    found += faults(page)
    page.get_by_role("link", name="Noodtoegang").click()
    page.get_by_role("button", name="Dossier een uur openen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += faults(page)
    page.get_by_label("Nummer van het gezin").fill(family_of(case).number)
    page.get_by_label("Waarom kan het niet wachten?").select_option("absent")
    page.get_by_label("Wat is er aan de hand?").fill(REASON)
    page.get_by_role("button", name="Dossier een uur openen").click()
    expect(page.get_by_role("status")).to_contain_text("Noodtoegang tot")
    found += faults(page)
    page.goto("/gezinnen/noodtoegang/")  # waits for a judgement
    found += faults(page)
    assert found == []


def test_judging_and_the_read_log(signed_in: Callable, case):
    found: list[str] = []
    bob = colleague("bob", team="Team West")
    file = f"/gezinnen/{family_of(case).pk}/"
    mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
    page = signed_in(officer())
    for path in ("/noodtoegang/", "/leeslogboek/opvallend/"):  # empty
        page.goto(path)
        found += faults(page)
    open_in_emergency(registration=case, ground="absent", reason=REASON, by=bob)
    signed_in(bob).goto(file)
    for path in (
        "/leeslogboek/",
        f"/leeslogboek/?persoon={mother.number}",
        "/leeslogboek/?persoon=x",
        f"/leeslogboek/overzicht/{mother.pk}/",
        "/leeslogboek/opvallend/",
    ):
        page.goto(path)
        open_all(page)
        found += faults(page)
    page.get_by_label("Wat heb je gezien?").first.fill("Terecht")
    page.get_by_role("button", name="Beoordeeld").first.click()
    expect(page.get_by_text("Beoordeeld.", exact=True)).to_be_focused()
    assert AccessReview.objects.count() == 1
    found += faults(page)
    page.goto("/noodtoegang/")
    found += faults(page)
    page.get_by_role("link", name="Beoordelen").click()
    page.get_by_role("button", name="Oordeel vastleggen").click()
    found += faults(page)
    page.get_by_label("Oordeel").select_option("right")
    page.get_by_role("button", name="Oordeel vastleggen").click()
    expect(page.get_by_text("Je oordeel staat erbij.")).to_be_visible()
    found += faults(page)
    assert found == []


def test_behind_a_figure(signed_in: Callable, case):
    run = a_done_run()
    page = signed_in(rianne())
    page.goto(f"/rapporten/{run.pk}/")
    page.get_by_text("Hoe is dit geteld?").first.click()
    page.get_by_role("link", name="De nummers erachter").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = faults(page)
    page.goto(f"/rapporten/{run.pk}/achter/registrations.status/")
    found += faults(page)
    assert found == []


def test_the_overview_on_paper(signed_in: Callable, case):
    mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
    page = signed_in(officer())
    page.goto(f"/leeslogboek/overzicht/{mother.pk}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Om mee te geven")).to_be_hidden()
    expect(page.locator(".site-header")).to_be_hidden()
