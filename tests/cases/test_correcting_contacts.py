"""Correcting a conversation; and when two do so at once, neither is lost (T87)."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AccessLine, Draft
from cases.clock import NORMS
from cases.models import Contact
from cases.services import assign, correct, correct_contact, end_assignment, withdraw_contact
from tests.cases.going_round import refuses
from tests.cases.office import TODAY, TOMORROW, a_case, browser_of, colleague
from tests.cases.test_contacts import said, typed
from tests.cast import code

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
BETTER = {"note": "Ze belde over school.", "reason": "Verkeerd gehoord"}


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


@pytest.fixture
def contact(case, fatima):
    return said(case, by=fatima)


def address(contact) -> str:
    return f"/gesprek/{contact.pk}/"


def better(contact, **fields) -> dict:
    return {**typed(contact.registration), **BETTER, "stands": str(contact.pk), **fields}


def standing() -> Contact:
    return Contact.objects.standing().get()


def test_the_new_text_stands_and_the_old_one_is_kept_with_the_reason(contact, fatima):
    client = browser_of(fatima)
    assert client.get(address(contact)).context["form"]["note"].value() == contact.note
    client.post(address(contact), better(contact))
    assert standing().note == BETTER["note"]
    old = Contact.objects.get(pk=contact.pk)
    assert (old.withdrawal_reason, old.withdrawn_by) == (BETTER["reason"], fatima)
    assert old.withdrawn_at == standing().recorded_at


def test_without_a_reason_nothing_changes(contact, fatima):
    page = browser_of(fatima).post(address(contact), better(contact, reason=" "))
    assert "Dit mag niet leeg zijn" in page.content.decode()
    assert standing() == contact


def test_it_can_not_move_to_a_day_that_has_to_come(contact, fatima):
    words = better(contact, happened_on=TOMORROW.isoformat())
    page = browser_of(fatima).post(address(contact), words)
    assert "Deze dag moet nog komen" in page.content.decode()
    assert standing() == contact


class TestSomeoneWasFirst:
    @pytest.fixture
    def newer(self, contact):
        bob = colleague("bob")
        return correct_contact(contact=contact, by=bob, reason="Naam", note="Bobs tekst.")

    def test_both_texts_stand_side_by_side_and_nothing_is_written(self, contact, newer, fatima):
        page = browser_of(fatima).post(address(contact), better(contact))
        text = page.content.decode()
        assert "Bob was je voor" in text
        assert "Bobs tekst." in text
        assert BETTER["note"] in text
        assert standing() == newer

    def test_ones_own_text_can_still_be_chosen(self, contact, newer, fatima):
        client = browser_of(fatima)
        page = client.post(address(contact), better(contact))
        client.post(address(contact), better(contact, stands=str(page.context["stands"])))
        assert standing().note == BETTER["note"]
        newer.refresh_from_db()
        assert newer.withdrawn_by == fatima

    def test_or_what_stands_stays(self, contact, newer, fatima):
        client = browser_of(fatima)
        answer = client.post(address(contact), better(contact, leave=""))
        assert answer.status_code == 302
        assert standing() == newer

    def test_who_was_first_again_is_shown_again(self, contact, newer, fatima):
        client = browser_of(fatima)
        stands = str(client.post(address(contact), better(contact)).context["stands"])
        third = correct_contact(contact=newer, by=None, reason="Weer", note="Een derde tekst.")
        page = client.post(address(contact), better(contact, stands=stands))
        assert "Een derde tekst." in page.content.decode()
        assert standing() == third

    def test_an_old_link_leads_to_what_stands(self, contact, newer, fatima):
        answer = browser_of(fatima).get(address(contact))
        assert answer["Location"] == address(newer)

    def test_what_was_being_typed_is_not_lost_on_the_way(self, contact, fatima):
        client = browser_of(fatima)
        key = client.get(address(contact)).context["typed"].key
        client.post("/concept/", {"key": key, "content": json.dumps({"note": "Halverwege"})})
        newer = correct_contact(contact=contact, by=None, reason="Naam", note="Bobs tekst.")
        text = client.get(address(contact)).content.decode()
        assert "Halverwege" in text
        assert "Bobs tekst." in text
        client.post(address(contact), better(contact, stands=str(newer.pk)))
        assert Draft.objects.get().content == {}

    def test_withdrawn_meanwhile_the_text_is_shown_but_not_written(self, contact, fatima):
        client = browser_of(fatima)
        withdraw_contact(contact=contact, by=None, reason="Verkeerd gezin")
        page = client.post(address(contact), better(contact))
        assert "intussen ingetrokken" in page.content.decode()
        assert BETTER["note"] in page.content.decode()
        assert not Contact.objects.standing().exists()


class TestWithdrawing:
    def test_it_goes_with_a_reason(self, contact, fatima):
        browser_of(fatima).post(f"{address(contact)}intrekken/", {"reason": "Verkeerd gezin"})
        assert not Contact.objects.standing().exists()

    def test_without_one_it_stays(self, contact, fatima):
        browser_of(fatima).post(f"{address(contact)}intrekken/", {"reason": ""})
        assert standing() == contact


class TestOthers:
    @pytest.mark.parametrize("part", ["", "intrekken/"])
    def test_a_stranger_gets_nothing_and_it_is_logged(self, contact, part):
        client = browser_of(colleague("bob"))
        assert client.post(f"{address(contact)}{part}", better(contact)).status_code == 404
        assert AccessLine.objects.filter(outcome="refused", object_type="aanmelding").exists()
        assert standing() == contact

    def test_after_a_handover_it_is_the_new_supervisors(self, contact, case, fatima):
        bob = colleague("bob")
        end_assignment(registration=case, on=TODAY, by=None)
        assign(registration=case, supervisor=bob, on=TODAY, by=None)
        assert browser_of(fatima).post(address(contact), better(contact)).status_code == 404
        assert browser_of(bob).get(address(contact)).status_code == 200

    def test_what_does_not_exist_is_refused_the_same_way(self, fatima):
        assert browser_of(fatima).get(f"/gesprek/{uuid.uuid4()}/").status_code == 404


class TestTheClockFollows:
    """A first contact set the clock: what becomes of the contact, becomes of the clock."""

    @pytest.fixture
    def case(self, fatima):
        return a_case(fatima)

    @pytest.fixture
    def call(self, case, fatima):
        phone = code("contact_kind", "phone")
        day = case.intakes.standing().get().happened_on + timedelta(days=1)
        return said(case, by=fatima, kind=phone, happened_on=day, answers=NORMS)

    def clock(self, case) -> tuple:
        intake = case.intakes.standing().get()
        return intake.phone_contact_on, intake.welcome_scheduled_on

    def test_another_day(self, case, call, fatima):
        later = call.happened_on + timedelta(days=3)
        correct_contact(contact=call, happened_on=later, by=fatima, reason="Verkeerde dag")
        assert self.clock(case) == (later, later)

    def test_also_after_a_correction_of_something_else(self, case, call, fatima):
        again = correct_contact(contact=call, note="Beter", by=fatima, reason="Typefout")
        later = call.happened_on + timedelta(days=3)
        correct_contact(contact=again, happened_on=later, by=fatima, reason="Verkeerde dag")
        assert self.clock(case) == (later, later)

    def test_a_mail_is_no_telephone_contact(self, case, call, fatima):
        mail = code("contact_kind", "mail")
        correct_contact(contact=call, kind=mail, by=fatima, reason="Het was een mail")
        assert self.clock(case) == (None, call.happened_on)

    def test_withdrawn_the_clock_is_open_again(self, case, call, fatima):
        withdraw_contact(contact=call, by=fatima, reason="Bij het verkeerde gezin")
        assert self.clock(case) == (None, None)
        assert (
            "ingetrokken"
            in case.intakes.exclude(withdrawn_at=None).latest("withdrawn_at").withdrawal_reason
        )

    def test_not_to_before_the_registration(self, case, call, fatima):
        before = call.happened_on - timedelta(days=2)
        with pytest.raises(ValidationError) as refusal:
            correct_contact(contact=call, happened_on=before, by=fatima, reason="Eerder")
        assert "voor de dag van de aanmelding" in refusal.value.messages[0]
        assert standing() == call
        assert self.clock(case) == (call.happened_on, call.happened_on)

    def test_a_day_that_someone_gave_the_intake_since_stays(self, case, call, fatima):
        other = call.happened_on + timedelta(days=1)
        correct(case.intakes.standing().get(), by=fatima, reason="Brief", phone_contact_on=other)
        withdraw_contact(contact=call, by=fatima, reason="Bij het verkeerde gezin")
        assert self.clock(case) == (other, None)

    def test_a_later_call_moves_nothing(self, case, call, fatima):
        second = said(case, by=fatima, happened_on=TODAY, answers=NORMS)
        withdraw_contact(contact=second, by=fatima, reason="Bij het verkeerde gezin")
        assert self.clock(case) == (call.happened_on, call.happened_on)

    def test_the_table_knows_that_only_a_call_is_a_call(self, case, fatima):
        refuses(
            "contact_first_phone_is_a_call",
            Contact,
            registration=case,
            kind=code("contact_kind", "mail"),
            happened_on=TODAY,
            with_whom="Iemand",
            note="Tekst",
            first_phone=True,
        )
