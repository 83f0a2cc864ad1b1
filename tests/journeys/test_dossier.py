"""The file in a real browser: a trajectory by keyboard, two texts at once, every page and look."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.models import (
    Consent,
    Custody,
    FamilyMember,
    FormalRequest,
    InstitutionInvolvement,
    Placement,
    Result,
    Support,
    SupportRequest,
)
from cases.services import add_person, assign, correct, note, status_of
from cases.status import Status
from tests.cases.office import LAST_MONTH, LAST_WEEK, TODAY, a_case, colleague
from tests.cast import a_child, a_registration, code, family_of
from tests.journeys.looks import faults
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
MOST_TABS = 150


@pytest.fixture
def case():
    """A family of which only the people are known."""
    return a_case(colleague("fatima"))


@pytest.fixture
def full(case):
    """A file with something in each of its parts."""
    family = family_of(case)
    add_person(family=family, person=a_child(birth_date=LAST_MONTH.replace(year=2012)), by=None)
    mother = FamilyMember.objects.get(family=family, role="mother").person
    children = [one.person for one in FamilyMember.objects.filter(family=family, role="child")]
    long_ago = LAST_MONTH.replace(year=2019)
    for fact in (
        Custody(parent=mother, child=children[0], holds=True),
        Placement(child=children[0], happened_on=LAST_MONTH, measure=True),
        Placement(child=children[1], happened_on=long_ago, ended_on=LAST_MONTH, measure=False),
        Placement(child=children[1], happened_on=LAST_WEEK),
        InstitutionInvolvement(
            family=family,
            institution=code("certified_institution", "GI01"),
            region=code("youth_region", "JZ01"),
            happened_on=LAST_MONTH,
        ),
        SupportRequest(
            family=family, request=code("support_request", "housing"), happened_on=LAST_WEEK
        ),
        Support(family=family, form=code("support_form", "debt_help"), happened_on=LAST_WEEK),
        Result(
            family=family,
            child=children[1],
            result=code("result", "child_returned_home"),
            happened_on=LAST_MONTH,
        ),
        FormalRequest(
            registration=case,
            kind=code("formal_request", "review"),
            addressed_to="GI Voorbeeld",
            happened_on=LAST_MONTH,
            due_on=LAST_WEEK,
        ),
        Consent(
            registration=case,
            person=mother,
            kind=code("consent_kind", "attend"),
            given=True,
            given_by="self",
            happened_on=LAST_WEEK,
        ),
        Consent(
            registration=case,
            person=children[0],
            kind=code("consent_kind", "contact"),
            given=False,
            given_by="self",
            happened_on=LAST_WEEK,
        ),
    ):
        note(fact, by=User.objects.get(name="Fatima"))
    for member in FamilyMember.objects.filter(person__in=[mother, children[1]]):
        correct(member, by=None, reason="Gehoord", died_on=LAST_WEEK)
    return case


def file_of(case) -> str:
    return f"/gezinnen/{family_of(case).pk}/"


def follow(page: Page, name: str) -> None:
    """To the link or button with this name by Tab, and in."""
    focused = "document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name!r} is not reached by keyboard on {page.url}")


def choose(page: Page, label: str, words: str) -> None:
    """In a list that has the focus, by typing."""
    field = page.get_by_label(label)
    field.focus()
    page.keyboard.type(words)
    expect(field.locator("option:checked")).to_contain_text(words)


def test_a_trajectory_from_start_to_reopening_by_keyboard(signed_in: Callable):
    fatima, tess = colleague("fatima"), colleague("tess", "teammanager")
    new = a_registration(on=LAST_WEEK)
    assign(registration=new, supervisor=fatima, on=LAST_WEEK, by=None)
    page = signed_in(fatima)
    page.goto(file_of(new))
    follow(page, "Traject starten")
    follow(page, "Traject starten")
    expect(page.get_by_text("Het traject loopt.")).to_be_focused()

    follow(page, "Ondersteuning toevoegen")
    choose(page, "Vorm", "Schuldhulp")
    page.get_by_label("Datum").fill(f"{TODAY}")
    follow(page, "Ondersteuning toevoegen")
    expect(page.locator(".message")).to_be_focused()
    follow(page, "Resultaat toevoegen")
    choose(page, "Resultaat", "Woning verkregen")
    page.get_by_label("Datum").fill(f"{TODAY}")
    follow(page, "Resultaat toevoegen")
    expect(page.get_by_role("link", name="Woning verkregen")).to_be_visible()

    follow(page, "Traject afsluiten")
    choose(page, "Waarom sluit je af?", "Volledig doorlopen")
    follow(page, "Traject afsluiten")
    expect(page.get_by_text("Het traject is afgesloten")).to_be_focused()
    assert status_of(new) is Status.CLOSED
    page = signed_in(tess)
    page.goto(file_of(new))
    follow(page, "Traject heropenen")
    follow(page, "Traject heropenen")
    expect(page.get_by_text("De eerdere afsluiting blijft staan")).to_be_focused()
    assert status_of(new) is Status.REOPENED


def test_what_was_just_written_is_undone(signed_in: Callable, case):
    page = signed_in(User.objects.get(name="Fatima"))
    page.goto(f"{file_of(case)}wensen/nieuw/")
    choose(page, "Gewenste gezinssituatie", "Contactherstel")
    page.get_by_role("button", name="Wens toevoegen").click()
    page.get_by_role("link", name="Ongedaan maken").click()
    page.get_by_role("button", name="Intrekken").click()
    expect(page.locator(".message")).to_contain_text("Ingetrokken")
    expect(page.get_by_role("link", name="Contactherstel met kind(eren)")).to_have_count(0)


def test_two_texts_at_once(signed_in: Callable, full):
    """Two tabs on one placement: the second sees both texts and chooses (T87)."""
    fatima = User.objects.get(name="Fatima")
    placement = Placement.objects.filter(ended_on=None).order_by("happened_on").first()
    first, second = signed_in(fatima), signed_in(fatima)
    for page, home in ((first, "Instelling"), (second, "Gezinshuis")):
        page.goto(f"{file_of(full)}plaatsingen/{placement.pk}/")
        page.get_by_label("Verblijfplaats").select_option(label=home)
        page.get_by_label("Waarom pas je dit aan?").fill(f"Het is {home}")
    first.get_by_role("button", name="Aanpassen").click()
    expect(first.locator(".message.success")).to_contain_text("Aangepast")
    second.get_by_role("button", name="Aanpassen").click()
    expect(second.get_by_role("alert")).to_be_focused()
    expect(second.get_by_role("table")).to_contain_text("Gezinshuis")
    expect(second.get_by_role("table")).to_contain_text("Instelling")
    assert faults(second) == []
    second.get_by_role("button", name="Mijn tekst opslaan").click()
    expect(second.locator(".message.success")).to_contain_text("Aangepast")
    residences = Placement.objects.standing().filter(child=placement.child)
    assert residences.get().residence_id == "residence.family_home"


def test_every_page_in_every_state(signed_in: Callable, case, full):
    found: list[str] = []
    fatima, registration = User.objects.get(name="Fatima"), f"/aanmeldingen/{full.pk}/"
    empty = a_case(fatima)
    page = signed_in(fatima)
    addresses = (
        file_of(full),
        file_of(empty),
        f"{file_of(full)}tijdlijn/",
        f"{file_of(full)}stand/",
        f"{file_of(full)}stand/?op={TODAY}",
        f"{file_of(full)}plaatsingen/nieuw/",
        f"{file_of(full)}gezinsleden/nieuw/",
        f"{file_of(full)}gesprek/",
        f"{registration}verzoeken/nieuw/",
        f"{registration}stand/heropend/",
        f"{registration}stand/intrekken/",
    )
    for address in addresses:
        page.goto(address)
        found += faults(page)
    for address in (f"{registration}stand/afgesloten/", f"{registration}documenten/nieuw/"):
        page.goto(address)
        page.locator("form.ask button").click()
        expect(page.get_by_role("alert")).to_be_focused()
        found += faults(page)
    assert found == []
