"""Tasks: planned, given, done and taken back; each for who may."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases.models import ConflictOfInterest, Cover, FamilyMember, Task
from cases.services import assign, end_assignment, note
from cases.services.tasks import change_task, finish_task, plan_task
from tests.cases.office import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    a_case,
    browser_of,
    colleague,
    last_line,
    people_in,
)
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
LIST_QUERIES = 15


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def planned(registration, by, **fields) -> Task:
    given = {"title": "Bellen over woning", "due_on": TOMORROW, **fields}
    return plan_task(registration=registration, by=by, **given)


def overdue(registration, by, days: int, **fields) -> Task:
    """As it stands when nobody did it in time."""
    task = planned(registration, by, due_on=TODAY, **fields)
    Task.objects.filter(pk=task.pk).update(due_on=TODAY - timedelta(days=days))
    return task


def titles(user) -> list[str]:
    return [one.title for one in browser_of(user).get("/taken/").context["tasks"]]


def absent(user, substitute) -> None:
    spell = {"happened_on": YESTERDAY, "ended_on": TOMORROW, "reason": "Vakantie"}
    note(Cover(absent=user, substitute=substitute, **spell), by=None)


class TestPlanning:
    def test_it_stands_on_the_file_and_in_the_list(self, case, fatima):
        client = browser_of(fatima)
        file = f"/gezinnen/{family_of(case).pk}/"
        words = {"title": "Bellen over woning", "due_on": TOMORROW.isoformat(), "owner": ""}
        answer = client.post(f"/aanmeldingen/{case.pk}/taak/", words)
        assert answer["Location"] == file
        assert "Bellen over woning" in client.get(file).content.decode()
        page = client.get("/taken/").content.decode()
        assert "Bellen over woning" in page
        assert "morgen" in page
        task = Task.objects.get()
        assert (task.created_by, task.owner) == (fatima, None)
        assert task.history.get().history_user == fatima

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"title": ""}, "Dit mag niet leeg zijn"),
            ({"due_on": YESTERDAY.isoformat()}, "Deze dag is al geweest"),
            ({"due_on": ""}, "Dit mag niet leeg zijn"),
            ({"remind_on": (TOMORROW + timedelta(days=1)).isoformat()}, "komt na de dag zelf"),
            ({"owner": str(uuid.uuid4())}, "keuze"),
        ],
    )
    def test_what_is_wrong_is_said(self, case, fatima, wrong, says):
        words = {"title": "Bellen", "due_on": TOMORROW.isoformat(), "owner": "", **wrong}
        page = browser_of(fatima).post(f"/aanmeldingen/{case.pk}/taak/", words)
        assert says in page.content.decode()
        assert not Task.objects.exists()

    def test_it_is_given_only_to_who_may_see_the_file(self, case, fatima):
        bob = colleague("bob")
        with pytest.raises(ValidationError, match="mag dit dossier niet zien"):
            planned(case, fatima, owner=bob)
        absent(fatima, bob)
        assert planned(case, fatima, owner=bob).owner == bob

    def test_the_form_offers_who_covers(self, case, fatima):
        bob = colleague("bob")
        absent(fatima, bob)
        form = browser_of(fatima).get(f"/aanmeldingen/{case.pk}/taak/").context["form"]
        assert [name for _, name in form.fields["owner"].choices] == [
            "Wie het gezin begeleidt",
            "Bob",
            "Fatima",
        ]


class TestTheList:
    def test_the_first_due_stands_on_top_and_late_is_a_word(self, case, fatima):
        planned(case, fatima, title="Later")
        planned(case, fatima, title="Nu", due_on=TODAY)
        overdue(case, fatima, 3, title="Te laat")
        page = browser_of(fatima).get("/taken/")
        tasks = page.context["tasks"]
        assert [(one.title, one.due) for one in tasks] == [
            ("Te laat", "3 dagen te laat"),
            ("Nu", "vandaag"),
            ("Later", "morgen"),
        ]
        assert set(last_line().subjects) == people_in(case)

    def test_it_follows_the_supervisor_unless_it_was_given(self, case, fatima):
        bob = colleague("bob")
        absent(fatima, bob)
        planned(case, fatima, title="Van wie begeleidt")
        planned(case, fatima, title="Van Bob", owner=bob)
        assert titles(fatima) == ["Van wie begeleidt"]
        assert titles(bob) == ["Van Bob", "Van wie begeleidt"]
        end_assignment(registration=case, on=TODAY, by=None)
        tess = colleague("tess")
        assign(registration=case, supervisor=tess, on=TODAY, by=None)
        assert titles(fatima) == titles(bob) == []  # nor what was given: Bob may not see it now
        assert titles(tess) == ["Van wie begeleidt"]

    def test_a_conflict_of_interest_takes_it_off(self, case, fatima):
        planned(case, fatima, owner=fatima)
        mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
        conflict = {"user": fatima, "person": mother, "reason": "Zus"}
        note(ConflictOfInterest(happened_on=YESTERDAY, **conflict), by=None)
        assert titles(fatima) == []

    @pytest.mark.parametrize("role", ["teammanager", "rapporteur", "functioneel beheerder"])
    def test_it_is_for_who_supports_families(self, role):
        assert browser_of(colleague("kijker", role)).get("/taken/").status_code == 404

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_as_many_queries_for_one_as_for_a_hundred(
        self, fatima, django_assert_num_queries, many
    ):
        for _ in range(many):
            registration = a_case(fatima)
            planned(registration, fatima)
            finish_task(task=planned(registration, fatima), by=fatima)
        client = browser_of(fatima)
        client.get("/taken/")
        with django_assert_num_queries(LIST_QUERIES):
            page = client.get("/taken/")
        assert len(page.context["tasks"]) == many


class TestDoing:
    def test_done_and_undone(self, case, fatima):
        task = planned(case, fatima)
        client = browser_of(fatima)
        answer = client.post(f"/taken/{task.pk}/gedaan/", {"back": "taken"})
        assert answer["Location"] == "/taken/"
        task.refresh_from_db()
        assert task.done_by == fatima
        page = client.get("/taken/")
        assert page.context["tasks"] == []
        assert "Ongedaan maken" in page.content.decode()
        client.post(f"/taken/{task.pk}/heropenen/", {"back": "taken"})
        assert titles(fatima) == ["Bellen over woning"]
        reasons = task.history.values_list("history_change_reason", flat=True)
        assert list(reasons)[:2] == ["Taak weer opengezet", "Taak gedaan"]

    def test_done_twice_the_first_stands(self, case, fatima):
        bob = colleague("bob")
        task = planned(case, fatima)
        finish_task(task=task, by=bob)
        finish_task(task=task, by=fatima)
        task.refresh_from_db()
        assert task.done_by == bob

    def test_what_is_done_can_not_be_changed(self, case, fatima):
        task = planned(case, fatima)
        finish_task(task=task, by=fatima)
        with pytest.raises(ValidationError, match="al gedaan door Fatima"):
            change_task(task=task, by=fatima, title="Anders")

    def test_it_is_changed(self, case, fatima):
        task = planned(case, fatima)
        words = {"title": "Schrijven", "due_on": TODAY.isoformat(), "owner": ""}
        browser_of(fatima).post(f"/taken/{task.pk}/", words)
        task.refresh_from_db()
        assert (task.title, task.due_on) == ("Schrijven", TODAY)

    @pytest.mark.parametrize("part", ["", "gedaan/", "heropenen/"])
    def test_a_stranger_does_nothing(self, case, fatima, part):
        task = planned(case, fatima)
        client = browser_of(colleague("bob"))
        assert client.post(f"/taken/{task.pk}/{part}").status_code == 404
        assert client.post(f"/taken/{uuid.uuid4()}/{part}").status_code == 404
        assert Task.objects.to_do().count() == 1
        assert last_line(outcome="refused").object_type == "aanmelding"

    @pytest.mark.parametrize("part", ["", "gedaan/", "heropenen/"])
    def test_the_number_of_a_registration_is_no_task(self, case, fatima, part):
        assert browser_of(fatima).post(f"/taken/{case.pk}/{part}").status_code == 404

    def test_a_manager_reads_it_and_no_more(self, case, fatima):
        task = planned(case, fatima)
        client = browser_of(colleague("tess", "teammanager"))
        page = client.get(f"/gezinnen/{family_of(case).pk}/").content.decode()
        assert "Bellen over woning" in page
        assert "gedaan/" not in page
        assert client.post(f"/taken/{task.pk}/gedaan/").status_code == 404


class TestGoingRoundTheForms:
    @pytest.mark.parametrize(
        "fields", [{"title": ""}, {"remind_on": TOMORROW + timedelta(days=9)}, {"done_at": "now"}]
    )
    def test_the_database_refuses_it(self, case, fatima, fields):
        task = planned(case, fatima)
        if "done_at" in fields:
            fields = {"done_at": task.created_at}
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(**fields)
