"""Covering, sharing and conflicts of interest on screen: who does what, and what is said of it."""

from datetime import timedelta

import pytest

from accounts import grants
from cases.access import Need
from cases.models import ConflictOfInterest, Cover, FamilyMember, Registration
from cases.services.exceptions import cover, declare_conflict, end_conflict, end_cover
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
from tests.cases.test_exceptions import refused, sees
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
PAGE = "/waarneming/"
QUERIES = 17


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def bob():
    return colleague("bob")


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


@pytest.fixture
def wim():
    return colleague("wim", "teammanager", "Team West")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def mother_of(case):
    return FamilyMember.objects.get(family=family_of(case), role="mother").person


def text_of(response) -> str:
    return response.content.decode()


class TestCover:
    def asked(self, fatima, bob, **fields) -> dict:
        spell = {"begin": TODAY, "last": TOMORROW, "reason": "Verlof"}
        return {"absent": fatima.pk, "substitute": bob.pk, **spell, **fields}

    def test_a_manager_arranges_it_and_ends_it_early(self, case, fatima, bob, tess):
        manager = browser_of(tess)
        response = manager.post(f"{PAGE}nieuw/", self.asked(fatima, bob))
        assert response["Location"] == PAGE
        assert Cover.objects.get().ended_on == TOMORROW + timedelta(days=1)
        assert sees(bob, case, Need.WRITE)
        page = text_of(manager.get(PAGE))
        assert "Bob neemt waar voor Fatima" in page
        manager.post(f"{PAGE}{Cover.objects.standing().get().pk}/beeindigen/")
        assert not sees(bob, case)
        assert "Bob neemt waar" not in text_of(manager.get(PAGE))

    def test_both_colleagues_see_it_without_a_button(self, fatima, bob, tess):
        cover(absent=fatima, substitute=bob, begin=TODAY, end=TOMORROW, reason="Verlof", by=tess)
        for user in (fatima, bob):
            page = text_of(browser_of(user).get(PAGE))
            assert "Bob neemt waar voor Fatima" in page
            assert "Beëindigen" not in page
        assert "Bob neemt" not in text_of(browser_of(colleague("eva")).get(PAGE))

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"last": YESTERDAY}, "Deze dag is al voorbij"),
            ({"begin": TOMORROW, "last": TODAY}, "(de eerste dag) of later"),
            ({"reason": " "}, "waarom"),
            ({"substitute": ""}, "Kies iemand."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, fatima, bob, tess, wrong, says):
        response = browser_of(tess).post(f"{PAGE}nieuw/", self.asked(fatima, bob, **wrong))
        assert says in text_of(response)
        assert f'value="{fatima.pk}" selected' in text_of(response)
        assert not Cover.objects.exists()

    def test_nobody_covers_for_themselves(self, fatima, tess):
        response = browser_of(tess).post(f"{PAGE}nieuw/", self.asked(fatima, fatima))
        assert "niet voor zichzelf" in text_of(response)

    def test_another_teams_people_and_covers_are_not_there(self, fatima, bob, tess, wim):
        response = browser_of(wim).post(f"{PAGE}nieuw/", self.asked(fatima, bob))
        assert "Kies een ander" in text_of(response)
        one = cover(
            absent=fatima, substitute=bob, begin=TODAY, end=TOMORROW, reason="Verlof", by=tess
        )
        assert browser_of(wim).post(f"{PAGE}{one.pk}/beeindigen/").status_code == 404
        with refused("giver"):
            end_cover(cover=one, on=TODAY, by=wim)
        assert browser_of(bob).get(f"{PAGE}nieuw/").status_code == 404

    def test_what_had_not_begun_never_was(self, fatima, bob, tess):
        days = {"begin": TOMORROW, "end": TOMORROW + timedelta(days=2)}
        one = cover(absent=fatima, substitute=bob, reason="Verlof", by=tess, **days)
        end_cover(cover=one, on=TODAY, by=tess)
        assert not Cover.objects.standing().exists()


