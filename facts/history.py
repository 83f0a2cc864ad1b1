"""No change without history: the database itself sees to it.

django-simple-history writes a row for what is saved through the models. An `update()`, a bulk
change, SQL by hand or a migration goes past it; then the trigger below writes that row at commit,
and says that it was not the program (T58). Facts need none: they are never changed in place.

A row with many-to-many fields in its history (a colleague's roles, what a role may do) has them
in a table in between, which no model of ours declares: there a migration puts the same guard
(accounts/migrations/0012).
"""

import pgtrigger

OUTSIDE = "Buiten het programma om"

# Compares at commit what stands with the last row of history; columns that history leaves out on
# purpose (a password) are left out of the comparison too.
_FUNC = f"""
    EXECUTE format('SELECT to_jsonb(t) FROM %I AS t WHERE t.id = $1', TG_TABLE_NAME)
        INTO stands USING OLD.id;
    EXECUTE format(
        'SELECT to_jsonb(h) FROM %I AS h WHERE h.id = $1 ORDER BY history_id DESC LIMIT 1', history
    ) INTO last USING OLD.id;
    IF stands IS NULL AND last->>'history_type' = '-' THEN RETURN NULL; END IF;
    IF stands IS NOT NULL AND last IS NOT NULL AND last->>'history_type' <> '-' AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(stands) AS one WHERE last ? one.key AND last->one.key <> one.value
    ) THEN RETURN NULL; END IF;
    EXECUTE format(
        'INSERT INTO %1$I SELECT (jsonb_populate_record(NULL::%1$I, $1)).*', history
    ) USING coalesce(stands, to_jsonb(OLD)) || jsonb_build_object(
        'history_id', nextval(pg_get_serial_sequence(history, 'history_id')),
        'history_date', clock_timestamp(),
        'history_type', CASE WHEN stands IS NULL THEN '-' ELSE '~' END,
        'history_change_reason', '{OUTSIDE} (' || session_user || ')',
        'history_user_id', NULL
    );
"""
# What the row holds by way of a table in between goes with it, as django-simple-history does.
_BETWEEN = """
    INSERT INTO {history} (id, {mine}, {other}, history_id)
        SELECT id, {mine}, {other}, currval(pg_get_serial_sequence(history, 'history_id'))
        FROM {table} WHERE {mine} = OLD.id;
"""


def leaves_history(**between: str) -> pgtrigger.Trigger:
    """For `Meta.triggers` of a model with `history`: a change or removal that left no history gets
    its row at commit, with what stands then and the database role that did it.

    `between`: of a model with a many-to-many field in its history the `table` in between, its
    `history`, and the columns that point to `mine` and to the `other`.
    """
    return pgtrigger.Trigger(
        name="leaves_history",
        when=pgtrigger.After,
        operation=pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        declare=[
            ("stands", "jsonb"),
            ("last", "jsonb"),
            ("history", "text := regexp_replace(TG_TABLE_NAME, '_', '_historical')"),
        ],
        func=_FUNC + (_BETWEEN.format(**between) if between else "") + "    RETURN NULL;\n",
    )
