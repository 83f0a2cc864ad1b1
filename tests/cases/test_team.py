"""The board of a team: each number opens exactly what it counted; and kept views."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.models import Employment
from cases.access import Need
from cases.caseload.board import board_of
from cases.clock import start_by
from cases.models import Contact, SavedView
from cases.services import assign, close, end_assignment, never_start, note, start
from cases.services.exceptions import cover, declare_conflict
from facts.verbs import correct
from facts.working_days import after_working_days
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
    people_in,
)
from tests.cases.test_exceptions import sees
from tests.cases.test_exceptions_pages import mother_of
from tests.cast import a_registration, code

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
BOARD, LIST, VIEWS = "/team/", "/team/lijst/", "/team/weergaven/"
BOARD_QUERIES, LIST_QUERIES = 15, 18
LONG_AGO = TODAY - timedelta(days=30)


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def bob():
    return colleague("bob")


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


def a_contact(case, on: date) -> None:
    kind = code("contact_kind", "phone")
    fact = Contact(
        registration=case, kind=kind, with_whom="moeder", happened_on=on, note="Gesproken"
    )
    note(fact, by=None)


def called(registration, on: date) -> None:
    """The clock has no windows left open."""
    intake = registration.intakes.standing().get()
    correct(intake, by=None, reason="Gebeld", phone_contact_on=on, welcome_scheduled_on=on)


def row_of(board, user):
    return next(row for row in board.rows if row.user == user)


@pytest.fixture
def office(fatima, bob):
    """A team with something in every number."""
    cases = [a_case(fatima), a_case(fatima), a_case(bob)]
    called(cases[0], LAST_MONTH)
    a_contact(cases[0], YESTERDAY)
    a_contact(cases[1], LAST_WEEK)
    a_registration(on=LONG_AGO)  # nobody ever had it
    a_registration(on=TODAY)
    left = a_case(bob)
    end_assignment(registration=left, on=TODAY - timedelta(days=10), by=None)
    shut = a_case(fatima)
    close(registration=shut, on=TODAY, reason=code("closing_reason", "completed"), by=None)
    never = a_registration(on=LONG_AGO)
    reason = code("never_started_reason", "contact_lost")
    never_start(registration=never, on=TODAY, reason=reason, by=None)
    a_case(colleague("wim", team="Team West"))
    return cases


class TestTheBoard:
    def test_it_counts_what_is_under_way(self, office, fatima, bob, tess):
        board = board_of(tess, TODAY)
        assert [row.user for row in board.rows] == [bob, fatima]
        assert row_of(board, fatima).load.trajectories == 2
        assert row_of(board, fatima).missed == 1
        assert row_of(board, fatima).quiet_for == 7
        assert row_of(board, bob).load.trajectories == 1
        assert row_of(board, bob).quiet_for == 40
        assert board.at_the_start == 1
        assert board.without == 3
        assert board.mean_wait == round((30 + 0 + 10) / 3)

    def test_every_number_opens_exactly_its_list(self, office, tess):
        client = browser_of(tess)
        page = client.get(BOARD).content.decode()
        links = re.findall(r'href="(/team/lijst/\?[^"]+)">\s*(\d+)(<| |\s)', page)
        counts = [(link, number) for link, number, _ in links if "sorteer=contact" not in link]
        assert len(counts) == 2 + 2 * 2
        for link, number in counts:
            shown = client.get(link.replace("&amp;", "&"))
            assert len(shown.context["rows"]) == int(number), link
            assert shown.context["number"] == int(number), link

    def test_the_one_without_contact_longest_stands_first(self, office, fatima, tess):
        row = row_of(board_of(tess, TODAY), fatima)
        shown = browser_of(tess).get(f"{LIST}?{row.quietest_first}").context["rows"]
        assert [one.contact for one in shown] == ["7 dagen", "1 dag"]

    def test_per_fte_against_the_norm(self, office, fatima, tess, settings):
        settings.TRAJECTORIES_PER_FTE = 3
        note(Employment(supervisor=fatima, fte="0.5", happened_on=LAST_MONTH), by=None)
        row = row_of(board_of(tess, TODAY), fatima)
        assert (row.load.per_fte, row.bar, row.above_norm) == (4, 67, True)
        page = browser_of(tess).get(BOARD).content.decode()
        assert "boven de norm" in page
        assert "fte niet in beeld" in page
        assert '<rect width="67"' in page

    def test_who_is_away_and_who_covers(self, fatima, bob, tess):
        days = {"begin": TODAY, "end": TOMORROW}
        cover(absent=fatima, substitute=bob, reason="Verlof", by=tess, **days)
        assert "Bob neemt waar t/m" in browser_of(tess).get(BOARD).content.decode()

    def test_what_a_conflict_of_interest_shuts_is_not_counted(self, office, fatima, tess):
        declare_conflict(
            user=tess, person=mother_of(office[0]), since=TODAY, reason="Nicht", by=tess
        )
        assert row_of(board_of(tess, TODAY), fatima).load.trajectories == 1

    def test_an_empty_team_says_how_to_begin(self):
        page = browser_of(colleague("tom", "teammanager", "Team Leeg")).get(BOARD)
        assert "Er zit nog niemand in je team" in page.content.decode()

    @pytest.mark.parametrize("role", ["procesbegeleider", "rapporteur", "functioneel beheerder"])
    def test_it_is_for_managers(self, office, role):
        client = browser_of(colleague("kijker", role))
        for address in (BOARD, LIST):
            assert client.get(address).status_code == 404
        assert client.post(VIEWS, {"name": "X"}).status_code == 404

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_it_costs_as_much_for_one_as_for_a_hundred(self, tess, django_assert_num_queries, many):
        for number in range(many):
            a_case(colleague(f"pb{number}"))
        client = browser_of(tess)
        client.get(BOARD)
        with django_assert_num_queries(BOARD_QUERIES):
            page = client.get(BOARD)
        assert len(page.context["board"].rows) == many
        with django_assert_num_queries(LIST_QUERIES):
            page = client.get(LIST)
        assert len(page.context["rows"]) == many


class TestWhatWaits:
    @pytest.mark.parametrize("day", [date(2024, 5, 8), date(2024, 5, 13), date(2024, 12, 30)])
    def test_longer_than_five_working_days(self, day):
        """Ascension Day and Christmas among them."""
        last = start_by(day) - timedelta(days=1)
        assert after_working_days(last, 5) < day
        assert after_working_days(start_by(day), 5) >= day

    def test_who_lost_their_supervisor_stays_in_view_of_its_team(self, fatima, tess):
        case = a_case(fatima)
        end_assignment(registration=case, on=TODAY, by=None)
        assert sees(tess, case, Need.ASSIGN)
        assert board_of(tess, TODAY).without == 1
        assert board_of(colleague("wim", "teammanager", "Team West"), TODAY).without == 0

    def test_what_nobody_ever_had_is_in_every_managers_view(self, tess):
        a_registration(on=TODAY)
        for manager in (tess, colleague("wim", "teammanager", "Team West")):
            assert board_of(manager, TODAY).without == 1


class TestTheList:
    def test_it_is_filtered_and_the_log_knows_who_was_shown(self, office, fatima, tess):
        client = browser_of(tess)
        page = client.get(LIST, {"begeleider": fatima.pk, "lijst": "gemist"})
        assert [row.number for row in page.context["rows"]] == [office[1].number]
        assert set(last_line(actor=tess).subjects) == people_in(office[1])
        new = client.get(LIST, {"status": "not_started"}).context["rows"]
        assert {row.status for row in new} == {"Nog niet gestart"}

    @pytest.mark.parametrize(
        "query",
        [
            {"begeleider": "x"},
            {"begeleider": str(uuid4())},
            {"lijst": "alles"},
            {"sorteer": "password"},
            {"status": "closed"},
            {"pagina": "0"},
            {"pagina": "x"},
        ],
    )
    def test_what_cannot_be_asked_is_said(self, office, tess, query):
        page = browser_of(tess).get(LIST, query)
        assert page.status_code == 200
        assert page.context["form"].errors

    @pytest.mark.parametrize("sort", ["nummer", "contact", "wacht", "nieuw"])
    def test_it_is_sorted_in_named_ways(self, office, tess, sort):
        assert browser_of(tess).get(LIST, {"sorteer": sort}).context["number"] == 6

    def test_a_second_page(self, fatima, tess):
        for _ in range(101):
            new = a_registration(on=TODAY)
            assign(registration=new, supervisor=fatima, on=TODAY, by=None)
        page = browser_of(tess).get(LIST, {"pagina": 2})
        assert len(page.context["rows"]) == 1
        assert start(registration=new, on=TODAY, by=None)


class TestViews:
    QUERY = "begeleider=geen&sorteer=wacht"

    @pytest.fixture
    def kept(self, tess):
        browser_of(tess).post(VIEWS, {"name": " Onze  wachtlijst ", "query": self.QUERY})
        return SavedView.objects.get()

    def test_one_is_kept_with_what_may_be_asked_and_nothing_else(self, tess, kept):
        assert (kept.user, kept.name, kept.query) == (tess, "Onze wachtlijst", self.QUERY)
        page = browser_of(tess).get(BOARD).content.decode()
        assert "Onze wachtlijst" in page
        query = "begeleider=geen&x=1&sorteer=%3Cscript%3E&lijst=gemist"
        browser_of(tess).post(VIEWS, {"name": "Anders", "query": query})
        assert SavedView.objects.get(name="Anders").query == "begeleider=geen&lijst=gemist"

    def test_it_is_renamed_and_removed(self, tess, kept):
        client = browser_of(tess)
        client.post(f"{VIEWS}{kept.pk}/", {"name": "Wachtend"})
        assert SavedView.objects.get().name == "Wachtend"
        client.post(f"{VIEWS}{kept.pk}/", {"doe": "verwijderen"})
        assert not SavedView.objects.exists()

    def test_a_name_is_given_and_given_once(self, tess, kept):
        client = browser_of(tess)
        again = client.post(VIEWS, {"name": "Onze wachtlijst"}, follow=True).content.decode()
        assert "Je hebt al een weergave met deze naam" in again
        empty = client.post(VIEWS, {"name": " "}, follow=True).content.decode()
        assert "Geef de weergave een naam" in empty
        assert SavedView.objects.count() == 1

    def test_anothers_is_not_there(self, kept):
        tom = browser_of(colleague("tom", "teammanager"))
        assert "Onze wachtlijst" not in tom.get(BOARD).content.decode()
        for fields in ({"name": "Van mij"}, {"doe": "verwijderen"}):
            assert tom.post(f"{VIEWS}{kept.pk}/", fields).status_code == 404
        assert SavedView.objects.get().name == "Onze wachtlijst"
