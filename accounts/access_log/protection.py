"""Whether the database still guards the log: its triggers, and who may do what."""

from django.db import connection

ALWAYS = "A"  # how PostgreSQL notes a trigger that fires in every session
TRIGGERS = {
    "access_log_enters",
    "access_log_stands",
    "access_log_is_not_emptied",
    "access_log_waits",
    "access_log_seals",
    "access_log_head_follows",
    "access_log_head_is_not_emptied",
}
TABLES = ["accounts_accessline", "accounts_accesshead"]

FIRING = """
    SELECT tgname FROM pg_trigger
    WHERE tgrelid = ANY(%s::regclass[]) AND tgname = ANY(%s) AND tgenabled = %s
"""
WHO_MAY_ALTER = """
    SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END
    FROM pg_class, aclexplode(relacl)
    WHERE oid = ANY(%s::regclass[]) AND grantee <> relowner
        AND privilege_type NOT IN ('SELECT', 'INSERT', 'MAINTAIN')
    ORDER BY 1
"""


def weaknesses() -> list[str]:
    """What is wrong with the guard, in sentences."""
    with connection.cursor() as cursor:
        cursor.execute(FIRING, [TABLES, sorted(TRIGGERS), ALWAYS])
        firing = {name for (name,) in cursor}
        cursor.execute(WHO_MAY_ALTER, [TABLES])
        altering = [name for (name,) in cursor]
    found = [f"de trigger {name} staat uit of ontbreekt" for name in sorted(TRIGGERS - firing)]
    return found + [f"de rol {name!a} mag het leeslogboek wijzigen" for name in altering]
