"""The check whether a registration is for this team."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from cases.models import TargetGroupCheck
from cases.services import check_target_group
from tests.cases.office import LAST_MONTH, TODAY, TOMORROW, a_case, browser_of, colleague, last_line
from tests.cast import a_registration, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
SAID = {"affected": "waiting", "placement": "yes", "ground": "Zij wacht op haar beschikking."}


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def address(registration) -> str:
    return f"/aanmeldingen/{registration.pk}/doelgroep/"


def form(**changes) -> dict:
    return SAID | {"happened_on": TODAY.isoformat()} | changes


def test_it_is_filled_in_and_stands_in_the_file(case, fatima):
    client = browser_of(fatima)
    page = client.post(address(case), form())
    assert page["Location"] == f"/gezinnen/{family_of(case).pk}/"
    check = TargetGroupCheck.objects.get()
    assert (check.affected, check.placement, check.recorded_by) == ("waiting", "yes", fatima)
    assert last_line(part="doelgroeptoets").action == "change"
    text = client.get(page["Location"]).content.decode()
    assert "Zij wacht op haar beschikking." in text
    assert "Doelgroeptoets bijwerken" in text


def test_a_newer_one_corrects_the_former_which_stays_on_record(case, fatima):
    client = browser_of(fatima)
    client.post(address(case), form())
    seen = client.get(address(case)).context["form"].initial["seen"]
    client.post(address(case), form(affected="yes", seen=seen))
    former, now = TargetGroupCheck.objects.order_by("recorded_at")
    assert (former.affected, former.withdrawn_by) == ("waiting", fatima)
    assert (now.affected, now.withdrawn_at) == ("yes", None)


def test_of_two_at_once_the_second_is_told_and_loses_no_word(case, fatima):
    client = browser_of(fatima)
    bob = colleague("bob")
    check_target_group(registration=case, **SAID, on=TODAY, by=bob)
    page = client.post(address(case), form(ground="Beschikking gezien"))
    text = page.content.decode()
    assert "Bob heeft de toets intussen ingevuld" in text
    assert "Beschikking gezien" in text
    assert TargetGroupCheck.objects.count() == 1
    seen = page.context["form"].data["seen"]
    assert client.post(address(case), form(seen=seen)).status_code == 302


def test_before_anybody_supports_it_a_manager_fills_it_in():
    new, tess = a_registration(on=TODAY), colleague("tess", "teammanager")
    assert browser_of(tess).post(address(new), form()).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"affected": ""}, "affected"),
        ({"affected": "misschien"}, "affected"),
        ({"placement": "waiting"}, "placement"),
        ({"ground": " "}, "ground"),
        ({"ground": "a\0b"}, "ground"),
        ({"happened_on": TOMORROW.isoformat()}, "happened_on"),
        ({"happened_on": "2000-01-01"}, "happened_on"),
        ({"seen": "onzin"}, "seen"),
    ],
)
def test_what_is_wrong_is_said(case, fatima, wrong, field):
    page = browser_of(fatima).post(address(case), form(**wrong))
    assert field in page.context["form"].errors
    assert not TargetGroupCheck.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(case, method):
    client = browser_of(colleague("bob", team="Team West"))
    assert getattr(client, method)(address(case)).status_code == 404
    assert last_line().outcome == "refused"
    real = getattr(client, method)(f"/aanmeldingen/{uuid4()}/doelgroep/")
    assert real.status_code == 404


def test_the_service_refuses_a_day_before_the_registration(case):
    with pytest.raises(ValidationError, match="voor de dag van de aanmelding"):
        check_target_group(registration=case, **SAID, on=LAST_MONTH.replace(year=2000), by=None)
