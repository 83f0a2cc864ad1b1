"""Who died, and who doesn't want to be approached: said wherever somebody would call them."""

from datetime import date

import pytest

from cases.files.family import people_of_family
from cases.files.lifelines import WIDTH, lifelines_of
from cases.merging.sides import side_of
from cases.models import Applicant, Consent, FamilyMember, Placement
from cases.services import NewPerson, add_person, close, correct, note
from cases.services.editing import withdraw_fact
from cases.status import Status
from facts.words import short_day
from tests.cases.office import LAST_WEEK, TODAY, YESTERDAY, a_case, browser_of, colleague
from tests.cases.test_lists_of_a_hundred import FILE_QUERIES
from tests.cases.writing import assign_to_too, person_of
from tests.cast import a_registration, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
HINT = "Gaat het traject voor niemand anders verder"
BLOCK = "Wil niet benaderd worden door het team"
NOTE_QUERIES = 21


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def dies(case, role: str = "mother", on: date = LAST_WEEK) -> FamilyMember:
    member = FamilyMember.objects.standing().get(family=family_of(case), role=role)
    return correct(member, by=None, reason="Gehoord van oma", died_on=on)


def blocks(case, person=None, **fields) -> Consent:
    said = {"kind": code("consent_kind", "contact"), "given": False, "given_by": "self"}
    person = person or person_of(case, "mother")
    return note(
        Consent(registration=case, person=person, happened_on=LAST_WEEK, **said, **fields), by=None
    )


