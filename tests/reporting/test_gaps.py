"""What is missing before an edition: numbers for who writes it, files for who may open them."""

import pytest

from accounts.models import AccessLine
from cases.in_view import BLANKS
from cases.models import Person
from cases.services import start
from cases.services.assigning import assign
from reporting.models import Edition, Period
from reporting.services.gaps import gaps_among
from tests.cast import MONDAY, a_registration, family_of
from tests.reporting.runs import NOT_COLLECTED, fatima, rianne

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
QUERIES = 15


@pytest.fixture
def edition():
    period = Period.objects.get(last_day="2024-07-31")
    return Edition.objects.create(period=period, slug="x", title="Een kwartaal")


@pytest.fixture
def three():
    registrations = [a_registration() for _ in range(3)]
    for registration in registrations:
        start(registration=registration, on=MONDAY, by=None)
    return registrations


def address(edition, code: str = "") -> str:
    return f"/rapporten/edities/{edition.pk}/aanvullen/" + (f"{code}/" if code else "")


class TestNumbers:
    @pytest.fixture
    def reporter(self, client):
        client.force_login(rianne())
        return client

    def test_every_number_opens_its_list_without_a_name(self, reporter, edition, three):
        page = reporter.get(address(edition))
        assert page.context["missing"] == 3
        for gap in page.context["gaps"]:
            listed = reporter.get(address(edition, gap.blank.code))
            numbers = [family.number for family in listed.context["page"]]
            assert len(numbers) == len(gap.files), gap.blank.code
            text = listed.content.decode()
            assert not any(person.last_name in text for person in Person.objects.all())
            assert "/gezinnen/" not in text.partition("<main")[2], "she opens no file"
        composition = next(one for one in page.context["gaps"] if one.blank.code == "composition")
        assert composition.files == {family_of(one).pk for one in three}

    def test_looking_behind_a_number_is_on_record(self, reporter, edition, three):
        reporter.get(address(edition, "composition"))
        line = AccessLine.objects.latest("pk")
        assert (line.action, line.ground) == ("drill_down", "counts")

    def test_the_number_of_queries_does_not_grow(
        self, reporter, edition, three, django_assert_num_queries
    ):
        reporter.get(address(edition))
        with django_assert_num_queries(QUERIES):
            reporter.get(address(edition))
        for _ in range(5):
            a_registration()
        with django_assert_num_queries(QUERIES):
            reporter.get(address(edition))

    def test_where_nothing_is_missing_it_says_so(self, reporter, edition):
        assert "Er ontbreekt niets" in reporter.get(address(edition)).content.decode()

    def test_what_cannot_be_missing_is_not_there(self, reporter, edition):
        assert reporter.get(address(edition, "schoenmaat")).status_code == 404


class TestFiles:
    def test_a_supervisor_opens_her_own_at_the_right_place(self, client, edition, three):
        supervisor = fatima()
        assign(registration=three[0], supervisor=supervisor, on=MONDAY, by=None)
        client.force_login(supervisor)
        page = client.get(address(edition, "composition")).content.decode()
        own, *others = (family_of(one) for one in three)
        assert f"/{own.pk}/#nog-niet" in page
        assert not any(str(other.pk) in page or other.number in page for other in others)
        assert 'id="nog-niet"' in client.get(f"/gezinnen/{own.pk}/").content.decode()


@pytest.mark.django_db
def test_all_that_can_be_missing_has_a_theme():
    gaps = gaps_among([], MONDAY)
    assert {gap.blank for gap in gaps} == set(BLANKS)
    assert all(gap.theme and gap.label for gap in gaps)
