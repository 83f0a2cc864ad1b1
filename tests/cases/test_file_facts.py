"""Adding, correcting and withdrawing what is known of a family, from page to database."""

import pytest

from cases.models import (
    Placement,
    Result,
    SupportRequest,
)
from cases.services import note
from cases.standing import children
from cases.subjects import OF_FAMILY
from facts.dates import Dates, end_of_day
from reporting.figures import REPORT, Number, count
from tests.cases.office import (
    LAST_MONTH,
    LAST_WEEK,
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
)
from tests.cases.writing import a_wish, address, given, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

CORRECT_QUERIES = 17


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


CHANGES = {
    "gezag": {"holds": "nee"},
    "samenstelling": {"composition": "family_composition.blended"},
    "plaatsingen": {"ended_on": YESTERDAY},
    "instellingen": {"ended_on": YESTERDAY},
    "wensen": {"situation": "desired_situation.reverse_placement"},
    "redenen": {"reason": "placement_reason.financial"},
    "vragen": {"happened_on": YESTERDAY},
    "ondersteuning": {"happened_on": YESTERDAY},
    "resultaten": {"happened_on": YESTERDAY},
    "analyses": {"finished_on": TODAY},
    "klachten": {"measure_taken": "Excuses aangeboden"},
}
SLUGS = list(CHANGES)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_subject_is_added_corrected_and_withdrawn(case, fatima, slug):
    client, subject = browser_of(fatima), OF_FAMILY[slug]
    assert client.get(address(case, slug)).status_code == 200
    data = given(case, slug)
    page = client.post(address(case, slug), data, follow=True).content.decode()
    assert subject.saved in page
    assert "Ongedaan maken" in page
    fact = subject.model.objects.get()
    assert fact.recorded_by == fatima

    form = client.get(address(case, slug, fact)).context["form"]
    assert {name: str(form[name].value()) for name in data} == {
        name: str(value) for name, value in data.items()
    }
    changed = {**data, **CHANGES[slug], "correction_reason": "Het gezin vertelde meer"}
    page = client.post(address(case, slug, fact), changed, follow=True).content.decode()
    assert "Aangepast." in page
    fact.refresh_from_db()
    assert (fact.withdrawn_by, fact.withdrawal_reason) == (fatima, "Het gezin vertelde meer")
    stands = subject.model.objects.standing().get()
    assert stands.recorded_at == fact.withdrawn_at

    client.get(address(case, slug, stands, "intrekken/"))
    sent = {"reason": "Per ongeluk opgeschreven"}
    page = client.post(address(case, slug, stands, "intrekken/"), sent, follow=True)
    assert "Ingetrokken:" in page.content.decode()
    assert not subject.model.objects.standing().exists()
    assert subject.model.objects.count() == 2


@pytest.mark.parametrize("slug", SLUGS)
def test_a_stranger_or_who_may_only_read_finds_nothing(case, slug):
    fact = note(SupportRequest(**a_wish(case)), by=None)
    for user in (colleague("bob"), colleague("tess", "teammanager")):
        client = browser_of(user)
        assert client.get(address(case, slug)).status_code == 404
        assert client.post(address(case, slug), given(case, slug)).status_code == 404
        assert client.get(address(case, "vragen", fact)).status_code == 404
        assert last_line().outcome == "refused"


def test_a_fact_of_another_family_is_not_of_this_one(case, fatima):
    other = a_case(fatima)
    fact = note(SupportRequest(**a_wish(other)), by=None)
    client = browser_of(fatima)
    assert client.get(address(case, "vragen", fact)).status_code == 404
    assert client.get(address(case, "vragen", fact, "intrekken/")).status_code == 404
    placement = note(Placement(child=person_of(other, "child"), happened_on=TODAY), by=None)
    assert client.get(address(case, "plaatsingen", placement)).status_code == 404


def test_a_child_of_another_family_cannot_be_chosen(case, fatima):
    other = a_case(fatima)
    data = {"child": person_of(other, "child").number, "happened_on": TODAY}
    page = browser_of(fatima).post(address(case, "plaatsingen"), data)
    assert "Kies iemand van het gezin" in page.content.decode()
    assert not Placement.objects.exists()


