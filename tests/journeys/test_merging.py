"""Two registrations of one mother become one, and two again, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.models import Intake, Merge
from tests.cases.merging import Twice, registered_twice, standing_facts
from tests.journeys.looks import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def twice(transactional_db) -> Twice:
    return registered_twice()


@pytest.mark.parametrize("width", [1280, 320])
def test_merged_and_undone(signed_in: Callable, twice: Twice, width: int):
    before, kept, gone = standing_facts(), twice.family, twice.family_gone
    page = signed_in(twice.tess, width=width)
    page.goto(f"/gezinnen/{kept.pk}/")
    page.get_by_role("link", name="Samenvoegen").click()
    expect(page.get_by_role("heading", name="Hier lijkt iemand op")).to_be_visible()
    page.get_by_role("link", name=f"{gone.number} met {kept.number}").click()
    _say_why(page)
    expect(page.get_by_role("heading", name="Zo wordt het")).to_be_focused()
    expect(page.get_by_text("heeft gezag over Lot Dorpstraat blijft")).to_be_visible()
    assert not Merge.objects.exists()
    page.get_by_role("button", name="Samenvoegen", exact=True).click()
    expect(page.get_by_text(f"Samengevoegd. Dit is gezin {kept.number}")).to_be_focused()
    assert Intake.objects.standing().get().registration == twice.kept
    page.goto(f"/gezinnen/{gone.pk}/")
    expect(page).to_have_url(page.url.replace(str(gone.pk), str(kept.pk)))

    page.goto("/samenvoegen/")
    page.get_by_role("button", name="Terugdraaien").click()
    expect(page.get_by_text("Alles staat weer zoals het stond.")).to_be_focused()
    expect(page.get_by_text("teruggedraaid", exact=True)).to_be_visible()
    assert standing_facts() == before


def test_pages_of_merging(signed_in: Callable, twice: Twice):
    page = signed_in(twice.tess)
    page.goto("/samenvoegen/")
    found = faults(page)  # empty
    page.goto(f"/samenvoegen/?gezin={twice.family.pk}&zoek=dorpstraat")
    found += faults(page)
    page.goto(f"/samenvoegen/{twice.family.pk}/{twice.family_gone.pk}/")
    found += faults(page)
    page.get_by_role("button", name="Bekijken hoe het wordt").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += faults(page)  # wrong
    _say_why(page)
    expect(page.get_by_role("heading", name="Zo wordt het")).to_be_focused()
    found += faults(page)  # full
    page.get_by_label("Ruben Kade").select_option(index=1)
    page.get_by_role("button", name="Bekijken hoe het wordt").click()
    expect(page.get_by_role("heading", name="Eerst uitzoeken")).to_be_focused()
    found += faults(page)
    page.get_by_label("Ruben Kade").select_option(index=0)
    page.get_by_role("button", name="Bekijken hoe het wordt").click()
    page.get_by_role("button", name="Samenvoegen", exact=True).click()
    page.goto("/samenvoegen/")
    found += faults(page)
    page.goto(f"/samenvoegen/{twice.family.pk}/{twice.family.pk}/")
    found += faults(page)
    assert found == []


def _say_why(page: Page) -> None:
    page.get_by_label("Waaraan zie je").fill("Zelfde moeder: telefonisch en via de site")
    page.get_by_role("button", name="Bekijken hoe het wordt").click()
