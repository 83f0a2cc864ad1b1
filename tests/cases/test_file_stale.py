"""When someone else was first: both texts side by side, and nothing typed is lost (T87, T88)."""

import threading

import pytest
from django.db import connections

from cases.models import FamilyComposition, Placement, SupportRequest
from cases.services import note
from tests.cases.office import LAST_MONTH, TODAY, a_case, browser_of, colleague
from tests.cases.writing import a_wish, address, assign_to_too, given, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


class TestWhenSomeoneElseWasFirst:
    def test_both_texts_stand_side_by_side_and_one_chooses(self, case, fatima):
        fact = note(Placement(child=person_of(case, "child"), happened_on=LAST_MONTH), by=None)
        bob, client = colleague("bob"), browser_of(fatima)
        mine = {
            "child": person_of(case, "child").number,
            "happened_on": LAST_MONTH,
            "residence": "residence.network",
            "correction_reason": "Oma belde",
        }
        theirs = {**mine, "residence": "residence.residential"}
        assign_to_too(case, bob)
        browser_of(bob).post(address(case, "plaatsingen", fact), theirs)
        page = client.post(address(case, "plaatsingen", fact), mine)
        text = page.content.decode()
        assert "Door Bob" in text
        assert "<b>In het netwerk (familie of vrienden)</b>" in text
        assert "Instelling" in text
        assert 'value="Oma belde"' in text
        stands = Placement.objects.standing().get()
        assert stands.residence_id == "residence.residential"
        save_to = page.context["stale"].save_to
        client.post(save_to, mine)
        stands = Placement.objects.standing().get()
        assert stands.residence_id == "residence.network"

    def test_of_what_was_withdrawn_the_typed_text_can_be_added_anew(self, case, fatima):
        fact = note(SupportRequest(**a_wish(case)), by=None)
        client = browser_of(fatima)
        client.post(address(case, "vragen", fact, "intrekken/"), {"reason": "Dubbel"})
        data = {**given(case, "vragen"), "happened_on": TODAY, "correction_reason": "Later"}
        page = client.post(address(case, "vragen", fact), data)
        assert "Dit is intussen ingetrokken" in page.content.decode()
        assert page.context["stale"].save_to == address(case, "vragen")
        client.post(address(case, "vragen"), data)
        assert SupportRequest.objects.standing().get().happened_on == TODAY

    def test_an_old_address_leads_to_what_stands(self, case, fatima):
        fact = note(SupportRequest(**a_wish(case)), by=None)
        client = browser_of(fatima)
        data = {**given(case, "vragen"), "happened_on": TODAY, "correction_reason": "Later"}
        client.post(address(case, "vragen", fact), data)
        stands = SupportRequest.objects.standing().get()
        assert client.get(address(case, "vragen", fact))["Location"] == address(
            case, "vragen", stands
        )
        client.post(address(case, "vragen", stands, "intrekken/"), {"reason": "Dubbel"})
        page = client.get(address(case, "vragen", fact), follow=True).content.decode()
        assert "Dit is ingetrokken" in page
        assert (
            "al ingetrokken"
            in client.post(
                address(case, "vragen", stands, "intrekken/"), {"reason": "Dubbel"}
            ).content.decode()
        )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_write_the_same_at_once_one_wins_and_the_other_is_told():
    fatima = colleague("fatima")
    case = a_case(fatima)
    clients, barrier, pages = [browser_of(fatima) for _ in range(2)], threading.Barrier(2), []
    page, data = address(case, "samenstelling"), given(case, "samenstelling")

    def write(client) -> None:
        barrier.wait(10)
        answer = client.post(page, data)
        pages.append((answer.status_code, answer.content.decode()))
        connections.close_all()

    threads = [threading.Thread(target=write, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    won, told = sorted(pages, reverse=True)
    assert won[0] == 302
    assert "schreef dit net ook op" in told[1] or "staat al een gezinssamenstelling" in told[1]
    assert FamilyComposition.objects.count() == 1
