"""Registering on screen: look first, never the same person twice without seeing it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.access import visible_to
from cases.models import Applicant, Arrival, Family, Person, Registration
from cases.searching import stale_people
from cases.services import NewPerson
from cases.services.arriving import HowItCame, LikelyKnown, register_arrival
from tests.cases.office import TODAY, TOMORROW, a_case, browser_of, colleague, last_line, people_in
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
FORM = "/aanmeldingen/nieuw/formulier/"
CAME = HowItCame(channel="phone", announcer="parent", consent=True)
NADIA = {
    "first_name": "Nadia",
    "last_name": "Kade",
    "role": "mother",
    "birth_date": "12-03-1987",
    "phone": "06-11112222",
    "email": "",
    "happened_on": TODAY.isoformat(),
    "channel": "phone",
    "announcer": "parent",
    "consent": "on",
}
KNOWN_NADIA = NewPerson("Nadia", "Kaade", "mother", date(1987, 3, 12), "", "0611112222")


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def bob():
    return colleague("bob", team="Team West")


def known_nadia(by=None, **more) -> Registration:
    return register_arrival(applicants=[KNOWN_NADIA], happened_on=TODAY, came=CAME, by=by, **more)


def again(page, choice: str, **changes) -> dict:
    """The same form once more, with what the page gave back."""
    return NADIA | {"seen": page.context["known"].tokens, "choice": choice} | changes


class TestTheForm:
    def test_a_new_person_is_registered_and_the_file_opens(self, fatima):
        page = browser_of(fatima).post(FORM, NADIA | {"supervise": "on"})
        registration = Registration.objects.get()
        assert page["Location"] == f"/gezinnen/{family_of(registration).pk}/"
        assert registration.assignments.get().supervisor == fatima
        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.announcer, arrival.consent) == ("phone", "parent", True)
        assert stale_people() == []

    def test_who_does_not_support_it_hears_that_a_manager_assigns(self, fatima):
        page = browser_of(fatima).post(FORM, NADIA, follow=True)
        assert "wijst een procesbegeleider toe" in page.content.decode()
        tess = colleague("tess", "teammanager")
        assert visible_to(tess).get().registration == Registration.objects.get()

    def test_nobody_has_registered_tomorrow(self, fatima):
        page = browser_of(fatima).post(FORM, NADIA | {"happened_on": TOMORROW.isoformat()})
        assert "Deze dag moet nog komen" in page.content.decode()
        assert not Registration.objects.exists()

    def test_two_together_are_one_registration(self, fatima):
        second = {"second_first_name": "Ruben", "second_last_name": "Kade", "second_role": "father"}
        browser_of(fatima).post(FORM, NADIA | second)
        names = Applicant.objects.order_by("position").values_list("person__first_name", flat=True)
        assert list(names) == ["Nadia", "Ruben"]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"consent": ""}, "consent"),
            ({"last_name": ""}, "last_name"),
            ({"second_phone": "06"}, "second_last_name"),
            ({"birth_date": "31-02-2000"}, "birth_date"),
            ({"email": "nee"}, "email"),
            ({"first_name": "a\0b"}, "first_name"),
            ({"note": "x" * 20_001}, "note"),
            ({"channel": "duif"}, "channel"),
            ({"happened_on": ""}, "happened_on"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, fatima, wrong, field):
        page = browser_of(fatima).post(FORM, NADIA | wrong)
        assert field in page.context["form"].errors
        assert "Nadia" in page.content.decode() or field == "first_name"
        assert not Registration.objects.exists()

    @pytest.mark.parametrize("path", [FORM, "/aanmeldingen/nieuw/"])
    @pytest.mark.parametrize("role", ["rapporteur", "functioneel beheerder"])
    def test_other_roles_find_nothing_there(self, role, path):
        assert browser_of(colleague("x", role)).get(path).status_code == 404

    def test_what_was_searched_for_is_not_typed_twice(self, fatima):
        page = browser_of(fatima).get(FORM, {"zoek": "nadia kade 12-03-1987 0611112222"})
        initial = page.context["form"].initial
        assert (initial["first_name"], initial["last_name"]) == ("Nadia", "Kade")
        assert (initial["birth_date"], initial["phone"]) == (date(1987, 3, 12), "0611112222")


class TestSearchingFirst:
    def test_ones_own_are_shown_and_others_only_mentioned(self, fatima, bob):
        case = a_case(fatima)
        known_nadia()
        client = browser_of(fatima)
        page = client.get("/aanmeldingen/nieuw/", {"zoek": "sanne dorpstraat"})
        assert case.number in page.content.decode()
        assert set(last_line(action="search").subjects) == people_in(case)
        page = client.get("/aanmeldingen/nieuw/", {"zoek": "nadia kade"})
        assert page.context["elsewhere"]
        assert "Kaade" not in page.content.decode()


class TestSomeoneKnown:
    def test_a_likely_duplicate_is_shown_before_anything_is_saved(self, fatima):
        registration = known_nadia(by=fatima, supervise=True)
        page = browser_of(fatima).post(FORM, NADIA)
        (row,) = page.context["known"].rows
        assert row.family == family_of(registration)
        assert row.why == "naam en geboortedatum, telefoonnummer"
        assert row.has_open
        assert "al een open aanmelding" in page.content.decode()
        assert Registration.objects.count() == 1
        assert set(last_line(part="wie al bekend is").subjects) == people_in(registration)

    def test_it_is_the_same_person_with_another_registration(self, fatima):
        registration = known_nadia(by=fatima, supervise=True)
        client = browser_of(fatima)
        family = str(family_of(registration).pk)
        client.post(FORM, again(client.post(FORM, NADIA), family))
        assert (Registration.objects.count(), Person.objects.count()) == (2, 1)
        assert Family.objects.count() == 1

    def test_it_is_someone_else_after_all(self, fatima):
        known_nadia(by=fatima, supervise=True)
        client = browser_of(fatima)
        client.post(FORM, again(client.post(FORM, NADIA), "nieuw"))
        assert (Registration.objects.count(), Family.objects.count()) == (2, 2)

    def test_of_one_that_may_not_be_seen_only_that_there_is_one(self, fatima, bob):
        registration = known_nadia(by=fatima, supervise=True)
        page = browser_of(bob).post(FORM, NADIA)
        text = page.content.decode()
        assert page.context["known"].rows == []
        assert "Er is een dossier dat je niet mag zien" in text
        for secret in ("Kaade", registration.number, str(family_of(registration).pk)):
            assert secret not in text
        for choice in ("", str(family_of(registration).pk), "onzin"):
            browser_of(bob).post(FORM, again(page, choice))
        assert Registration.objects.count() == 1

    def test_choosing_blindly_saves_nothing(self, fatima):
        known_nadia(by=fatima, supervise=True)
        page = browser_of(fatima).post(FORM, NADIA | {"choice": "nieuw", "seen": ["x" * 20]})
        assert page.context["known"].rows
        assert Registration.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "known"),
        [
            ({"phone": "", "birth_date": None}, True),
            ({"phone": "", "birth_date": date(1987, 3, 21)}, True),
            ({"phone": "", "birth_date": date(1990, 1, 1)}, False),
            ({"first_name": "Ruben", "last_name": "Haddad"}, True),
            ({"first_name": "Ruben", "phone": "", "last_name": "Haddad"}, False),
        ],
    )
    def test_who_is_likely_the_same(self, fields, known):
        known_nadia()
        someone = NewPerson(
            **{
                "first_name": "Nadia",
                "last_name": "Kade",
                "birth_date": date(1987, 3, 12),
                "phone": "+31 6 11112222",
                **fields,
            }
        )
        if known:
            with pytest.raises(LikelyKnown):
                register_arrival(applicants=[someone], happened_on=TODAY, came=CAME, by=None)
        else:
            register_arrival(applicants=[someone], happened_on=TODAY, came=CAME, by=None)


def test_nothing_is_half_done():
    with pytest.raises(ValidationError):
        register_arrival(
            applicants=[KNOWN_NADIA], happened_on=TODAY, came=HowItCame("duif", "parent", True),
            by=None,
        )  # fmt: skip
    assert not Registration.objects.exists()
