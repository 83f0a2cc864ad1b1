"""Correcting a conversation; and when two do so at once, neither is lost (T87)."""

import json
import uuid

import pytest

from accounts.models import AccessLine, Draft
from cases.models import Contact
from cases.services import assign, correct_contact, end_assignment, withdraw_contact
from tests.cases.office import TODAY, TOMORROW, a_case, browser_of, colleague
from tests.cases.test_contacts import said, typed

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
