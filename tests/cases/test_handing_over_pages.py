"""Handing over on screen: choose, look, offer; the receiver answers; the menu counts."""

import re

import pytest
from django.utils import timezone

from accounts.models import Employment
from accounts.services import outbox
from cases.models import Assignment, Handover
from cases.services import note
from cases.services.assigning import open_assignment
from cases.services.handing_over import offer
from tests.cases.office import (
    LAST_MONTH,
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
    people_in,
)
from tests.cases.test_exceptions import sees
from tests.cast import a_registration, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
HAND_OVER, OFFERS = "/team/overdragen/", "/overdracht/"
HAND_OVER_QUERIES, OFFERS_QUERIES = 17, 15


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr(outbox, "wake_a_worker", lambda *which: None)


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def bob():
    return colleague("bob", team="Team West")


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


def words_of(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def asked(giver, cases, bob, deed: str, **fields) -> dict:
    which = [case.pk for case in cases]
    days = {"takes_over_on": TODAY}
    return {"van": giver.pk, "which": which, "receiver": bob.pk, "doe": deed, **days, **fields}


class TestHandingOver:
    def test_both_caseloads_are_shown_as_they_become_before_it_is_sent(self, fatima, bob, tess):
        cases = [a_case(fatima) for _ in range(4)]
        a_case(bob)
        note(Employment(supervisor=bob, fte="0.5", happened_on=LAST_MONTH), by=None)
        manager = browser_of(tess)
        page = words_of(manager.post(HAND_OVER, asked(fatima, cases[:3], bob, "bekijken")))
        assert "Fatima 4 1 fte niet in beeld" in page
        assert "Bob 1 4 2 → 8" in page
        assert not Handover.objects.exists()
        response = manager.post(HAND_OVER, asked(fatima, cases[:3], bob, "aanbieden"))
        assert response["Location"] == OFFERS
        assert Handover.objects.count() == 3
        assert "3 trajecten van Fatima aan Bob" in words_of(manager.get(OFFERS))
        assert "al aangeboden" in words_of(manager.get(HAND_OVER, {"van": fatima.pk}))

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"which": []}, "Kies minstens één traject"),
            ({"receiver": ""}, "Kies iemand."),
            ({"takes_over_on": YESTERDAY}, "Deze dag is al voorbij"),
            ({"takes_over_on": ""}, "Kies een dag."),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_stays(self, fatima, bob, tess, wrong, says):
        case = a_case(fatima)
        fields = asked(fatima, [case], bob, "aanbieden", note="Maandag bellen") | wrong
        response = browser_of(tess).post(HAND_OVER, fields)
        assert says in words_of(response)
        assert "Maandag bellen" in response.content.decode()
        assert not Handover.objects.exists()

    def test_to_the_waiting_list(self, fatima, bob, tess):
        case = a_case(fatima)
        fields = asked(fatima, [case], bob, "wachtlijst", receiver="", takes_over_on="")
        page = browser_of(tess).post(HAND_OVER, fields, follow=True)
        assert "1 traject wacht op een begeleider" in words_of(page)
        assert open_assignment(case) is None
        assert not sees(fatima, case)

    def test_another_teams_supervisor_is_not_there(self, fatima, bob, tess):
        case = a_case(bob)
        page = browser_of(tess).get(HAND_OVER, {"van": bob.pk})
        assert case.number not in page.content.decode()
        browser_of(tess).post(HAND_OVER, asked(bob, [case], fatima, "aanbieden"))
        assert not Handover.objects.exists()

    def test_it_is_for_managers_and_the_log_knows_who_was_shown(self, fatima, tess):
        case = a_case(fatima)
        assert browser_of(fatima).get(HAND_OVER).status_code == 404
        browser_of(tess).get(HAND_OVER, {"van": fatima.pk})
        assert set(last_line(actor=tess).subjects) == people_in(case)

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_it_costs_as_much_for_one_as_for_a_hundred(
        self, fatima, tess, django_assert_num_queries, many
    ):
        for _ in range(many):
            a_case(fatima)
        client = browser_of(tess)
        client.get(HAND_OVER)
        with django_assert_num_queries(HAND_OVER_QUERIES):
            page = client.get(HAND_OVER, {"van": fatima.pk})
        assert len(page.context["held"]) == many