class TestSharing:
    def asked(self, case, bob, **fields) -> dict:
        return {
            "registration": case.pk,
            "to": bob.pk,
            "may_write": "nee",
            "last": TOMORROW,
            "reason": "Meekijken bij de zitting",
            **fields,
        }

    def address(self, case) -> str:
        return f"/gezinnen/{family_of(case).pk}/delen/"

    def test_a_manager_shares_a_file_from_the_file_and_stops(self, case, bob, tess):
        manager = browser_of(tess)
        assert "Delen" in text_of(manager.get(f"/gezinnen/{family_of(case).pk}/"))
        manager.post(self.address(case), self.asked(case, bob))
        assert sees(bob, case)
        assert not sees(bob, case, Need.WRITE)
        assert family_of(case).number in text_of(browser_of(bob).get(PAGE))
        assert set(last_line(actor=bob).subjects) == people_in(case)
        (grant,) = grants.current(bob, Registration)
        manager.post(f"{PAGE}gedeeld/{grant.pk}/beeindigen/")
        assert not sees(bob, case)
        assert family_of(case).number not in text_of(browser_of(bob).get(PAGE))

    def test_to_write_as_well(self, case, bob, tess):
        browser_of(tess).post(self.address(case), self.asked(case, bob, may_write="ja"))
        assert sees(bob, case, Need.WRITE)

    def test_who_does_not_assign_it_finds_no_page(self, case, fatima, bob, wim):
        for user in (fatima, bob, wim):
            assert browser_of(user).get(self.address(case)).status_code == 404
        assert "Delen" not in text_of(browser_of(fatima).get(f"/gezinnen/{family_of(case).pk}/"))

    def test_nobody_else_stops_it(self, case, bob, tess, wim):
        browser_of(tess).post(self.address(case), self.asked(case, bob))
        (grant,) = grants.current(bob, Registration)
        for user in (bob, wim):
            response = browser_of(user).post(f"{PAGE}gedeeld/{grant.pk}/beeindigen/")
            assert response.status_code == 404
        assert sees(bob, case)

    @pytest.mark.parametrize("last", [YESTERDAY, TODAY + timedelta(days=400)])
    def test_it_ends_within_a_year(self, case, bob, tess, last):
        browser_of(tess).post(self.address(case), self.asked(case, bob, last=last))
        assert not sees(bob, case)

    def test_not_with_who_has_a_conflict_or_another_kind_of_work(self, case, bob, tess):
        declare_conflict(user=bob, person=mother_of(case), since=TODAY, reason="Oom", by=bob)
        page = browser_of(tess).post(self.address(case), self.asked(case, bob))
        assert "Kies een ander" in text_of(page)
        rik = colleague("rik", "rapporteur")
        page = browser_of(tess).post(self.address(case), self.asked(case, rik))
        assert "Kies een ander" in text_of(page)
        assert not grants.current_on(Registration).exists()


