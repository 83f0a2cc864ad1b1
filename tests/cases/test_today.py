"""Vandaag: what comes first, my families, what is not in view; for whom, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Employment
from cases.models import (
    Cover,
    Custody,
    FamilyComposition,
    FamilyMember,
    Handover,
    Intake,
    Placement,
    Task,
)
from cases.services import assign, close, correct, never_start, note
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
from tests.cases.test_contacts import said
from tests.cases.test_tasks import planned
from tests.cast import a_registration, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
QUERIES = 22


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def registered(supervisor, days_ago: int):
    day = TODAY - timedelta(days=days_ago)
    registration = a_registration(on=day)
    assign(registration=registration, supervisor=supervisor, on=day, by=None)
    return registration


def today_of(user):
    return browser_of(user).get("/vandaag/")


def first(user) -> list[tuple[str, str]]:
    return [(line.what, line.due) for line in today_of(user).context["first"]]


class TestFirst:
    @pytest.mark.parametrize(
        ("days_ago", "lines"),
        [
            (0, [("Eerste telefonische contact", "nog 2 dagen"),
                 ("Welkomstgesprek inplannen", "nog 7 dagen")]),
            (2, [("Eerste telefonische contact", "nog vandaag"),
                 ("Welkomstgesprek inplannen", "nog 5 dagen")]),
            (3, [("Eerste telefonische contact", "gemist, 1 dag te laat"),
                 ("Welkomstgesprek inplannen", "nog 4 dagen")]),
            (8, [("Eerste telefonische contact", "gemist, 6 dagen te laat"),
                 ("Welkomstgesprek inplannen", "gemist, 1 dag te laat")]),
            (40, []),
        ],
    )  # fmt: skip
    def test_the_clock_of_who_registered(self, fatima, days_ago, lines):
        registered(fatima, days_ago)
        assert first(fatima) == lines

    def test_a_window_that_was_answered_is_no_more_to_do(self, fatima):
        registration = registered(fatima, 5)
        intake = Intake.objects.get()
        correct(intake, by=None, reason="Gebeld", phone_contact_on=TODAY)
        assert [what for what, _ in first(fatima)] == ["Welkomstgesprek inplannen"]
        assert registration.number in today_of(fatima).content.decode()

    def test_what_never_started_has_no_clock(self, fatima):
        registration = registered(fatima, 1)
        reason = code("never_started_reason", "own_choice")
        never_start(registration=registration, on=TODAY, reason=reason, by=None)
        assert first(fatima) == []

    def test_tasks_that_are_due_or_remind(self, case, fatima):
        later = TODAY + timedelta(days=9)
        planned(case, fatima, title="Vandaag", due_on=TODAY)
        planned(case, fatima, title="Morgen", due_on=TOMORROW)
        planned(case, fatima, title="Herinnerd", due_on=later, remind_on=TODAY)
        planned(case, fatima, title="Later", due_on=later)
        planned(case, fatima, title="Nog niet herinnerd", due_on=later, remind_on=TOMORROW)
        assert [what for what, _ in first(fatima)] == ["Vandaag", "Morgen", "Herinnerd"]

    def test_a_task_is_ticked_off_here(self, case, fatima):
        task = planned(case, fatima, due_on=TODAY)
        answer = browser_of(fatima).post(f"/taken/{task.pk}/gedaan/", {"back": "vandaag"})
        assert answer["Location"] == "/vandaag/"
        assert first(fatima) == []
        assert Task.objects.get().done_by == fatima

    def test_an_offer_says_who_how_many_and_when_but_not_which_family(self, case, fatima):
        bob = colleague("bob")
        offer = {"giver": fatima, "receiver": bob, "offered_by": fatima, "takes_over_on": TOMORROW}
        Handover.objects.create(registration=case, **offer)
        page = today_of(bob)
        assert page.context["offers"][0].startswith("Fatima biedt je 1 aanmelding aan, vanaf ")
        assert 'href="/overdracht/">Bekijken' in page.content.decode()
        assert case.number not in page.content.decode()
        Handover.objects.update(state="withdrawn", decided_at=timezone.now(), decided_by=fatima)
        assert today_of(bob).context["offers"] == []


class TestMyFamilies:
    def test_the_longest_without_contact_stands_on_top_and_too_long_is_marked(
        self, case, fatima, settings
    ):
        settings.WEEKS_WITHOUT_CONTACT = 4
        edge, over = a_case(fatima), a_case(fatima)
        said(edge, happened_on=TODAY - timedelta(days=28))
        said(over, happened_on=TODAY - timedelta(days=29))
        said(case, happened_on=YESTERDAY)
        rows = today_of(fatima).context["rows"]
        assert [(row["case"].number, row["since"], row["long"]) for row in rows] == [
            (over.number, "29 dagen", True),
            (edge.number, "28 dagen", False),
            (case.number, "gisteren", False),
        ]

    def test_without_any_contact_it_counts_from_the_registration(self, case, fatima):
        (row,) = today_of(fatima).context["rows"]
        assert (row["since"], row["long"]) == ("nog geen in 40 dagen", True)

    def test_what_has_not_started_is_not_marked(self, fatima):
        registered(fatima, 60)
        assert not today_of(fatima).context["rows"][0]["long"]

    def test_covered_ones_stand_there_with_whose_they_are(self, case, fatima):
        bob = colleague("bob")
        spell = {"happened_on": YESTERDAY, "ended_on": TOMORROW, "reason": "Vakantie"}
        note(Cover(absent=fatima, substitute=bob, **spell), by=None)
        page = today_of(bob)
        assert page.context["own"] == 0
        assert "van Fatima" in page.content.decode()
        assert len(page.context["rows"]) == 1

    def test_per_fte(self, case, fatima):
        a_case(fatima)
        note(Employment(supervisor=fatima, fte="0.5", happened_on=LAST_MONTH), by=None)
        assert "2 van mij, per fte 4" in today_of(fatima).content.decode()

    def test_of_anothers_families_nothing_is_there(self, case, fatima):
        said(case)
        planned(case, fatima, due_on=TODAY)
        page = today_of(colleague("bob")).content.decode()
        assert case.number not in page
        assert family_of(case).number not in page
        assert "Je teammanager wijst ze toe" in page
        assert "Niets dat haast heeft" in page
        assert last_line().subjects == []

    def test_everybody_on_it_is_in_the_log(self, case, fatima):
        today_of(fatima)
        line = last_line()
        assert (line.action, line.part, line.ground) == ("list", "vandaag", "own_case")
        assert set(line.subjects) == people_in(case)

    def test_a_closed_one_is_gone(self, case, fatima):
        close(registration=case, on=TODAY, reason=code("closing_reason", "completed"), by=None)
        assert today_of(fatima).context["rows"] == []


class TestNotInView:
    @pytest.fixture
    def people(self, case):
        members = FamilyMember.objects.filter(family=family_of(case))
        return {member.role: member.person for member in members}

    def words(self, user) -> list[str]:
        page = today_of(user)
        return page.context["blanks"][0][2] if page.context["blanks"] else []

    def test_what_counts_in_the_quarter_and_is_blank_leads_to_the_file(self, case, fatima, people):
        note(Placement(child=people["child"], happened_on=LAST_WEEK), by=None)
        assert self.words(fatima) == [
            "route",
            "samenstelling",
            "gezag van 1 ouder",
            "maatregel van 1 kind",
            "verblijfplaats van 1 kind",
        ]
        page = today_of(fatima).content.decode()
        assert f'<a href="/gezinnen/{family_of(case).pk}/">{family_of(case).number}</a> route' in (
            " ".join(page.split())
        )

    def test_filled_in_it_goes(self, case, fatima, people):
        family, child, mother = family_of(case), people["child"], people["mother"]
        spell = {
            "happened_on": LAST_WEEK,
            "measure": False,
            "residence": code("residence", "other"),
        }
        composition = code("family_composition", "single_parent")
        for fact in (
            Placement(child=child, **spell),
            FamilyComposition(family=family, composition=composition),
            Custody(parent=mother, child=child, holds=False),
        ):
            note(fact, by=None)
        route = code("registration_route", "self")
        correct(Intake.objects.get(), by=None, reason="Nagevraagd", route=route)
        assert self.words(fatima) == []
        assert "Nog niet in beeld" not in today_of(fatima).content.decode()

    def test_of_a_trajectory_that_never_ran_only_the_registration_counts(self, fatima):
        registered(fatima, 1)
        assert self.words(fatima) == ["route", "samenstelling"]


class TestForWhom:
    @pytest.mark.parametrize(
        "role",
        ["teammanager", "rapporteur", "functioneel beheerder", "functionaris gegevensbescherming"],
    )
    def test_it_is_for_who_supports_families(self, role):
        assert browser_of(colleague("kijker", role)).get("/vandaag/").status_code == 404

    def test_it_is_where_a_supervisor_lands(self, fatima):
        assert browser_of(fatima).get("/")["Location"] == "/vandaag/"
        page = today_of(fatima).content.decode()
        assert page.index(">Vandaag</a>") < page.index(">Gezinnen</a>") < page.index(">Taken</a>")

    def test_a_manager_lands_elsewhere_and_has_no_such_menu(self):
        tess = browser_of(colleague("tess", "teammanager"))
        assert tess.get("/")["Location"] != "/vandaag/"
        assert ">Vandaag</a>" not in tess.get("/gezinnen/").content.decode()


@pytest.mark.parametrize("many", [1, 3, 100])
def test_as_many_queries_for_one_as_for_a_hundred(fatima, django_assert_num_queries, many):
    for _ in range(many):
        registration = a_case(fatima)
        said(registration)
        planned(registration, fatima, due_on=TODAY)
    client = browser_of(fatima)
    client.get("/vandaag/")
    with django_assert_num_queries(QUERIES):
        page = client.get("/vandaag/")
    assert len(page.context["rows"]) == len(page.context["first"]) == many


class TestTheKeys:
    def test_they_are_on_until_someone_switches_them_off(self, fatima):
        client = browser_of(fatima)
        assert 'data-keys="on"' in client.get("/vandaag/").content.decode()
        answer = client.post("/sneltoetsen/", {"keys": "off", "back": "/taken/"})
        assert answer["Location"] == "/taken/"
        assert 'data-keys="off"' in client.get("/vandaag/").content.decode()
        assert fatima.history.first().history_change_reason == "Sneltoetsen"
        client.post("/sneltoetsen/", {"keys": "on"})
        assert 'data-keys="on"' in client.get("/vandaag/").content.decode()

    @pytest.mark.parametrize("back", ["https://elders.example.org/", "//elders", ""])
    def test_they_lead_nowhere_else(self, fatima, back):
        answer = browser_of(fatima).post("/sneltoetsen/", {"keys": "off", "back": back})
        assert answer["Location"] == "/"

    def test_a_link_alone_switches_nothing(self, fatima):
        assert browser_of(fatima).get("/sneltoetsen/").status_code == 405

    def test_who_has_no_families_has_no_key_for_a_conversation(self):
        page = browser_of(colleague("rik", "rapporteur")).get("/rapporten/").content.decode()
        assert 'data-key="n"' not in page
