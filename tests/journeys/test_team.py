"""A team manager's work in a real browser: handing a caseload over, cover, every page's states."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import Employment, User
from cases.models import Assignment, Handover
from cases.services import note
from cases.services.handing_over import offer
from tests.accounts.sign_in.test_troubled_mail import failed, uncertain
from tests.cases.office import LAST_MONTH, TODAY, a_case, colleague
from tests.cast import a_registration, family_of
from tests.journeys.looks import faults, open_all

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """Letters are written; nobody is woken up to send them."""
    monkeypatch.setattr("accounts.services.outbox.wake_a_worker", lambda *which: None)


@pytest.fixture
def tess() -> User:
    return colleague("tess", "teammanager")


def test_a_caseload_of_twenty_is_handed_over(signed_in: Callable, tess):
    fatima, bob = colleague("fatima"), colleague("bob", team="Team West")
    note(Employment(supervisor=bob, fte="0.8", happened_on=LAST_MONTH), by=None)
    for _ in range(20):
        a_case(fatima)
    page = signed_in(tess)
    page.goto("/")
    expect(page.get_by_role("link", name="20 trajecten van Fatima")).to_be_visible()
    page.get_by_role("link", name="Trajecten overdragen").click()
    page.get_by_label("Van wie?").select_option(label="Fatima")
    page.get_by_role("button", name="Trajecten tonen").click()
    page.get_by_label("Aan wie?").select_option(label="Bob (Team West)")
    page.get_by_role("button", name="Bekijken hoe het wordt").click()
    expect(page.get_by_role("heading", name="Zo wordt het")).to_be_focused()
    expect(page.get_by_role("row", name="Fatima 20 0")).to_be_visible()
    expect(page.get_by_role("row", name="Bob 0 20 0 → 25")).to_be_visible()
    assert not Handover.objects.exists()
    page.get_by_role("button", name="Aanbod versturen").click()
    expect(page.get_by_text("20 trajecten aangeboden aan Bob")).to_be_focused()

    receiver = signed_in(bob)
    receiver.goto("/")
    receiver.get_by_role("link", name="Overdracht 20").click()
    receiver.get_by_role("link", name="20 trajecten van Fatima").click()
    receiver.get_by_role("button", name="Overnemen").click()
    expect(receiver.get_by_text("Je hebt 20 trajecten overgenomen")).to_be_focused()
    standing = Assignment.objects.standing().filter(ended_on__isnull=True)
    assert standing.filter(supervisor=bob).count() == 20
    giver = signed_in(fatima)
    giver.goto("/gezinnen/")
    expect(giver.get_by_text("Je teammanager wijst ze toe")).to_be_visible()


def test_someone_covers_and_sees_the_files_until_it_ends(signed_in: Callable, tess):
    fatima, bob = colleague("fatima"), colleague("bob")
    number = family_of(a_case(fatima)).number
    page, other = signed_in(tess), signed_in(bob)
    page.goto("/team/")
    page.get_by_role("link", name="Waarneming en delen").first.click()
    page.get_by_role("link", name="Waarneming regelen").click()
    page.get_by_role("button", name="Waarneming regelen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Wie is er niet?").select_option(label="Fatima (Team Oost)")
    page.get_by_label("Wie neemt waar?").select_option(label="Bob (Team Oost)")
    page.get_by_label("Laatste dag").fill(f"{TODAY:%Y-%m-%d}")
    page.get_by_label("Reden").fill("Verlof")
    page.get_by_role("button", name="Waarneming regelen").click()
    expect(page.get_by_text("Bob neemt waar voor Fatima.", exact=True)).to_be_focused()
    other.goto("/gezinnen/")
    expect(other.get_by_role("link", name=number)).to_be_visible()
    page.get_by_role("button", name="Beëindigen").click()
    expect(page.get_by_text("neemt niet langer waar")).to_be_focused()
    other.goto("/gezinnen/")
    expect(other.get_by_role("link", name=number)).to_have_count(0)


def test_pages_of_the_team(signed_in: Callable, tess):
    found: list[str] = []
    page = signed_in(tess)

    def look_at(*paths: str) -> None:
        for path in paths:
            page.goto(path)
            open_all(page)
            found.extend(faults(page))

    look_at("/team/", "/team/lijst/", "/team/overdragen/", "/overdracht/", "/waarneming/")  # empty
    fatima, bob = colleague("fatima"), colleague("bob")
    note(Employment(supervisor=fatima, fte="0.1", happened_on=LAST_MONTH), by=None)
    cases = [a_case(fatima) for _ in range(3)]
    waits = a_registration(on=LAST_MONTH)
    offer(registrations=cases[:1], receiver=bob, takes_over_on=TODAY, note="Let op", by=tess)
    page.goto("/team/lijst/?begeleider=geen")
    open_all(page)
    page.get_by_label("Naam van de weergave").fill("Wachtlijst van het team")
    page.get_by_role("button", name="Deze weergave bewaren").click()
    expect(page.get_by_text("De weergave is bewaard.")).to_be_visible()
    file = f"/gezinnen/{family_of(cases[0]).pk}/"
    look_at(  # full
        "/team/",
        "/team/lijst/",
        f"/team/overdragen/?van={fatima.pk}",
        "/overdracht/",
        f"/overdracht/{Handover.objects.get().batch}/",
        f"/team/toewijzen/{waits.pk}/",
        "/waarneming/nieuw/",
        "/waarneming/belangenconflict/",
        f"{file}delen/",
    )
    for path, button in (  # wrong
        ("/waarneming/nieuw/", "Waarneming regelen"),
        ("/waarneming/belangenconflict/", "Belangenconflict melden"),
        (f"{file}delen/", "Dossier delen"),
        (f"/team/overdragen/?van={fatima.pk}", "Bekijken hoe het wordt"),
        (f"/team/toewijzen/{waits.pk}/", "Toewijzen"),
    ):
        page.goto(path)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_visible()
        found += faults(page)
    look_at("/team/lijst/?begeleider=x", "/waarneming/")
    page = signed_in(bob)
    look_at("/overdracht/", f"/overdracht/{Handover.objects.get().batch}/")
    page.get_by_role("button", name="Weigeren").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    assert found == []


def test_mail_that_did_not_arrive(signed_in: Callable):
    fay = colleague("fay", "functioneel beheerder")
    page = signed_in(fay)
    page.goto("/beheer/mail/")
    found = faults(page)
    failed(purpose="invitation", recipient=fay)
    uncertain(purpose="overdracht")
    page.goto("/beheer/mail/")
    found += faults(page)
    page.get_by_role("button", name="Afgehandeld").first.click()
    expect(page.get_by_text("Afgehandeld.", exact=True)).to_be_focused()
    assert found == []