class TestAnswering:
    def offered(self, cases, bob, tess, **fields) -> str:
        """The page of the offer."""
        fields = {"takes_over_on": TODAY, "note": "Spreekt ook Engels", **fields}
        return f"{OFFERS}{offer(registrations=cases, receiver=bob, by=tess, **fields)[0].batch}/"

    def test_the_menu_counts_and_a_part_is_accepted(self, fatima, bob, tess):
        cases = [a_case(fatima) for _ in range(3)]
        page = self.offered(cases, bob, tess)
        receiver = browser_of(bob)
        assert re.search(
            r'Overdracht\s*<span class="waits">3<', receiver.get(OFFERS).content.decode()
        )
        assert "Spreekt ook Engels" in words_of(receiver.get(page))
        assert "Sanne" not in words_of(receiver.get(page))
        some = [one.pk for one in Handover.objects.filter(registration__in=cases[:2])]
        fields = {"which": some, "doe": "aannemen", "share_until": TOMORROW}
        response = receiver.post(page, fields)
        assert response["Location"] == OFFERS
        assert "Je hebt 2 trajecten overgenomen" in words_of(receiver.get(OFFERS))
        assert [sees(bob, case) for case in cases] == [True, True, False]
        assert all(sees(fatima, case) for case in cases)
        assert 'class="waits">1<' in receiver.get(OFFERS).content.decode()

    def test_refusing_asks_why_and_the_manager_reads_it(self, fatima, bob, tess):
        case = a_case(fatima)
        page = self.offered([case], bob, tess)
        which = [Handover.objects.get().pk]
        response = browser_of(bob).post(page, {"which": which, "doe": "weigeren"})
        assert "Schrijf waarom niet" in words_of(response)
        browser_of(bob).post(page, {"which": which, "doe": "weigeren", "answer": "Ik zit vol"})
        assert "Ik zit vol" in words_of(browser_of(tess).get(OFFERS))
        assert "Er is je niets aangeboden" in words_of(browser_of(bob).get(OFFERS))

    def test_withdrawn_it_is_gone_for_the_receiver_who_is_told(self, fatima, bob, tess):
        case = a_case(fatima)
        page = self.offered([case], bob, tess)
        which = [Handover.objects.get().pk]
        browser_of(tess).post(page, {"which": which, "doe": "intrekken"})
        response = browser_of(bob).post(page, {"which": which, "doe": "aannemen"})
        assert "is intussen ingetrokken" in words_of(response)
        assert Assignment.objects.standing().get().supervisor == fatima

    def test_nobody_else_finds_it(self, fatima, bob, tess):
        page = self.offered([a_case(fatima)], bob, tess)
        which = [Handover.objects.get().pk]
        wim = colleague("wim", "teammanager", "Team West")
        for user in (fatima, colleague("eva"), wim, colleague("rik", "rapporteur")):
            assert browser_of(user).get(page).status_code == 404
            response = browser_of(user).post(page, {"which": which, "doe": "aannemen"})
            assert response.status_code == 404
        assert browser_of(colleague("rok", "rapporteur")).get(OFFERS).status_code == 404
        assert Handover.objects.get().state == "offered"

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_it_costs_as_much_for_one_as_for_a_hundred(
        self, fatima, bob, tess, django_assert_num_queries, many
    ):
        self.offered([a_case(fatima) for _ in range(many)], bob, tess)
        client = browser_of(tess)
        client.get(OFFERS)
        with django_assert_num_queries(OFFERS_QUERIES):
            client.get(OFFERS)


class TestAssigning:
    def test_a_manager_assigns_what_waits(self, fatima, tess):
        new = a_registration(on=YESTERDAY)
        address = f"/team/toewijzen/{new.pk}/"
        fields = {"supervisor": fatima.pk, "on": timezone.localdate()}
        response = browser_of(tess).post(address, fields, follow=True)
        assert f"{new.number} is toegewezen aan Fatima" in words_of(response)
        assert sees(fatima, new)
        assert "heeft al een procesbegeleider: Fatima" in words_of(browser_of(tess).get(address))

    def test_who_does_not_assign_it_finds_no_page(self, fatima, bob, tess):
        case = a_case(bob)
        for user in (fatima, bob, tess):
            assert browser_of(user).get(f"/team/toewijzen/{case.pk}/").status_code == 404
        assert family_of(case)