def page(user, case, part: str = "") -> str:
    answer = browser_of(user).get(f"/gezinnen/{family_of(case).pk}/{part}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


class TestADeath:
    def test_the_file_the_lists_and_the_timeline_say_it(self, case, fatima):
        dies(case)
        day = short_day(LAST_WEEK)
        assert f"Overleden: {day}" in page(fatima, case)
        assert f"moeder, overleden {day}" in page(fatima, case, "tijdlijn/")
        for address in ("/gezinnen/", "/vandaag/", "/gezinnen/?zoek=sanne+dorpstraat"):
            shown = browser_of(fatima).get(address).content.decode()
            assert "Sanne Dorpstraat (overleden)" in shown
        assert any(f"overleden {day}" in one for one in side_of(family_of(case), fatima).people)

    def test_somebody_without_a_name_is_said_to_have_died_too(self, fatima):
        case = a_case(fatima)
        person = person_of(case, "mother")
        person.first_name = person.last_name = ""
        person.save()
        dies(case)
        answer = browser_of(fatima).get("/gezinnen/").content.decode()
        assert "naam niet in beeld (overleden)" in answer

    def test_taken_back_nothing_says_it_any_more(self, case, fatima):
        correct(dies(case), by=None, reason="Vergissing", died_on=None)
        assert "Overleden:" not in page(fatima, case)
        assert "(overleden)" not in browser_of(fatima).get("/vandaag/").content.decode()

    def test_beside_someone_it_is_clear_where_to_write_it_down(self, case, fatima):
        assert "Rol, geboorte en overlijden<span" in page(fatima, case)

    def test_a_childs_line_ends_there(self, case):
        child = FamilyMember.objects.standing().get(family=family_of(case), role="child")
        born, died = date(TODAY.year - 10, 1, 1), date(TODAY.year - 5, 1, 1)
        note(Placement(child=child.person, happened_on=date(TODAY.year - 8, 1, 1)), by=None)
        correct(child, by=None, reason="Gehoord", birth_date=born, died_on=died)
        (line,) = lifelines_of(people_of_family(family_of(case)).children, TODAY).lines
        end = line.born_at + line.home_width
        assert 0 < end < WIDTH
        assert line.pieces[0].x + line.pieces[0].width == pytest.approx(end)


class TestTheOnlyApplicantDied:
    def test_the_file_leads_to_closing_with_that_reason(self, case, fatima):
        dies(case)
        move = f"/aanmeldingen/{case.pk}/stand/afgesloten/?reden=deceased"
        text = page(fatima, case)
        assert f"Sanne Dorpstraat is overleden. {HINT}" in text
        assert f'href="{move}">Traject afsluiten met reden' in text
        form = browser_of(fatima).get(move).context["form"]
        assert form["reason"].value() == "closing_reason.deceased"

    def test_who_may_only_read_has_no_link(self, case):
        dies(case)
        text = page(colleague("tess", "teammanager"), case)
        assert HINT in text
        assert "?reden=" not in text

    def test_before_the_start_it_leads_to_not_starting(self):
        case = a_registration()
        dies(case)
        text = page(colleague("tess", "teammanager"), case)
        assert f"/aanmeldingen/{case.pk}/stand/nooit-gestart/?reden=deceased" in text

    def test_with_another_applicant_it_goes_on(self, case, fatima):
        ruben = NewPerson("Ruben", "Dorpstraat", role="father")
        father = add_person(family=family_of(case), person=ruben, by=None)
        note(Applicant(registration=case, person=father, position=2), by=None)
        dies(case)
        assert HINT not in page(fatima, case)
        dies(case, "father")
        assert f"Sanne Dorpstraat en Ruben Dorpstraat zijn overleden. {HINT}" in page(fatima, case)

    def test_closed_there_is_nothing_to_do(self, case, fatima):
        dies(case)
        reason = code("closing_reason", "deceased")
        close(registration=case, on=TODAY, reason=reason, by=fatima)
        assert HINT not in page(fatima, case)

    def test_on_an_earlier_day_there_is_nothing_to_do(self, case, fatima):
        dies(case)
        assert HINT not in page(fatima, case, f"stand/?op={TODAY}")

    @pytest.mark.parametrize("reason", ["", "onzin", "deceased%22%3E", "deceased"])
    def test_any_reason_in_the_address_gives_the_page(self, case, fatima, reason):
        for to in (Status.CLOSED, Status.REOPENED, Status.NEVER_STARTED):
            slug = {3: "afgesloten", 4: "heropend", 1: "nooit-gestart"}[to]
            address = f"/aanmeldingen/{case.pk}/stand/{slug}/?reden={reason}"
            assert browser_of(fatima).get(address).status_code == 200


class TestAContactBlock:
    def test_it_stands_where_one_looks_for_a_telephone_number(self, case, fatima):
        assert BLOCK not in page(fatima, case)
        block = blocks(case)
        assert f"<strong>{BLOCK}</strong>, sinds {short_day(LAST_WEEK)}" in page(fatima, case)
        withdraw_fact(fact=block, by=fatima, reason="Vergissing")
        assert BLOCK not in page(fatima, case)

    def test_ended_it_is_no_more(self, case, fatima):
        blocks(case, ended_on=YESTERDAY)
        assert BLOCK not in page(fatima, case)

    def test_of_a_child_too(self, case, fatima):
        blocks(case, person_of(case, "child"))
        assert page(fatima, case).count(BLOCK) == 1

    def test_what_was_said_to_anothers_supervisor_stays_there(self, case, fatima):
        bob = colleague("bob")
        assign_to_too(case, bob)
        blocks(case)
        assert BLOCK in page(fatima, case)
        assert BLOCK not in page(bob, case)
        assert BLOCK in page(fatima, case, "gesprek/")
        assert BLOCK not in page(bob, case, "gesprek/")


class TestNotingAConversation:
    def labels(self, case, user) -> dict[str, str]:
        address = f"/gezinnen/{family_of(case).pk}/gesprek/"
        self.form = browser_of(user).get(address).context["form"]
        return {words.split()[0]: words for _, words in self.form.fields["person"].choices}

    def test_it_is_said_and_not_refused(self, case, fatima):
        blocks(case)
        assert self.labels(case, fatima)["Sanne"] == "Sanne Dorpstraat (moeder)"
        assert self.form.fields["person"].help_text == f"{BLOCK}: Sanne Dorpstraat (moeder)."
        assert self.form["person"].value() == person_of(case, "mother").pk

    def test_who_died_comes_last_and_is_not_chosen_by_itself(self, case, fatima):
        dies(case)
        labels = self.labels(case, fatima)
        assert labels["Sanne"] == "Sanne Dorpstraat (moeder), overleden"
        assert list(labels)[-2:] == ["Sanne", "Iemand"]
        assert self.form["person"].value() is None


@pytest.mark.parametrize("many", [1, 3, 100])
def test_as_many_queries_for_one_as_for_a_hundred(case, fatima, many, django_assert_num_queries):
    dies(case)
    for number in range(many):
        child = NewPerson(f"Kind{number}", "Dorpstraat", role="child", died_on=YESTERDAY)
        blocks(case, add_person(family=family_of(case), person=child, by=None))
    client, file = browser_of(fatima), f"/gezinnen/{family_of(case).pk}/"
    client.get(file)
    with django_assert_num_queries(FILE_QUERIES):
        answer = client.get(file)
    assert answer.content.decode().count(BLOCK) == many
    client.get(f"{file}gesprek/")
    with django_assert_num_queries(NOTE_QUERIES):
        client.get(f"{file}gesprek/")
