"""Behind a figure: the case numbers that it counts, for who reads figures; never a name."""

import re

import pytest
from django.utils import timezone

from accounts.models import AccessLine
from cases.models import FamilyMember, Person
from cases.services import add_person, start
from facts.dates import Dates
from reporting.figures import REPORT, count
from reporting.models import ReportRun
from reporting.services.running import as_json
from tests.cast import MONDAY, a_child, a_registration, family_of
from tests.reporting.runs import JULY, MAY, NOT_COLLECTED, a_done_run, a_failed_run, fatima, rianne

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]
QUERIES = 13


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


@pytest.fixture
def world():
    """Two families that started, one with a child, and one registration that didn't."""
    registrations = [a_registration() for _ in range(3)]
    for registration in registrations[:2]:
        start(registration=registration, on=MONDAY, by=None)
    add_person(family=family_of(registrations[0]), person=a_child(), by=None)
    return registrations


@pytest.fixture
def run(world):
    """The figures of this little world, drawn as it is known now."""
    return drawn_now()


def drawn_now() -> ReportRun:
    dates = Dates(MAY, JULY, timezone.now())
    figures = as_json(count(REPORT, dates))
    return a_done_run(figures, known_on=dates.known_on)


def numbers(page) -> list[str]:
    return [row[0] for row in page.context["rows"]]


def behind(run, key: str) -> str:
    return f"/rapporten/{run.pk}/achter/{key}/"


def test_registrations_and_their_families(reader, run, world):
    page = reader.get(behind(run, "registrations.total"))
    assert numbers(page) == [registration.number for registration in world]
    assert family_of(world[0]).number in page.content.decode()


def test_a_row_of_a_breakdown(reader, run, world):
    page = reader.get(behind(run, "registrations.status.running"))
    assert numbers(page) == [registration.number for registration in world[:2]]
    assert "lopend" in page.content.decode()


def test_a_whole_breakdown_leads_to_its_rows(reader, run):
    page = reader.get(behind(run, "registrations.status")).content.decode()
    links = re.findall(r'href="(/rapporten/[^"]*/achter/[^"]*)"', page)
    assert behind(run, "registrations.status.running") in links
    for link in links:
        assert reader.get(link).status_code == 200


def test_the_number_of_records_is_the_figure(reader, run):
    """Of every key that has files behind it."""
    for key, figure in run.figures.items():
        page = reader.get(behind(run, key))
        assert page.status_code == 200, key
        if page.context["page"] is not None and "percentage" not in key:
            assert page.context["page"].paginator.count == figure, key


def test_no_names_are_on_it_and_everybody_is_in_the_log(reader, run, world):
    for person in Person.objects.all():
        person.first_name, person.last_name = "Kanarie", "Geheim"
        person.save()
    for key in ("registrations.total", "children.total", "registrations.status"):
        page = reader.get(behind(run, key)).content.decode()
        assert "Kanarie" not in page
        assert "Geheim" not in page
    reader.get(behind(run, "registrations.total"))
    line = AccessLine.objects.order_by("at").last()
    assert (line.action, line.ground, line.object_id) == (
        "drill_down",
        "counts",
        "registrations.total",
    )
    assert set(line.subjects) == set(FamilyMember.objects.values_list("person_id", flat=True))


def test_what_counts_no_files_says_so(reader, run):
    page = reader.get(behind(run, "supervisors.fte")).content.decode()
    assert "geen dossiers achter" in page


def test_without_the_right_it_is_refused(client, run):
    client.force_login(fatima())
    assert client.get(behind(run, "registrations.total")).status_code == 403


@pytest.mark.parametrize("key", ["bestaat.niet", "registrations.status.zin", "registrations"])
def test_an_unknown_figure_is_not_there(reader, run, key):
    assert reader.get(behind(run, key)).status_code == 404


def test_a_run_that_failed_has_none(reader):
    assert reader.get(behind(a_failed_run(), "registrations.total")).status_code == 404


def test_a_wrong_method_is_refused(reader, run):
    assert reader.post(behind(run, "registrations.total")).status_code == 405


def test_the_report_leads_to_it(reader, run):
    page = reader.get(f"/rapporten/{run.pk}/").content.decode()
    assert behind(run, "registrations.total") in page


@pytest.mark.parametrize("more", [0, 2])
def test_as_many_queries_for_three_as_for_five(reader, world, more, django_assert_num_queries):
    for _ in range(more):
        a_registration()
    drawn = drawn_now()
    with django_assert_num_queries(QUERIES):
        page = reader.get(behind(drawn, "registrations.total"))
    assert len(numbers(page)) == 3 + more
