"""A page with a list costs as many queries for one row as for a hundred: those pages that have no
such test beside their own."""

import pytest

from cases.services import note_contact
from cases.services.tasks import plan_task
from tests.cases.office import TODAY, a_case, browser_of, colleague
from tests.cast import code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
FILE_QUERIES, CONTACTS_QUERIES, REGISTER_QUERIES = 49, 16, 15
MANY = pytest.mark.parametrize("many", [1, 3, 100])


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def talked_of(case, fatima, many: int) -> None:
    kind = code("contact_kind", "phone")
    for number in range(many):
        said = {"kind": kind, "with_whom": "Juf Anna", "note": f"Gesprek {number}"}
        note_contact(registration=case, happened_on=TODAY, by=fatima, **said)
        plan_task(registration=case, title=f"bellen {number}", due_on=TODAY, by=fatima)


@MANY
def test_a_file_and_its_conversations(case, fatima, many, django_assert_num_queries):
    talked_of(case, fatima, many)
    client, file = browser_of(fatima), f"/gezinnen/{family_of(case).pk}/"
    client.get(file)
    with django_assert_num_queries(FILE_QUERIES):
        page = client.get(file)
    assert len(page.context["tasks"]) == many
    assert len(page.context["contacts"].shown) == min(many, 10)
    with django_assert_num_queries(CONTACTS_QUERIES):
        page = client.get(f"{file}gesprekken/")
    assert len(page.context["contacts"].shown) == min(many, 50)


@MANY
def test_looking_before_one_registers(fatima, many, django_assert_num_queries):
    for _ in range(many):
        a_case(fatima)
    client = browser_of(fatima)
    client.get("/aanmeldingen/nieuw/")
    with django_assert_num_queries(REGISTER_QUERIES):
        page = client.get("/aanmeldingen/nieuw/?zoek=sanne+dorpstraat")
    assert len(page.context["rows"]) == many
