"""What isn't in view yet on a file: the same as on Vandaag, with where it is filled in."""

import pytest

from cases import in_view
from cases.caseload.missing import missing_in
from cases.files.gaps import PLACES
from cases.models import FamilyMember, Placement
from cases.services import add_person, correct, note
from tests.cases.office import LAST_WEEK, TODAY, a_case, browser_of, colleague
from tests.cases.writing import person_of
from tests.cast import a_child, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def gaps(case, fatima) -> list[str]:
    page = browser_of(fatima).get(f"/gezinnen/{family_of(case).pk}/")
    return [gap.words for gap in page.context["gaps"]]


def test_each_blank_of_the_figures_has_its_place_on_the_file():
    assert list(PLACES) == list(in_view.BLANKS)


def test_what_the_figures_miss_comes_first_by_name(case, fatima):
    note(Placement(child=person_of(case, "child"), happened_on=LAST_WEEK), by=None)
    assert gaps(case, fatima) == [
        f"route van {case.number}",
        "gezinssamenstelling",
        "gezag van Sanne Dorpstraat",
        "maatregel bij Lot Dorpstraat",
        "verblijfplaats van Lot Dorpstraat",
        "geboortedatum van Lot Dorpstraat",
        "wat het gezin wil",
        "reden van de uithuisplaatsing",
    ]


def test_each_leads_to_its_form(case, fatima):
    note(Placement(child=person_of(case, "child"), happened_on=LAST_WEEK), by=None)
    client = browser_of(fatima)
    shown = client.get(f"/gezinnen/{family_of(case).pk}/").context["gaps"]
    assert {client.get(gap.address).status_code for gap in shown} == {200}


def test_the_route_is_filled_in_and_only_that(case, fatima):
    client, intake = browser_of(fatima), case.intakes.standing().get()
    address = f"/aanmeldingen/{case.pk}/route/"
    route, why = code("registration_route", "self"), "Nagevraagd"
    filled_in = {"route": route.pk, "referrer": "", "correction_reason": why, "stands": intake.pk}
    assert client.post(f"{address}{intake.pk}/", filled_in).status_code == 302
    now = case.intakes.standing().get()
    assert (now.route, now.happened_on) == (route, intake.happened_on)
    assert f"route van {case.number}" not in gaps(case, fatima)
    for elsewhere in ("nieuw/", f"{now.pk}/intrekken/"):
        assert client.post(f"{address}{elsewhere}", filled_in).status_code == 404


def test_as_on_vandaag_it_is_the_spell_that_counts(case, fatima):
    """An earlier spell without a measure is not in view nowhere, once a later one has it."""
    child = add_person(family=family_of(case), person=a_child(birth_date=LAST_WEEK), by=None)
    for measure in (None, True):
        note(Placement(child=child, happened_on=LAST_WEEK, measure=measure), by=None)
    missing = missing_in([family_of(case).pk], TODAY)[family_of(case).pk]
    assert in_view.MEASURE not in missing
    assert not any(words.startswith("maatregel") for words in gaps(case, fatima))


def test_a_role_that_is_not_in_view(case, fatima):
    mother = FamilyMember.objects.standing().get(person=person_of(case, "mother"))
    correct(mother, by=None, reason="Toch niet zeker", role="")
    assert "rol van Sanne Dorpstraat" in gaps(case, fatima)
