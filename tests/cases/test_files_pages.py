"""The list of files and a file to read: who sees what, what is logged, what it costs."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import grants
from accounts.models import AccessLine
from cases.models import (
    Complaint,
    ConflictOfInterest,
    Cover,
    Custody,
    FamilyMember,
    Placement,
    Result,
    SupportRequest,
)
from cases.services import assign, close, end_assignment, note, register, start
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
    seal,
)
from tests.cast import a_father, a_registration, code, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
LIST_QUERIES, FILE_QUERIES, WHO_QUERIES = 12, 51, 19


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def address(registration, part: str = "") -> str:
    return f"/gezinnen/{family_of(registration).pk}/{part}"


class TestTheList:
    def test_it_shows_the_files_of_ones_own_and_logs_everybody_on_it(self, case, fatima):
        page = browser_of(fatima).get("/gezinnen/")
        text = page.content.decode()
        assert case.number in text
        assert family_of(case).number in text
        assert "Sanne Dorpstraat" in text
        assert "Lopend" in text
        line = last_line()
        assert (line.actor, line.action, line.ground) == (fatima, "list", "own_case")
        assert set(line.subjects) == people_in(case)

    def test_of_anothers_family_nothing_is_there_and_nobody_is_logged(self, case):
        page = browser_of(colleague("bob")).get("/gezinnen/").content.decode()
        assert "Sanne" not in page
        assert case.number not in page
        assert "Je teammanager wijst ze toe" in page
        assert last_line().subjects == []

    @pytest.mark.parametrize(
        "role", ["rapporteur", "functioneel beheerder", "functionaris gegevensbescherming"]
    )
    def test_other_roles_see_no_name(self, case, role):
        page = browser_of(colleague("kijker", role)).get("/gezinnen/").content.decode()
        assert "Sanne" not in page
        assert case.number not in page

    def test_a_passer_by_is_asked_to_sign_in(self, client):
        assert client.get("/gezinnen/")["Location"].startswith("/inloggen/")

    def test_a_wrong_method_is_refused(self, fatima):
        assert browser_of(fatima).post("/gezinnen/").status_code == 405

    @pytest.mark.parametrize("words", ["sanne", "DORP", "A0", "g0", "p0", "lot dorp"])
    def test_it_is_searched_by_number_or_name(self, case, fatima, words):
        page = browser_of(fatima).get("/gezinnen/", {"zoek": words})
        assert case.number in page.content.decode()
        line = last_line()
        assert line.action == "search"
        assert words not in str(line.detail)

    def test_a_search_stays_within_ones_rights(self, case):
        bob = colleague("bob")
        page = browser_of(bob).get("/gezinnen/", {"zoek": case.number}).content.decode()
        assert "past niets hierbij" in page
        assert "Sanne" not in page

    def test_it_is_filtered_by_status(self, case, fatima):
        new = a_registration(on=LAST_WEEK)
        assign(registration=new, supervisor=fatima, on=LAST_WEEK, by=None)
        page = browser_of(fatima).get("/gezinnen/", {"status": "not_started"})
        assert [row.number for row in page.context["rows"]] == [new.number]

    @pytest.mark.parametrize("sort", ["nummer", "gezin", "langst", "kortst", "begeleider"])
    def test_it_is_sorted_in_named_ways_only(self, case, fatima, sort):
        later = a_registration(on=LAST_WEEK)
        assign(registration=later, supervisor=fatima, on=LAST_WEEK, by=None)
        rows = browser_of(fatima).get("/gezinnen/", {"sorteer": sort}).context["rows"]
        numbers = [row.number for row in rows]
        expected = [case.number, later.number]
        assert numbers == (expected[::-1] if sort == "kortst" else expected)

    @pytest.mark.parametrize(
        "query",
        [
            {"sorteer": "password"},
            {"sorteer": "-pk"},
            {"status": "1 OR 1=1"},
            {"pagina": "veel"},
            {"pagina": "-1"},
            {"pagina": "9" * 30},
            {"zoek": "a\0b"},
            {"zoek": "x"},
            {"zoek": "y" * 101},
        ],
    )
    def test_what_cannot_be_asked_breaks_nothing(self, case, fatima, query):
        assert browser_of(fatima).get("/gezinnen/", query).status_code == 200

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_as_many_queries_for_one_as_for_a_hundred(
        self, fatima, django_assert_num_queries, many
    ):
        for _ in range(many):
            registration = a_registration(on=LAST_MONTH)
            assign(registration=registration, supervisor=fatima, on=LAST_MONTH, by=None)
        client = browser_of(fatima)
        client.get("/gezinnen/")
        with django_assert_num_queries(LIST_QUERIES):
            page = client.get("/gezinnen/")
        assert len(page.context["rows"]) == many

    def test_a_page_has_a_hundred_and_the_rest_comes_next(self, fatima):
        for _ in range(101):
            registration = a_registration(on=LAST_MONTH)
            assign(registration=registration, supervisor=fatima, on=LAST_MONTH, by=None)
        client = browser_of(fatima)
        first = client.get("/gezinnen/").context
        assert (len(first["rows"]), first["next_page"]) == (100, 2)
        second = client.get("/gezinnen/?pagina=2").context
        assert (len(second["rows"]), second["next_page"]) == (1, None)
        assert len(last_line().subjects) == 1
        assert "Verder is er niets" in client.get("/gezinnen/?pagina=3").content.decode()


class TestAFile:
    def test_it_tells_all_that_is_known(self, case, fatima):
        family = family_of(case)
        mother = FamilyMember.objects.get(family=family, role="mother").person
        child = FamilyMember.objects.get(family=family, role="child").person
        placement = {"happened_on": LAST_MONTH, "residence": code("residence", "network")}
        for fact in (
            Custody(parent=mother, child=child, holds=True),
            Placement(child=child, measure=True, **placement),
            SupportRequest(
                family=family,
                request=code("support_request", "housing"),
                happened_on=LAST_WEEK,
            ),
            Result(family=family, result=code("result", "housing_obtained"), happened_on=TODAY),
            Complaint(family=family, number="KL001", happened_on=TODAY, subject="Te laat gebeld"),
        ):
            note(fact, by=None)
        page = browser_of(fatima).get(address(case)).content.decode()
        for words in (
            "eigen toewijzing",
            "Sanne Dorpstraat",
            "Lot Dorpstraat",
            "(moeder)",
            "In het netwerk (familie of vrienden), met maatregel",
            "Hulp bij wonen",
            "Woning verkregen",
            "Bestaanszekerheden",
            "Te laat gebeld",
            case.number,
            "lopend sinds",
            "Fatima",
        ):
            assert words in page, words
        assert "Noodtoegang tot" not in page

    def test_every_person_on_it_is_in_the_log(self, case, fatima):
        browser_of(fatima).get(address(case))
        line = last_line()
        assert (line.object_type, line.object_id) == ("gezin", str(family_of(case).pk))
        assert (line.action, line.ground, line.outcome) == ("read", "own_case", "shown")
        assert set(line.subjects) == people_in(case)

    @pytest.mark.parametrize("part", ["", "wie-keek/"])
    def test_a_stranger_finds_nothing_and_that_is_logged(self, case, part):
        bob = colleague("bob")
        page = browser_of(bob).get(address(case, part))
        assert page.status_code == 404
        assert "Sanne" not in page.content.decode()
        line = last_line()
        assert (line.actor, line.outcome, line.subjects) == (bob, "refused", [])

    def test_a_family_that_does_not_exist_looks_the_same(self, case):
        client = browser_of(colleague("bob"))
        real = client.get(address(case))
        unreal = client.get(f"/gezinnen/{uuid.uuid4()}/")
        assert real.status_code == unreal.status_code == 404
        assert real.content == unreal.content

    @pytest.mark.parametrize("part", ["", "wie-keek/"])
    def test_a_wrong_method_is_refused(self, case, fatima, part):
        assert browser_of(fatima).post(address(case, part)).status_code == 405

    def test_of_anothers_registration_only_that_there_is_one(self, case, fatima):
        bob = colleague("bob")
        second = register(
            applicants=[a_father()], happened_on=LAST_WEEK, family=family_of(case), by=None
        )
        start(registration=second, on=LAST_WEEK, by=None)
        assign(registration=second, supervisor=bob, on=LAST_WEEK, by=None)
        page = browser_of(fatima).get(address(case)).content.decode()
        assert case.number in page
        assert "nog een andere aanmelding" in page
        assert second.number not in page
        assert "Bob" not in page

    def test_the_ground_is_said(self, case, fatima):
        bob, tess = colleague("bob"), colleague("tess", "teammanager")
        absent = {"absent": fatima, "substitute": bob, "reason": "Verlof"}
        note(Cover(happened_on=YESTERDAY, ended_on=TOMORROW, **absent), by=None)
        wim = colleague("wim", team="Team West")
        grants.give(
            to=wim,
            target=case,
            permission="cases.read_shared",
            reason="Meekijken",
            until=timezone.now() + timedelta(hours=1),
            by=tess,
        )
        for user, ground in ((bob, "waarneming"), (tess, "eigen team"), (wim, "gedeeld")):
            page = browser_of(user).get(address(case)).content.decode()
            assert f"Je ziet dit dossier als: {ground}" in page

    def test_after_a_handover_an_old_tab_opens_nothing(self, case, fatima):
        client = browser_of(fatima)
        assert client.get(address(case)).status_code == 200
        end_assignment(registration=case, on=TODAY, by=None)
        assert client.get(address(case)).status_code == 404

    def test_a_conflict_of_interest_shuts_it(self, case, fatima):
        mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
        conflict = {"user": fatima, "person": mother, "reason": "Zus"}
        note(ConflictOfInterest(happened_on=YESTERDAY, **conflict), by=None)
        client = browser_of(fatima)
        assert client.get(address(case)).status_code == 404
        assert case.number not in client.get("/gezinnen/").content.decode()

    def test_a_name_is_text_and_never_markup(self, case, fatima):
        member = FamilyMember.objects.get(family=family_of(case), role="mother")
        member.person.first_name = "<script>alert(1)</script>"
        member.person.save()
        client = browser_of(fatima)
        for path in ("/gezinnen/", address(case)):
            assert "<script>alert" not in client.get(path).content.decode()

    @pytest.mark.parametrize("many", [1, 3])
    def test_as_many_queries_for_one_as_for_three(
        self, case, fatima, django_assert_num_queries, many
    ):
        family = family_of(case)
        request = code("support_request", "housing")
        for _ in range(many):
            note(SupportRequest(family=family, request=request, happened_on=TODAY), by=None)
            second = register(
                applicants=[a_father()], happened_on=LAST_WEEK, family=family, by=None
            )
            assign(registration=second, supervisor=fatima, on=LAST_WEEK, by=None)
        client = browser_of(fatima)
        client.get(address(case))
        with django_assert_num_queries(FILE_QUERIES):
            client.get(address(case))


class TestWhoLooked:
    def test_it_names_who_opened_it_who_saw_it_in_a_list_and_who_tried(self, case, fatima):
        tess, bob = colleague("tess", "teammanager"), colleague("bob")
        browser_of(fatima).get("/gezinnen/")
        browser_of(tess).get(address(case))
        browser_of(bob).get(address(case))
        seal()
        page = browser_of(tess).get(address(case, "wie-keek/"))
        said = [(line.who, line.did) for line in page.context["lines"]]
        number = family_of(case).number
        assert said == [
            ("Bob", f"wilde dossier {number} openen en mocht dat niet"),
            ("Tess", f"bekeek dossier {number}"),
            ("Fatima", "bekeek de lijst gezinnen"),
        ]
        assert "teammanager" in page.content.decode()
        assert last_line().part == "wie keek"

    def test_nothing_of_another_file_is_in_it(self, case, fatima):
        other = a_case(colleague("bob"))
        browser_of(fatima).get(address(case))
        browser_of(colleague("tess", "teammanager")).get(address(other))
        seal()
        page = browser_of(fatima).get(address(case, "wie-keek/"))
        assert [line.who for line in page.context["lines"]] == ["Fatima"]

    @pytest.mark.parametrize("many", [1, 3])
    def test_as_many_queries_for_one_as_for_three(
        self, case, fatima, django_assert_num_queries, many
    ):
        client = browser_of(fatima)
        for _ in range(many):
            client.get(address(case))
        seal()
        with django_assert_num_queries(WHO_QUERIES):
            page = client.get(address(case, "wie-keek/"))
        assert len(page.context["lines"]) == many

    def test_more_than_a_page_goes_on(self, case, fatima):
        client = browser_of(fatima)
        for _ in range(51):
            client.get(address(case))
        seal()
        first = client.get(address(case, "wie-keek/"))
        assert len(first.context["lines"]) == 50
        older = client.get(address(case, "wie-keek/"), {"voor": first.context["older"]})
        assert [line.number for line in older.context["lines"]][-1] == 1
        assert client.get(address(case, "wie-keek/?voor=alles")).status_code == 200


def test_the_list_the_file_and_the_log_agree_on_a_closed_file(case, fatima):
    """Aftercare: thirty days to read, on every page alike."""
    close(registration=case, on=YESTERDAY, reason=code("closing_reason", "completed"), by=None)
    client = browser_of(fatima)
    assert "Afgesloten" in client.get("/gezinnen/").content.decode()
    assert "nazorg" in client.get(address(case)).content.decode()
    assert last_line(object_type="gezin").ground == AccessLine.Ground.AFTERCARE
    assert client.get(address(case, "wie-keek/")).status_code == 200
