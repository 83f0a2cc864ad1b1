"""Conversations: noted, read by who may, and the clock that they set."""

import json
from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Draft
from cases.models import Contact, FamilyMember, Intake
from cases.services import add_person, assign, note_contact, register
from tests.cases.office import (
    LAST_WEEK,
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
    people_in,
)
from tests.cast import a_child, a_father, a_registration, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
CHOOSE_QUERIES = 12
STORY = "Ze belde over de woning.\n\nVolgende week weer."


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def mother_of(registration):
    return FamilyMember.objects.get(family=family_of(registration), role="mother").person


def address(registration, part: str = "gesprek/") -> str:
    return f"/gezinnen/{family_of(registration).pk}/{part}"


def typed(registration, **fields) -> dict:
    return {
        "kind": "contact_kind.phone",
        "person": str(mother_of(registration).pk),
        "happened_on": TODAY.isoformat(),
        "at": "14:30",
        "minutes": "20",
        "note": STORY,
        **fields,
    }


def said(registration, by=None, **fields) -> Contact:
    given = {"kind": code("contact_kind", "visit"), "happened_on": YESTERDAY, "note": STORY}
    return note_contact(
        registration=registration, person=mother_of(registration), by=by, **{**given, **fields}
    )


def intake_of(registration) -> Intake:
    return registration.intakes.standing().get()


class TestNoting:
    def test_what_was_said_stands_on_the_file(self, case, fatima):
        client = browser_of(fatima)
        answer = client.post(address(case), typed(case))
        assert answer["Location"] == f"/gezinnen/{family_of(case).pk}/"
        contact = Contact.objects.get()
        assert (contact.registration, contact.recorded_by) == (case, fatima)
        assert (contact.at, contact.minutes, contact.note) == (time(14, 30), 20, STORY)
        page = client.get(address(case, "")).content.decode()
        assert "Telefoongesprek met Sanne Dorpstraat" in page
        assert "14.30 uur, 20 minuten" in page
        assert "Volgende week weer." in page

    def test_the_form_begins_with_what_is_likely(self, case, fatima):
        form = browser_of(fatima).get(address(case)).context["form"]
        now = timezone.localtime()
        assert form["kind"].value() == "contact_kind.phone"
        assert form["person"].value() == mother_of(case).pk
        assert form["happened_on"].value() == now.date()
        assert abs(form["at"].value().hour * 60 + form["at"].value().minute
                   - now.hour * 60 - now.minute) <= 1  # fmt: skip

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"note": " "}, "Dit mag niet leeg zijn"),
            ({"person": ""}, "Kies iemand van het gezin, of vul hieronder een naam in"),
            ({"happened_on": TOMORROW.isoformat()}, "Deze dag moet nog komen"),
            ({"happened_on": "gisteren"}, "Dit is geen datum"),
            ({"at": "half drie"}, "Schrijf uren:minuten"),
            ({"minutes": "0"}, "Schrijf hele minuten"),
            ({"minutes": "1500"}, "Schrijf hele minuten"),
            ({"kind": "contact_kind.fax"}, "staat niet in de lijst"),
            ({"kind": "result.returned_home"}, "staat niet in de lijst"),
            ({"note": "x" * 20_001}, "20000"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, case, fatima, wrong, says):
        page = browser_of(fatima).post(address(case), {**typed(case), "with_whom": "", **wrong})
        assert says in page.content.decode()
        assert page.context["form"]["minutes"].value() == wrong.get("minutes", "20")
        assert not Contact.objects.exists()

    def test_someone_of_outside_has_a_name(self, case, fatima):
        browser_of(fatima).post(address(case), typed(case, person="", with_whom="mr. J. Recht"))
        assert Contact.objects.get().with_whom == "mr. J. Recht"

    def test_somebody_of_another_family_is_not_spoken_to_here(self, case, fatima):
        other = a_case(fatima)
        page = browser_of(fatima).post(address(case), typed(case, person=mother_of(other).pk))
        assert page.status_code == 200
        assert not Contact.objects.exists()

    def test_what_is_noted_is_text_and_never_markup(self, case, fatima):
        said(case, note="<script>alert(1)</script>")
        page = browser_of(fatima).get(address(case, "")).content.decode()
        assert "<script>alert" not in page

    def test_the_log_says_for_which_registration_the_form_was_opened(self, case, fatima):
        browser_of(fatima).get(address(case))
        line = last_line()
        assert (line.object_type, line.part) == ("aanmelding", "gesprek")
        assert line.object_id == str(case.pk)
        assert set(line.subjects) == people_in(case)

    @pytest.mark.parametrize("role", ["teammanager", "rapporteur", "functioneel beheerder"])
    def test_who_may_not_write_finds_no_form(self, case, role):
        client = browser_of(colleague("kijker", role))
        assert client.get(address(case)).status_code == 404
        assert client.post(address(case), typed(case)).status_code == 404
        assert not Contact.objects.exists()


