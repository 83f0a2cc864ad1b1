"""The people of a family on screen: added, renamed, corrected; never an older text over a newer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases.models import FamilyMember, Placement
from cases.services import note
from facts.verbs import correct
from tests.cases.office import LAST_WEEK, TODAY, a_case, browser_of, colleague
from tests.cases.writing import address, person_of
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


class TestPeople:
    def test_a_child_is_added(self, case, fatima):
        data = {"first_name": "Mees", "role": "child", "birth_date": "2015-03-02"}
        page = browser_of(fatima).post(address(case, "gezinsleden"), data, follow=True)
        assert "Mees" in page.content.decode()
        member = FamilyMember.objects.get(person__first_name="Mees")
        assert (member.family, str(member.birth_date)) == (family_of(case), "2015-03-02")
        assert member.person.number.startswith("K")

    def test_someone_without_a_name_is_refused(self, case, fatima):
        page = browser_of(fatima).post(address(case, "gezinsleden"), {"role": "child"})
        assert "Vul een voornaam of een achternaam in" in page.content.decode()

    def test_role_and_birth_date_are_facts_that_are_corrected(self, case, fatima):
        member = FamilyMember.objects.get(person=person_of(case, "child"))
        data = {"role": "child", "birth_date": "2012-05-03", "correction_reason": "Paspoort"}
        browser_of(fatima).post(address(case, "gezinsleden", member), data)
        stands = FamilyMember.objects.standing().get(person=member.person)
        assert (str(stands.birth_date), stands.family) == ("2012-05-03", member.family)

    def test_a_death_is_written_down_and_taken_back_as_a_fact(self, case, fatima):
        client, mother = browser_of(fatima), person_of(case, "mother")
        for typed, stands in (("2024-05-03", date(2024, 5, 3)), ("", None)):
            member = FamilyMember.objects.standing().get(person=mother)
            why = {"correction_reason": "Gehoord van oma"}
            data = {"role": "mother", "died_on": typed, **why}
            page = client.post(address(case, "gezinsleden", member), data, follow=True)
            assert page.status_code == 200
            member = FamilyMember.objects.standing().get(person=mother)
            assert (member.died_on, member.role) == (stands, "mother")
        assert FamilyMember.objects.filter(person=mother).count() == 3

    @pytest.mark.parametrize(
        ("born", "died", "told"),
        [
            ("", f"{TODAY + timedelta(days=1)}", "Deze dag moet nog komen"),
            ("2012-05-03", "2012-05-02", "Dit is voor de geboortedatum (03-05-2012)"),
            ("", "31-02-2020", "Dit is geen datum"),
        ],
    )
    def test_a_day_of_death_that_cannot_be_is_refused(self, case, fatima, born, died, told):
        member = FamilyMember.objects.get(person=person_of(case, "child"))
        data = {"role": "child", "birth_date": born, "died_on": died}
        client = browser_of(fatima)
        page = client.post(address(case, "gezinsleden", member), {**data, "correction_reason": "x"})
        assert told in page.content.decode()
        new = client.post(address(case, "gezinsleden"), {**data, "first_name": "Mees"})
        assert told in new.content.decode()
        assert not FamilyMember.objects.exclude(died_on=None).exists()

    def test_past_the_forms_a_death_that_cannot_be_is_refused_in_words(self, case):
        member = FamilyMember.objects.get(person=person_of(case, "child"))
        tomorrow = TODAY + timedelta(days=1)
        for days, told in (
            ({"birth_date": TODAY, "died_on": LAST_WEEK}, "niet voor die van de geboorte"),
            ({"died_on": tomorrow}, "niet in de toekomst"),
        ):
            with pytest.raises(ValidationError, match=told):
                correct(member, by=None, reason="Gehoord", **days)

    def test_who_registered_or_has_facts_stays_in_the_family(self, case, fatima):
        client = browser_of(fatima)
        mother = FamilyMember.objects.get(person=person_of(case, "mother"))
        page = client.post(address(case, "gezinsleden", mother, "intrekken/"), {"reason": "Weg"})
        assert "staat op een aanmelding" in page.content.decode()
        child = FamilyMember.objects.get(person=person_of(case, "child"))
        placement = note(Placement(child=child.person, happened_on=LAST_WEEK), by=None)
        page = client.post(address(case, "gezinsleden", child, "intrekken/"), {"reason": "Weg"})
        assert "Trek dat eerst in" in page.content.decode()
        sent = {"reason": "Verkeerd kind"}
        client.post(address(case, "plaatsingen", placement, "intrekken/"), sent)
        client.post(address(case, "gezinsleden", child, "intrekken/"), sent)
        assert not FamilyMember.objects.standing().filter(person=child.person).exists()

    def test_a_name_is_changed_and_its_history_says_by_whom(self, case, fatima):
        mother, client = person_of(case, "mother"), browser_of(fatima)
        page = client.get(address(case, "personen", mother))
        version = page.context["form"]["version"].value()
        data = {"first_name": "Sanne", "last_name": "Dijk", "phone": "06", "version": version}
        client.post(address(case, "personen", mother), data)
        mother.refresh_from_db()
        assert (mother.last_name, mother.phone) == ("Dijk", "06")
        last = mother.history.latest("history_id")
        assert (last.history_user, last.history_type) == (fatima, "~")

    def test_an_older_version_is_not_saved_over_a_newer_one(self, case, fatima):
        mother, client = person_of(case, "mother"), browser_of(fatima)
        seen = client.get(address(case, "personen", mother)).context["form"]["version"].value()
        sent = {"first_name": "Sanne", "last_name": "Dorpstraat", "version": seen}
        client.post(address(case, "personen", mother), {**sent, "phone": "0611111111"})
        page = client.post(address(case, "personen", mother), {**sent, "phone": "0622222222"})
        text = page.content.decode()
        assert "0611111111" in text
        assert "<b>0622222222</b>" in text
        mother.refresh_from_db()
        assert mother.phone == "0611111111"
        again = {**sent, "phone": "0622222222", "version": page.context["form"]["version"].value()}
        client.post(address(case, "personen", mother), again)
        mother.refresh_from_db()
        assert mother.phone == "0622222222"

    def test_someone_of_another_family_is_not_there(self, case, fatima):
        stranger = person_of(a_case(colleague("bob")), "mother")
        assert browser_of(fatima).get(address(case, "personen", stranger)).status_code == 404
