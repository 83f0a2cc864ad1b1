"""Searching on the page of files: forgiving within one's rights, silent outside them."""

from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import AccessLine
from cases.models import FamilyMember, Person, SearchKey
from cases.searching import index_people, stale_people
from cases.searching.elsewhere import MOST_FAMILIES
from cases.services import NewPerson, add_person, assign, close, correct, register
from cases.services.editing import change_person, version_of
from tests.cases.office import (
    LAST_MONTH,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
    people_in,
)
from tests.cast import a_registration, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
SEARCH_QUERIES = 15
NAMED = "Er is een dossier dat je niet mag zien. Vraag ernaar bij Tess (teammanager)."


def someone_known(supervisor, **fields):
    """Zoë van der Meijden, whom `supervisor` supports."""
    person = NewPerson(
        **{
            "first_name": "Zoë",
            "last_name": "van der Meijden",
            "role": "mother",
            "birth_date": date(1987, 3, 12),
            "phone": "06-12345678",
            "email": "zoe.m@example.org",
            **fields,
        }
    )
    registration = register(applicants=[person], happened_on=LAST_MONTH, by=None)
    assign(registration=registration, supervisor=supervisor, on=LAST_MONTH, by=None)
    return registration


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def zoe(fatima):
    return someone_known(fatima)


def search(user, words):
    return browser_of(user).get("/gezinnen/", {"zoek": words})


def numbers(page) -> list[str]:
    return [row.number for row in page.context["rows"]]


class TestWithinOnesRights:
    @pytest.mark.parametrize(
        "words",
        [
            "zoe meijden",
            "Meyden",
            "zoe meiden",
            "Zoë van de Meidjen",
            "12-03-1987",
            "1987-03-12",
            "zoe 12-03-1988",
            "0612345678",
            "+31 6 1234 5678",
            "345678",
            "zoe.m@example.org",
            "zoem@example.com",
            "mei",
        ],
    )
    def test_someone_is_found(self, zoe, fatima, words):
        a_case(fatima)
        assert numbers(search(fatima, words)) == [zoe.number]

    def test_by_number_it_is_exactly_that_one(self, zoe, fatima):
        a_case(fatima)
        assert numbers(search(fatima, zoe.number.lower())) == [zoe.number]
        assert numbers(search(fatima, f"{zoe.number} meijden")) == [zoe.number]
        assert numbers(search(fatima, f"{zoe.number} dorpstraat")) == []

    def test_who_fits_best_comes_first(self, zoe, fatima):
        other = someone_known(fatima, last_name="Meiden", birth_date=date(1987, 3, 21))
        assert numbers(search(fatima, "zoe meijden 21-03-1987")) == [other.number, zoe.number]

    @pytest.mark.parametrize("words", ["niemand", "!!!!", "%_", "xx yy zz aa bb cc dd ee", "12-12"])
    def test_nobody_is_found_by_what_fits_nobody(self, zoe, fatima, words):
        assert numbers(search(fatima, words)) == []

    def test_what_was_typed_is_not_in_the_log_and_who_was_found_is(self, zoe, fatima):
        search(fatima, "meijden")
        line = last_line()
        assert (line.action, set(line.subjects)) == ("search", people_in(zoe))
        assert "meijden" not in str(line.detail)

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_as_many_queries_for_one_as_for_many(self, fatima, django_assert_num_queries, many):
        for _ in range(many):
            someone_known(fatima)
        client = browser_of(fatima)
        client.get("/gezinnen/")
        with django_assert_num_queries(SEARCH_QUERIES):
            page = client.get("/gezinnen/?zoek=zoe+meiden")
        assert len(page.context["rows"]) == many


class TestElsewhere:
    """Team Oost has it, led by Tess; Bob of team West may not see it."""

    @pytest.fixture
    def bob(self):
        colleague("tess", "teammanager")
        return colleague("bob", team="Team West")

    @pytest.mark.parametrize("words", ["zoe meiden", "0612345678", "zoe 12-03-1987"])
    def test_one_learns_that_there_is_one_and_whom_to_ask(self, zoe, bob, words):
        page = search(bob, words)
        assert page.context["elsewhere"] == [NAMED]
        text = page.content.decode()
        for secret in ("Meijden", zoe.number, family_of(zoe).number, "Fatima", str(zoe.pk)):
            assert secret not in text

    def test_the_same_by_number(self, zoe, bob):
        for number in (zoe.number, family_of(zoe).number, Person.objects.get().number):
            assert search(bob, number).context["elsewhere"] == [NAMED]
        assert search(bob, "A99999").context["elsewhere"] == []

    def test_the_log_keeps_whom_it_was_about(self, zoe, bob):
        search(bob, "zoe meiden")
        line = last_line(ground=AccessLine.Ground.NONE)
        assert (line.actor, line.action, set(line.subjects)) == (bob, "search", people_in(zoe))

    @pytest.mark.parametrize("words", ["zoe", "meijden", "12-03-1987", "zoe vermeijden"])
    def test_a_name_alone_or_another_tells_nothing(self, zoe, bob, words):
        assert search(bob, words).context["elsewhere"] == []

    def test_a_closed_file_is_called_closed(self, bob, fatima):
        case = a_case(fatima)
        reason = code("closing_reason", "completed")
        close(registration=case, on=YESTERDAY, reason=reason, by=None)
        said = search(bob, "sanne dorpstraat").context["elsewhere"]
        assert said == ["Afgesloten dossier, vraag toegang aan Tess (teammanager)."]

    def test_of_a_file_that_nobody_has_any_manager_knows(self, bob):
        a_registration()
        said = search(bob, "sanne dorpstraat").context["elsewhere"]
        assert said == [NAMED.replace("Tess (teammanager)", "een teammanager")]

    def test_a_common_name_says_only_that_it_is_common(self, bob, fatima):
        for _ in range(MOST_FAMILIES + 1):
            someone_known(fatima)
        (line,) = search(bob, "zoe meijden").context["elsewhere"]
        assert "Er zijn meer dossiers" in line

    def test_ones_own_are_not_elsewhere(self, zoe, fatima):
        assert search(fatima, "zoe meijden").context["elsewhere"] == []


class TestTheKeys:
    def test_services_leave_nobody_unfindable(self, fatima):
        a_case(fatima)
        add_person(family=family_of(a_registration()), person=NewPerson("Bo", "Kade"), by=None)
        assert SearchKey.objects.count() == Person.objects.count() == 4
        assert stale_people() == []

    def test_who_is_forgotten_is_found_out_and_made_right(self, zoe):
        person = Person.objects.get()
        person.last_name = "Kade"
        person.save()
        assert stale_people() == [person.number]
        index_people([person])
        assert stale_people() == []

    def test_a_corrected_birth_date_counts(self, zoe, fatima):
        member = FamilyMember.objects.get()
        correct(member, by=None, reason="Tikfout", birth_date=date(1988, 3, 12))
        assert numbers(search(fatima, "12-03-1988")) == [zoe.number]
        assert stale_people() == []

    def test_a_changed_name_or_address_counts(self, zoe, fatima):
        person = Person.objects.get()
        change_person(person=person, version=version_of(person), by=None, last_name="Kade")
        assert numbers(search(fatima, "kade")) == [zoe.number]
        assert stale_people() == []

    def test_the_command_rebuilds_all(self, zoe, capsys):
        SearchKey.objects.all().delete()
        call_command("index_people")
        assert stale_people() == []
        assert "1 personen" in capsys.readouterr().out