@pytest.mark.parametrize(
    ("slug", "wrong", "words"),
    [
        ("vragen", {"happened_on": TOMORROW}, "Deze dag moet nog komen"),
        ("vragen", {"request": "theme.placement"}, "staat niet in de lijst"),
        ("plaatsingen", {"ended_on": LAST_MONTH}, "Het einde ligt voor het begin"),
        ("resultaten", {"child": ""}, "wordt per kind geteld. Noem het kind"),
        ("analyses", {"finished_on": LAST_MONTH}, "De afronding ligt voor de start"),
        ("klachten", {"handled_on": LAST_MONTH}, "niet afgehandeld zijn voordat"),
        ("gezag", {"holds": ""}, "Dit mag niet leeg zijn"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_filled_in(case, fatima, slug, wrong, words):
    data = {**given(case, slug), **wrong}
    page = browser_of(fatima).post(address(case, slug), data)
    assert words in page.content.decode()
    for name, value in data.items():
        assert str(page.context["form"][name].value()) == str(value)
    assert not OF_FAMILY[slug].model.objects.exists()


@pytest.mark.parametrize("slug", ["gezag", "samenstelling", "wensen", "redenen"])
def test_what_stands_once_is_not_written_twice(case, fatima, slug):
    client = browser_of(fatima)
    for _ in range(2):
        page = client.post(address(case, slug), given(case, slug))
    assert "staat al een" in page.content.decode() or "staat er al" in page.content.decode()
    assert OF_FAMILY[slug].model.objects.count() == 1


def test_nothing_changed_is_nothing_written(case, fatima):
    fact = note(SupportRequest(**a_wish(case)), by=None)
    data = {**given(case, "vragen"), "correction_reason": "Zomaar"}
    page = browser_of(fatima).post(address(case, "vragen", fact), data, follow=True)
    assert "niets veranderd" in page.content.decode()
    assert SupportRequest.objects.count() == 1


def test_a_correction_asks_why(case, fatima):
    fact = note(SupportRequest(**a_wish(case)), by=None)
    data = {**given(case, "vragen"), "happened_on": TODAY}
    page = browser_of(fatima).post(address(case, "vragen", fact), data)
    assert "Waarom pas je dit aan?: Dit mag niet leeg zijn." in page.content.decode()


def test_the_figures_follow_what_is_written_on_the_pages(case, fatima):
    """A child returned and custody, by hand; and taken back again. What happened today counts."""

    def counted(key: str) -> Number:
        return count(REPORT, Dates(LAST_MONTH, TODAY, end_of_day(TODAY))).get(key, 0)

    client, returned = browser_of(fatima), "families.result.item.child_returned_home"
    keys = (returned, "children.placed_ever", "families.request.item.housing")
    assert [counted(key) for key in keys] == [0, 0, 0]
    for slug in ("resultaten", "plaatsingen", "vragen"):
        client.post(address(case, slug), given(case, slug))
    assert [counted(key) for key in keys] == [1, 1, 1]
    result = Result.objects.get()
    client.post(address(case, "resultaten", result, "intrekken/"), {"reason": "Toch niet"})
    assert [counted(key) for key in keys] == [0, 1, 1]


@pytest.mark.parametrize("many", [1, 3, 100])
def test_as_many_queries_for_one_as_for_a_hundred(case, fatima, many, django_assert_num_queries):
    facts = [note(SupportRequest(**a_wish(case)), by=None) for _ in range(many)]
    client = browser_of(fatima)
    page = address(case, "vragen", facts[-1])
    client.get(page)
    with django_assert_num_queries(CORRECT_QUERIES):
        client.get(page)


def test_two_spells_of_a_child_may_overlap_and_the_last_says_where_it_lives(case, fatima):
    """As in the workbook, where that is no fault: a placement goes on while a child is elsewhere
    for a while."""
    client, child = browser_of(fatima), person_of(case, "child")
    for day, residence in ((LAST_MONTH, "network"), (LAST_WEEK, "other_parent")):
        client.post(
            address(case, "plaatsingen"),
            {"child": child.number, "happened_on": day, "residence": f"residence.{residence}"},
        )
    assert Placement.objects.standing().filter(child=child).count() == 2
    counted = children(Dates.by_day(LAST_MONTH, TODAY, TODAY)).get()
    assert counted.residence == "residence.other_parent"