class TestTheClock:
    @pytest.fixture
    def fresh(self, fatima):
        registration = a_registration(on=YESTERDAY)
        assign(registration=registration, supervisor=fatima, on=YESTERDAY, by=None)
        return registration

    def test_the_first_call_sets_it(self, fresh, fatima):
        client = browser_of(fatima)
        assert client.get(address(fresh)).context["form"]["first_phone"].value() is True
        client.post(address(fresh), typed(fresh, first_phone="on"))
        intake = intake_of(fresh)
        assert (intake.phone_contact_on, intake.welcome_scheduled_on) == (TODAY, None)
        assert intake.recorded_by == fatima
        assert "first_phone" not in client.get(address(fresh)).context["form"].fields

    def test_so_does_planning_the_welcome_meeting(self, fresh, fatima):
        browser_of(fatima).post(address(fresh), typed(fresh, welcome_planned="on"))
        intake = intake_of(fresh)
        assert (intake.phone_contact_on, intake.welcome_scheduled_on) == (None, TODAY)

    def test_a_message_is_not_a_call_whatever_was_ticked(self, fresh, fatima):
        words = typed(fresh, first_phone="on", kind="contact_kind.message")
        browser_of(fatima).post(address(fresh), words)
        assert Contact.objects.exists()
        assert intake_of(fresh).phone_contact_on is None

    def test_unticked_it_stays_as_it_is(self, fresh, fatima):
        browser_of(fatima).post(address(fresh), typed(fresh))
        assert intake_of(fresh).phone_contact_on is None

    def test_before_the_registration_it_is_refused(self, fresh, fatima):
        words = typed(fresh, first_phone="on", happened_on=LAST_WEEK.isoformat())
        page = browser_of(fatima).post(address(fresh), words)
        assert "voor de dag van de aanmelding" in page.content.decode()
        assert not Contact.objects.exists()
        assert Intake.objects.count() == 1


class TestWhichRegistration:
    @pytest.fixture
    def second(self, case):
        return register(
            applicants=[a_father()], happened_on=LAST_WEEK, family=family_of(case), by=None
        )

    def test_with_two_of_ones_own_one_is_asked_for_which(self, case, second, fatima):
        assign(registration=second, supervisor=fatima, on=LAST_WEEK, by=None)
        client = browser_of(fatima)
        asked = client.get(address(case))
        assert {row[0].number for row in asked.context["rows"]} == {case.number, second.number}
        for one in (case, second):
            client.post(f"{address(case)}?aanmelding={one.number}", typed(case, note=one.number))
            assert Contact.objects.get(registration=one).note == one.number

    def test_what_one_parent_tells_is_not_shown_to_the_others_supervisor(
        self, case, second, fatima
    ):
        bob = colleague("bob")
        assign(registration=second, supervisor=bob, on=LAST_WEEK, by=None)
        said(case, note="Alleen voor Fatima")
        said(second, note="Alleen voor Bob")
        for user, own in ((fatima, "Alleen voor Fatima"), (bob, "Alleen voor Bob")):
            for part in ("", "gesprekken/"):
                page = browser_of(user).get(address(case, part)).content.decode()
                assert page.count("Alleen voor") == 1
                assert own in page

    def test_anothers_registration_is_no_choice(self, case, second, fatima):
        assign(registration=second, supervisor=colleague("bob"), on=LAST_WEEK, by=None)
        client = browser_of(fatima)
        place = f"{address(case)}?aanmelding={second.number}"
        page = client.post(place, typed(case))
        assert "form" not in page.context
        assert not Contact.objects.exists()


