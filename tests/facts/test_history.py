"""No change without history, whatever road it came by (T58). Of roles and of what a role may do:
tests/accounts/test_history_of_roles.py."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import Team, User
from cases.models import Person
from cases.services import note
from facts.history import OUTSIDE, leaves_history
from facts.models import Fact
from tests.cases.office import a_case, colleague, seal
from tests.cast import a_registration, fatima

pytestmark = pytest.mark.django_db
KEPT = [
    model
    for model in apps.get_models()
    if hasattr(model, "history") and not issubclass(model, Fact)
    and not hasattr(model, "instance_type") and model is not Group
]  # fmt: skip


def past(row) -> list[tuple]:
    """The history of a row, oldest first: what kind of change, why, and by whom."""
    rows = row.history.model.objects.filter(id=row.pk).order_by("history_id")
    return list(rows.values_list("history_type", "history_change_reason", "history_user"))


@pytest.fixture
def person() -> Person:
    a_registration()
    seal()
    return Person.objects.get()


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_every_model_with_history_has_the_trigger(model):
    triggers = {trigger.name for trigger in getattr(model._meta, "triggers", [])}
    assert leaves_history().name in triggers, "zet leaves_history() in Meta.triggers"


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_and_so_has_its_table(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND tgname LIKE 'pgtrigger_leaves_history%%' AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (1,)


class TestWhatTheProgramDoes:
    def test_leaves_one_row_and_no_second(self, person):
        person.phone = "06 12345678"
        person._change_reason, person._history_user = "Nieuw nummer", fatima()
        person.save()
        seal()
        assert past(person)[1:] == [("~", "Nieuw nummer", User.objects.get().pk)]

    def test_also_when_it_saves_twice_in_one_transaction(self, person):
        for phone in ("06 1", "06 2"):
            person.phone = phone
            person.save()
        seal()
        assert [kind for kind, *_ in past(person)] == ["+", "~", "~"]

    def test_what_history_leaves_out_on_purpose_is_no_change(self):
        user = fatima()
        seal()
        User.objects.filter(pk=user.pk).update(password="x", last_login=timezone.now())
        seal()
        assert [kind for kind, *_ in past(user)] == ["+"]

    def test_a_removal_leaves_one_row(self):
        team = Team.objects.create(name="Tijdelijk")
        seal()
        key = team.pk
        team.delete()
        seal()
        team.pk = key
        assert [kind for kind, *_ in past(team)] == ["+", "-"]


def by_update(person):
    Person.objects.filter(pk=person.pk).update(phone="06 0")


def by_bulk_update(person):
    person.phone = "06 0"
    Person.objects.bulk_update([person], ["phone"])


def by_hand(person):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_person SET phone = '06 0' WHERE id = %s", [person.pk])


def by_a_migration(person):
    """Its models have no history of their own."""
    executor = MigrationExecutor(connection)
    state = executor.loader.project_state()
    Old = state.apps.get_model("cases", "Person")
    row = Old.objects.get(pk=person.pk)
    row.phone = "06 0"
    row.save()


@pytest.mark.parametrize("road", [by_update, by_bulk_update, by_hand, by_a_migration])
def test_a_change_outside_it_leaves_what_stands_and_who(person, road):
    road(person)
    seal()
    kind, reason, user = past(person)[-1]
    assert (kind, user) == ("~", None)
    assert reason.startswith(f"{OUTSIDE} (")
    rows = person.history.model.objects.filter(id=person.pk).order_by("history_id")
    assert [row.phone for row in rows] == ["", "06 0"]
    assert len(past(person)) == 2


def test_a_removal_outside_it_leaves_what_stood():
    team = Team.objects.create(name="Tijdelijk")
    seal()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_team WHERE id = %s", [team.pk])
    seal()
    assert past(team)[-1][0] == "-"
    assert team.history.model.objects.filter(id=team.pk).latest("history_id").name == "Tijdelijk"


def test_what_is_rolled_back_leaves_nothing(person):
    with transaction.atomic():
        by_update(person)
        transaction.set_rollback(True)
    seal()
    assert len(past(person)) == 1


def test_a_fact_refuses_instead():
    """Facts say who and why themselves, and are never changed in place."""
    registration = a_case(colleague("fatima"))
    intake = registration.intakes.get()
    refused = pytest.raises(Exception, match="stands_as_written|read-only|Cannot update")
    with refused, transaction.atomic():
        type(intake).objects.filter(pk=intake.pk).update(happened_on="2020-01-01")
    with pytest.raises(ValidationError):
        note(type(intake)(registration=registration, family=intake.family), by=None)
