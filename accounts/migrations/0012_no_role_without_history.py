"""No change of roles, or of what a role may do, without history, whatever road it came by (T58).

These stand in tables that no model of ours declares, so that facts.history.leaves_history() can't
guard them. This compares at commit what is held with what the last row of history says is held.
"""
from django.db import migrations

# Of each: whose history it is, that history, the table in between, its history, and the columns.
GUARDED = {
    "accounts_user_groups": (
        "accounts_user", "accounts_historicaluser",
        "accounts_user_groups", "accounts_historicaluser_groups", "user_id", "group_id",
    ),
    "auth_group_permissions": (
        "auth_group", "accounts_historicalgroup",
        "auth_group_permissions", "accounts_historicalgroup_permissions",
        "group_id", "permission_id",
    ),
}  # fmt: skip
GUARDED["auth_group"] = GUARDED["auth_group_permissions"]

FUNCTION = """
CREATE FUNCTION leaves_history_between() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole text := TG_ARGV[0]; history text := TG_ARGV[1];
    between_ text := TG_ARGV[2]; history_between text := TG_ARGV[3];
    mine text := TG_ARGV[4]; other text := TG_ARGV[5];
    own text; stands jsonb; last jsonb; held bigint[]; noted bigint[]; key bigint;
BEGIN
    FOR own IN
        SELECT DISTINCT changed->>(CASE TG_TABLE_NAME WHEN whole THEN 'id' ELSE mine END)
        FROM unnest(ARRAY[to_jsonb(OLD), to_jsonb(NEW)]) AS changed WHERE changed IS NOT NULL
    LOOP
        EXECUTE format('SELECT to_jsonb(t) FROM %I AS t WHERE t.id = %L', whole, own) INTO stands;
        EXECUTE format(
            'SELECT to_jsonb(h) FROM %I AS h WHERE h.id = %L ORDER BY history_id DESC LIMIT 1',
            history, own
        ) INTO last;
        EXECUTE format(
            'SELECT array_agg(%1$I::bigint ORDER BY %1$I) FROM %2$I WHERE %3$I = %4$L',
            other, between_, mine, own
        ) INTO held;
        EXECUTE format(
            'SELECT array_agg(%1$I::bigint ORDER BY %1$I) FROM %2$I WHERE history_id = %3$L',
            other, history_between, last->>'history_id'
        ) INTO noted;
        IF stands IS NULL THEN
            CONTINUE WHEN TG_TABLE_NAME <> whole OR last->>'history_type' = '-';
        ELSE
            CONTINUE WHEN last IS NOT NULL AND last->>'history_type' <> '-'
                AND held IS NOT DISTINCT FROM noted AND NOT EXISTS (
                    SELECT 1 FROM jsonb_each(stands) AS one
                    WHERE last ? one.key AND last->one.key <> one.value
                );
        END IF;
        key := nextval(pg_get_serial_sequence(history, 'history_id'));
        EXECUTE format(
            'INSERT INTO %1$I SELECT (jsonb_populate_record(NULL::%1$I, $1)).*', history
        ) USING coalesce(stands, to_jsonb(OLD)) || jsonb_build_object(
            'history_id', key,
            'history_date', clock_timestamp(),
            'history_type', CASE WHEN stands IS NULL THEN '-' ELSE '~' END,
            'history_change_reason', 'Buiten het programma om (' || session_user || ')',
            'history_user_id', NULL
        );
        EXECUTE format(
            'INSERT INTO %1$I (id, %2$I, %3$I, history_id) SELECT id, %2$I, %3$I, $1'
            ' FROM %4$I WHERE %2$I = %5$L',
            history_between, mine, other, between_, own
        ) USING key;
    END LOOP;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER leaves_history_between AFTER {when} ON {table}
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION leaves_history_between({arguments});
"""
# So that the first change shows what stood before it.
WHAT_STANDS = """
WITH noted AS (
    INSERT INTO accounts_historicalgroup
        (id, name, history_date, history_change_reason, history_type)
    SELECT id, name, clock_timestamp(), 'Stand bij het begin van deze geschiedenis', '+'
    FROM auth_group
    RETURNING id, history_id
)
INSERT INTO accounts_historicalgroup_permissions (id, group_id, permission_id, history_id)
SELECT held.id, held.group_id, held.permission_id, noted.history_id
FROM auth_group_permissions AS held JOIN noted ON noted.id = held.group_id;
"""


def _guard(table: str) -> str:
    of_its_own = table == GUARDED[table][0]
    when = "UPDATE OR DELETE" if of_its_own else "INSERT OR UPDATE OR DELETE"
    arguments = ", ".join(f"'{name}'" for name in GUARDED[table])
    return TRIGGER.format(when=when, table=table, arguments=arguments)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_what_each_role_may_do_on_record")]
    operations = [
        migrations.RunSQL(WHAT_STANDS, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION leaves_history_between()"),
        *(
            migrations.RunSQL(_guard(table), f"DROP TRIGGER leaves_history_between ON {table}")
            for table in GUARDED
        ),
    ]
