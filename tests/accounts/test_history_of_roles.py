"""Who was given which role, and what each role may do: no change of it without history, whatever
road it came by, also past every model in the tables in between (T58)."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction

from accounts.models import User
from accounts.roles import ADMINISTRATOR, PROCESS_SUPERVISOR, TEAM_MANAGER, sync_roles
from accounts.services.people import change_work
from facts.history import OUTSIDE
from tests.accounts.sign_in.helpers import account, administrator
from tests.cases.office import seal

pytestmark = pytest.mark.django_db


def run(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def group(role=TEAM_MANAGER) -> Group:
    return Group.objects.get(name=role.name)


def past(row: User | Group) -> list[tuple]:
    """The history of a row, oldest first: the kind of change, why, by whom, and what was held."""
    return [
        (one.history_type, one.history_change_reason or "", one.history_user, held_in(one))
        for one in row.history.order_by("history_id")
    ]


def held_in(one) -> set[str]:
    if hasattr(one, "groups"):
        return {held.group.name for held in one.groups.all()}
    return {held.permission.codename for held in one.permissions.all()}


@pytest.fixture
def rik() -> User:
    user = account("rik@ot.example.org", PROCESS_SUPERVISOR)
    seal()
    return user


def given_by_hand(user: User) -> None:
    run("INSERT INTO accounts_user_groups (user_id, group_id) VALUES (%s, %s)", user.pk, group().pk)


def given_in_bulk(user: User) -> None:
    User.groups.through.objects.bulk_create([User.groups.through(user=user, group=group())])


def given_from_the_other_side(user: User) -> None:
    """django-simple-history watches the colleague's side only."""
    group().user_set.add(user)


@pytest.mark.parametrize("road", [given_by_hand, given_in_bulk, given_from_the_other_side])
def test_a_role_given_outside_it_leaves_who_holds_what(rik, road):
    before = len(past(rik))
    road(rik)
    seal()
    *_, (kind, reason, by, held) = past(rik)
    assert (kind, by, held) == ("~", None, {"procesbegeleider", "teammanager"})
    assert reason.startswith(f"{OUTSIDE} (")
    assert len(past(rik)) == before + 1


def test_a_role_taken_outside_it_does_too(rik):
    run("DELETE FROM accounts_user_groups WHERE user_id = %s", rik.pk)
    seal()
    assert past(rik)[-1][0] == "~"
    assert past(rik)[-1][3] == set()


def test_a_role_moved_to_a_colleague_leaves_a_row_of_both(rik):
    other = account("els@ot.example.org")
    seal()
    run("UPDATE accounts_user_groups SET user_id = %s WHERE user_id = %s", other.pk, rik.pk)
    seal()
    assert past(rik)[-1][3] == set()
    assert past(other)[-1][3] == {"procesbegeleider"}


def test_another_change_outside_it_keeps_the_roles_in_history(rik):
    run("UPDATE accounts_user SET name = 'Anders' WHERE id = %s", rik.pk)
    seal()
    assert past(rik)[-1][3] == {"procesbegeleider"}
    assert past(rik)[-1][1].startswith(OUTSIDE)


def test_name_and_role_changed_outside_it_at_once_leave_one_row(rik):
    before = len(past(rik))
    run("UPDATE accounts_user SET name = 'Anders' WHERE id = %s", rik.pk)
    given_by_hand(rik)
    seal()
    assert len(past(rik)) == before + 1
    assert past(rik)[-1][3] == {"procesbegeleider", "teammanager"}


def test_what_the_program_does_leaves_its_own_rows_and_no_more(rik):
    fay = administrator()
    seal()
    change_work(user=rik, team=None, roles=[TEAM_MANAGER], by=fay)
    seal()
    assert past(rik)[-1] == ("~", "Andere rollen", fay, {"teammanager"})
    assert not [reason for _, reason, *_ in past(rik) if OUTSIDE in reason]


def test_what_is_rolled_back_leaves_nothing(rik):
    before = past(rik)
    with transaction.atomic():
        given_by_hand(rik)
        transaction.set_rollback(True)
    seal()
    assert past(rik) == before


class TestWhatARoleMayDo:
    @pytest.fixture(autouse=True)
    def roles(self):
        sync_roles()
        seal()

    def test_making_them_say_the_same_again_leaves_nothing(self):
        before = past(group())
        sync_roles()
        seal()
        assert past(group()) == before
        assert past(group())[-1][3] == {name.split(".")[1] for name in TEAM_MANAGER.permissions}
        assert not [reason for _, reason, *_ in before if OUTSIDE in reason]

    def test_a_right_given_outside_it_leaves_what_it_may_do(self):
        right = Permission.objects.get(codename="read_access_log")
        run(
            "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (%s, %s)",
            group(ADMINISTRATOR).pk,
            right.pk,
        )
        seal()
        kind, reason, by, held = past(group(ADMINISTRATOR))[-1]
        assert (kind, by, "read_access_log" in held) == ("~", None, True)
        assert reason.startswith(f"{OUTSIDE} (")

    def test_a_right_taken_outside_it_too(self):
        run("DELETE FROM auth_group_permissions WHERE group_id = %s", group().pk)
        seal()
        assert past(group())[-1][3] == set()

    def test_another_name_and_a_removal_outside_it_too(self):
        taken = group()
        run("UPDATE auth_group SET name = 'de baas' WHERE id = %s", taken.pk)
        seal()
        assert taken.history.latest("history_id").name == "de baas"
        run("DELETE FROM auth_group_permissions WHERE group_id = %s", taken.pk)
        run("DELETE FROM auth_group WHERE id = %s", taken.pk)
        seal()
        assert past(taken)[-1][0] == "-"


def in_between() -> set[str]:
    """The tables in between that django-simple-history keeps, of every model."""
    fields = [
        field
        for model in apps.get_models()
        for field in getattr(getattr(model, "history", None), "model", model).__dict__.get(
            "_history_m2m_fields", ()
        )
    ]
    return {field.remote_field.through._meta.db_table for field in fields}


def test_every_table_in_between_that_is_kept_is_guarded():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname = 'leaves_history_between' AND tgenabled = 'O'"
        )
        guarded = {table for (table,) in cursor}
    assert in_between() == {"accounts_user_groups", "auth_group_permissions"}
    assert in_between() | {"auth_group"} == guarded