class TestConflict:
    def asked(self, who: str, **fields) -> dict:
        return {"who": who, "since": TODAY, "reason": "Buurvrouw", **fields}

    @pytest.mark.parametrize("which", ["name", "person", "registration", "family"])
    def test_a_colleague_reports_it_by_name_or_number(self, case, bob, tess, which):
        cover_it = {"absent": case.assignments.get().supervisor, "substitute": bob, "by": tess}
        cover(begin=TODAY, end=TOMORROW, reason="Verlof", **cover_it)
        assert sees(bob, case)
        who = {
            "name": " sanne  DORPSTRAAT",
            "person": mother_of(case).number.lower(),
            "registration": case.number,
            "family": family_of(case).number,
        }[which]
        response = browser_of(bob).post(f"{PAGE}belangenconflict/", self.asked(who))
        assert response["Location"] == PAGE
        assert not sees(bob, case)
        page = text_of(browser_of(bob).get(PAGE))
        assert "Buurvrouw" in page
        for told in ("Sanne", mother_of(case).number, case.number, family_of(case).number):
            assert told not in page
        line = last_line(action="search")
        assert mother_of(case).pk in line.subjects
        assert mother_of(case).pk in last_line(part="uitzonderingen").subjects
        assert who not in str(line.detail)

    def test_a_name_we_do_not_know_or_know_twice_is_said(self, case, bob, fatima):
        address = f"{PAGE}belangenconflict/"
        page = text_of(browser_of(bob).post(address, self.asked("Wie Ookweer")))
        assert "We kennen niemand" in page
        assert "Wie Ookweer" in page
        a_case(fatima)
        page = text_of(browser_of(bob).post(address, self.asked("Sanne Dorpstraat")))
        assert "meer mensen met deze naam" in page
        assert not ConflictOfInterest.objects.exists()
        assert last_line().action == "search"

    def test_a_manager_reports_it_for_the_team_and_learns_no_name(self, case, bob, tess):
        asked = self.asked(mother_of(case).number, user=bob.pk)
        browser_of(tess).post(f"{PAGE}belangenconflict/", asked)
        assert ConflictOfInterest.objects.get().user == bob
        page = text_of(browser_of(tess).get(PAGE))
        assert "Bob: 1 persoon" in page
        assert "Sanne" not in page

    def test_only_a_manager_ends_it_and_never_ones_own(self, case, bob, tess, wim):
        one = declare_conflict(
            user=bob, person=mother_of(case), since=LAST_WEEK, reason="Oom", by=bob
        )
        address = f"{PAGE}belangenconflict/{one.pk}/beeindigen/"
        for user in (bob, wim):
            assert browser_of(user).post(address, {"reason": "Klaar"}).status_code == 404
            with refused("giver"):
                end_conflict(conflict=one, on=TODAY, reason="Klaar", by=user)
        assert "Schrijf in een paar woorden" in text_of(browser_of(tess).post(address, {}))
        assert browser_of(tess).post(address, {"reason": "Verhuisd"})["Location"] == PAGE
        standing = ConflictOfInterest.objects.standing().get()
        assert (standing.ended_on, standing.user) == (TODAY, bob)

    def test_a_managers_own_is_ended_by_another_manager(self, case, tess, wim):
        one = declare_conflict(
            user=tess, person=mother_of(case), since=LAST_WEEK, reason="Zus", by=tess
        )
        with refused("giver"):
            end_conflict(conflict=one, on=TODAY, reason="Klaar", by=tess)
        end_conflict(conflict=one, on=TODAY, reason="Klaar", by=wim)


@pytest.mark.parametrize(
    "role", ["rapporteur", "functioneel beheerder", "functionaris gegevensbescherming"]
)
def test_other_roles_cannot_try_names_here(role, case):
    client = browser_of(colleague("kijker", role))
    for address in (PAGE, f"{PAGE}nieuw/", f"{PAGE}belangenconflict/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("many", [1, 3, 100])
def test_it_costs_as_much_for_one_as_for_a_hundred(
    fatima, bob, tess, django_assert_num_queries, many
):
    for number in range(many):
        case = a_case(fatima)
        days = {"begin": TODAY, "end": TOMORROW + timedelta(days=number)}
        cover(absent=fatima, substitute=bob, reason="Verlof", by=tess, **days)
        declare_conflict(user=bob, person=mother_of(case), since=TODAY, reason="Oom", by=bob)
        grants.give(
            to=fatima,
            target=case,
            permission="cases.read_shared",
            reason="Kijk",
            until="2099-01-01T12:00Z",
            by=tess,
        )
    client = browser_of(tess)
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):
        page = client.get(PAGE)
    assert len(page.context["team_covers"]) == many
    assert len(page.context["given"]) == many