class TestChoosingTheFamily:
    def test_ones_own_stand_there_the_longest_without_contact_first(self, case, fatima):
        other, third = a_case(fatima), a_case(fatima)
        said(case)
        said(other, happened_on=LAST_WEEK)
        theirs = a_case(colleague("bob"))
        page = browser_of(fatima).get("/gesprek/")
        numbers = [row[0].number for row in page.context["rows"]]
        assert numbers == [third.number, other.number, case.number]
        assert theirs.number not in page.content.decode()
        line = last_line()
        assert (line.action, line.part) == ("list", "gesprek")
        assert set(line.subjects) == people_in(case) | people_in(other) | people_in(third)

    def test_who_has_none_is_told_how_to_begin(self):
        page = browser_of(colleague("bob")).get("/gesprek/").content.decode()
        assert "Je teammanager wijst gezinnen toe" in page

    @pytest.mark.parametrize("role", ["teammanager", "rapporteur", "functioneel beheerder"])
    def test_it_is_for_who_supports_families(self, role):
        assert browser_of(colleague("kijker", role)).get("/gesprek/").status_code == 404

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_as_many_queries_for_one_as_for_a_hundred(
        self, fatima, django_assert_num_queries, many
    ):
        for _ in range(many):
            said(a_case(fatima))
        client = browser_of(fatima)
        client.get("/gesprek/")
        with django_assert_num_queries(CHOOSE_QUERIES):
            client.get("/gesprek/")


class TestTheDraft:
    def keep(self, client, registration, **content) -> None:
        key = client.get(address(registration)).context["typed"].key
        answer = client.post("/concept/", {"key": key, "content": json.dumps(content)})
        assert answer.json() == {"kept": True}

    def test_what_was_typed_comes_back_for_that_registration_alone(self, case, fatima):
        other = a_case(fatima)
        client = browser_of(fatima)
        self.keep(client, case, note="Halverwege", kind="contact_kind.visit", at="09:00")
        form = client.get(address(case)).context["form"]
        assert (form["note"].value(), form["at"].value()) == ("Halverwege", "09:00")
        assert form["kind"].value() == "contact_kind.visit"
        assert form["first_phone"].value() is False
        assert "Halverwege" not in client.get(address(other)).content.decode()

    def test_a_colleague_who_may_write_too_does_not_see_it(self, case, fatima):
        self.keep(browser_of(fatima), case, note="Halverwege")
        bob = colleague("bob")
        second = register(
            applicants=[a_father()], happened_on=LAST_WEEK, family=family_of(case), by=None
        )
        assign(registration=second, supervisor=bob, on=LAST_WEEK, by=None)
        assert "Halverwege" not in browser_of(bob).get(address(case)).content.decode()

    def test_saved_it_is_gone(self, case, fatima):
        client = browser_of(fatima)
        self.keep(client, case, note="Halverwege")
        client.post(address(case), typed(case))
        assert Draft.objects.get().content == {}
        assert client.get(address(case)).context["form"]["note"].value() is None

    def test_refused_it_is_still_there(self, case, fatima):
        client = browser_of(fatima)
        self.keep(client, case, note="Halverwege")
        client.post(address(case), typed(case, note=""))
        assert Draft.objects.get().content == {"note": "Halverwege"}


class TestTheListOnTheFile:
    def test_newest_first_and_the_rest_on_a_page_of_its_own(self, case, fatima):
        for days in range(61):
            said(case, happened_on=TODAY - timedelta(days=days), note=f"Dag {days}.")
        client = browser_of(fatima)
        file = client.get(address(case, ""))
        notes = [one.note for one in file.context["contacts"].shown]
        assert notes == [f"Dag {days}." for days in range(10)]
        assert "Alle gesprekken" in file.content.decode()
        older = client.get(address(case, "gesprekken/?pagina=2"))
        assert [one.note for one in older.context["contacts"].shown][-1] == "Dag 60."
        assert not older.context["contacts"].more
        for page in ("0", "-1", "alles", "1e3", "9" * 5000, "²"):
            assert client.get(address(case, "gesprekken/"), {"pagina": page}).status_code == 200

    def test_a_reader_has_no_button(self, case):
        tess = browser_of(colleague("tess", "teammanager"))
        said(case)
        page = tess.get(address(case, "")).content.decode()
        assert "Huisbezoek met Sanne" in page
        assert "Gesprek noteren" not in page


class TestGoingRoundTheForms:
    @pytest.mark.parametrize(
        "fields", [{"note": ""}, {"person": None}, {"minutes": 1441}, {"kind_id": "route.none"}]
    )
    def test_the_database_refuses_it(self, case, fields):
        contact = said(case)
        rows = {**contact.content(), "recorded_at": timezone.now(), **fields}
        if "person" in fields:
            rows.pop("person_id")
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.bulk_create([Contact(**rows)])


def test_a_child_that_comes_later_may_be_spoken_to(case, fatima):
    child = add_person(family=family_of(case), person=a_child(), by=None)
    browser_of(fatima).post(address(case), typed(case, person=str(child.pk)))
    assert Contact.objects.get().person == child
