"""What the application's own role can't do to the log, and neither can its owner by accident."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.access_log import note
from accounts.access_log.protection import weaknesses
from tests.accounts.access_log.database import application, owner, two_roles_or_skip
from tests.accounts.access_log.test_writing import READ, sealed_now

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE accounts_accessline SET part = 'anders'",
    "UPDATE accounts_accessline SET number = NULL, prev_hash = NULL, hash = NULL",
    "DELETE FROM accounts_accessline",
    "TRUNCATE accounts_accessline",
    "TRUNCATE accounts_user CASCADE",
    "UPDATE accounts_accesshead SET number = 7",
    "DELETE FROM accounts_accesshead",
    "TRUNCATE accounts_accesshead",
    "INSERT INTO accounts_accesshead VALUES (1, 0, '')",
]
OF_THE_OWNER = [
    "ALTER TABLE accounts_accessline DISABLE TRIGGER USER",
    "ALTER TABLE accounts_accessline DROP COLUMN part",
    "ALTER TABLE accounts_accessline DISABLE ROW LEVEL SECURITY",
    "DROP TRIGGER access_log_stands ON accounts_accessline",
    "DROP TABLE accounts_accessline",
    "CREATE TRIGGER mine BEFORE INSERT ON accounts_accessline EXECUTE FUNCTION access_log_stands()",
    "CREATE OR REPLACE FUNCTION access_log_seal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE RULE none AS ON INSERT TO accounts_accessline DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "BEGIN; LOCK TABLE accounts_accesshead IN EXCLUSIVE MODE",
    "SELECT * FROM accounts_accesshead FOR UPDATE",
]
A_LINE = """
    INSERT INTO accounts_accessline (id, at, actor_roles, ground, purpose, action, outcome,
        object_type, object_id, part, subjects, detail, origin, number, prev_hash, hash)
    VALUES (gen_random_uuid(), %s, 'teammanager', 'none', '', 'read', 'shown',
        '', '', '', '{}', '{}', '', %s, %s, %s)
"""
LONG_AGO = "2001-01-01"


@pytest.mark.parametrize("statement", CHANGES + OF_THE_OWNER)
def test_the_application_cannot(statement):
    two_roles_or_skip()
    with application() as cursor, pytest.raises(psycopg.errors.InsufficientPrivilege):
        cursor.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_cannot_by_accident(statement):
    note(actor=None, **READ)
    sealed_now()
    with (
        pytest.raises(DatabaseError, match="access_log: "),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_with_too_many_rights_the_application_still_cannot():
    """Row level security shows it no rows to change."""
    two_roles_or_skip()
    with owner() as cursor:
        cursor.execute("GRANT ALL ON accounts_accessline TO ot_app")
        try:
            assert weaknesses() == ["de rol 'ot_app' mag het leeslogboek wijzigen"]
            with application() as session:
                session.execute(A_LINE, [LONG_AGO, None, None, None])
                session.execute("UPDATE accounts_accessline SET part = 'anders'")
                assert session.rowcount == 0
                session.execute("DELETE FROM accounts_accessline")
                assert session.rowcount == 0
        finally:
            cursor.execute("REVOKE ALL ON accounts_accessline FROM ot_app")
            cursor.execute("GRANT SELECT, INSERT ON accounts_accessline TO ot_app")


@pytest.mark.parametrize("session", [application, owner])
@pytest.mark.parametrize("seal", [(5, None, None), (None, b"", b""), (1, bytes(32), bytes(32))])
def test_nobody_numbers_a_line_but_the_database(session, seal):
    with session() as cursor, pytest.raises(psycopg.errors.InsufficientPrivilege):
        cursor.execute(A_LINE, [LONG_AGO, *seal])


def test_the_moment_the_roles_and_the_number_are_the_database_s():
    with application() as cursor:
        cursor.execute(A_LINE, [LONG_AGO, None, None, None])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT number, at > %s, actor_roles FROM accounts_accessline", [LONG_AGO])
        assert cursor.fetchall() == [(1, True, "")]


def test_the_numbering_cannot_be_hung_on_a_table_of_ones_own():
    """It runs with the owner's rights, so whoever could would number what he likes."""
    two_roles_or_skip()
    for function in ("access_log_seal", "access_log_wait"):
        with application() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE mine (LIKE accounts_accessline)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="function"):
                cursor.execute(
                    "CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW "
                    f"EXECUTE FUNCTION {function}()"
                )


def test_a_table_of_the_same_name_does_not_catch_the_lines():
    with application() as cursor:
        for table in ("accounts_accessline", "accounts_accesshead"):
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table})")
        into_the_log = A_LINE.replace("accounts_accessline", "public.accounts_accessline")
        cursor.execute(into_the_log, [LONG_AGO, None, None, None])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT count(*) FROM accounts_accesshead")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT number FROM public.accounts_accessline")
        assert cursor.fetchone() == (1,)


class TestTheGuardIsGuarded:
    def test_nothing_to_say(self):
        assert weaknesses() == []

    @pytest.mark.parametrize("state", ["DISABLE", "ENABLE"])
    def test_a_trigger_that_does_not_always_fire(self, state):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE accounts_accessline {state} TRIGGER access_log_stands")
        assert weaknesses() == ["de trigger access_log_stands staat uit of ontbreekt"]

    def test_a_trigger_that_is_gone(self):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER access_log_seals ON accounts_accessline")
        assert weaknesses() == ["de trigger access_log_seals staat uit of ontbreekt"]
