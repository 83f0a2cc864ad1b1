"""The database numbers and chains the lines of the read log, and refuses every change to them.

Plain SQL and not django-pgtrigger: its triggers can be told to look away by a session's own
setting (pgtrigger.ignore), which the application's role may set too. These can't.

At commit, in three steps, each queued by the one before:
1. access_log_waits (deferred, after the insert) touches the line and thereby queues step 2 behind
   everything else that the commit still has to check. So nobody waits for a row of another
   transaction while holding the head: that would be a deadlock.
2. access_log_seals (deferred, after that touch) locks the head, and numbers and chains the line.
3. The head moves along. Its lock is held until the commit is visible, so the next one sees it.
   In a transaction with an older snapshot PostgreSQL refuses instead (could not serialize).

ENABLE ALWAYS: also in a session that calls itself a replica.
"""
from django.db import migrations

GUARDS = """
CREATE FUNCTION access_log_enters() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.number IS NOT NULL OR NEW.prev_hash IS NOT NULL OR NEW.hash IS NOT NULL THEN
        RAISE EXCEPTION 'access_log: only the database numbers a line' USING ERRCODE = '42501';
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION access_log_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
        IF OLD.number IS NULL THEN
            OLD.number := NEW.number;
            OLD.prev_hash := NEW.prev_hash;
            OLD.hash := NEW.hash;
            IF OLD IS NOT DISTINCT FROM NEW THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION 'access_log: lines are only added' USING ERRCODE = '42501';
END $$;

CREATE FUNCTION access_log_head_follows() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'access_log: the head only moves with a line' USING ERRCODE = '42501';
END $$;

CREATE TRIGGER access_log_enters BEFORE INSERT ON accounts_accessline
    FOR EACH ROW EXECUTE FUNCTION access_log_enters();
CREATE TRIGGER access_log_stands BEFORE UPDATE OR DELETE ON accounts_accessline
    FOR EACH ROW EXECUTE FUNCTION access_log_stands();
CREATE TRIGGER access_log_is_not_emptied BEFORE TRUNCATE ON accounts_accessline
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_stands();
CREATE TRIGGER access_log_head_follows BEFORE INSERT OR UPDATE OR DELETE ON accounts_accesshead
    FOR EACH ROW EXECUTE FUNCTION access_log_head_follows();
CREATE TRIGGER access_log_head_is_not_emptied BEFORE TRUNCATE ON accounts_accesshead
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_head_follows();
"""

# What is hashed: every column, as <bytes>:<text>, or a dash for null, each followed by a comma,
# so that no two lines can look alike. accounts/access_log/chain.py says the same in Python.
SEALING = """
CREATE FUNCTION access_log_wait() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE accounts_accessline SET number = NULL WHERE id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION access_log_seal() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head accounts_accesshead;
    value text;
    content text := '';
BEGIN
    SELECT * INTO head FROM accounts_accesshead FOR UPDATE;
    IF NOT FOUND THEN  -- the very first line
        INSERT INTO accounts_accesshead (id, number, hash)
            VALUES (1, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
        SELECT * INTO STRICT head FROM accounts_accesshead FOR UPDATE;
    END IF;
    NEW.number := head.number + 1;
    NEW.prev_hash := head.hash;
    FOREACH value IN ARRAY ARRAY[
        'ondersteuning-access-log-1',
        NEW.number::text,
        encode(NEW.prev_hash, 'hex'),
        NEW.id::text,
        extract(epoch FROM NEW.at)::text,
        NEW.actor_id::text,
        NEW.actor_roles,
        NEW.ground,
        NEW.purpose,
        NEW.action,
        NEW.outcome,
        NEW.object_type,
        NEW.object_id,
        NEW.part,
        NEW.subjects::text,
        NEW.detail::text,
        NEW.request_id::text,
        NEW.origin
    ] LOOP
        content := content || coalesce(octet_length(value) || ':' || value, '-') || ',';
    END LOOP;
    NEW.hash := sha256(convert_to(content, 'UTF8'));
    UPDATE accounts_accessline
        SET number = NEW.number, prev_hash = NEW.prev_hash, hash = NEW.hash WHERE id = NEW.id;
    UPDATE accounts_accesshead SET number = NEW.number, hash = NEW.hash;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER access_log_waits AFTER INSERT ON accounts_accessline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_log_wait();
CREATE CONSTRAINT TRIGGER access_log_seals AFTER UPDATE ON accounts_accessline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.number IS NULL) EXECUTE FUNCTION access_log_seal();
"""

# Default privileges gave other roles all rows and functions of the owner. Here they may read and
# add; the functions are the owner's alone, or one could hang them on a table of one's own.
RIGHTS = """
ALTER TABLE accounts_accessline
    ENABLE ALWAYS TRIGGER access_log_enters,
    ENABLE ALWAYS TRIGGER access_log_stands,
    ENABLE ALWAYS TRIGGER access_log_is_not_emptied,
    ENABLE ALWAYS TRIGGER access_log_waits,
    ENABLE ALWAYS TRIGGER access_log_seals;
ALTER TABLE accounts_accesshead
    ENABLE ALWAYS TRIGGER access_log_head_follows,
    ENABLE ALWAYS TRIGGER access_log_head_is_not_emptied;

DO $$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT DISTINCT relname AS name,
            CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END AS other
        FROM pg_class, aclexplode(relacl)
        WHERE oid IN ('accounts_accessline'::regclass, 'accounts_accesshead'::regclass)
            AND grantee <> relowner
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM %s',
            item.name, item.other);
        IF item.name = 'accounts_accesshead' THEN
            EXECUTE format('REVOKE INSERT ON %I FROM %s', item.name, item.other);
        END IF;
    END LOOP;
    FOR item IN
        SELECT DISTINCT oid::regprocedure AS name,
            CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END AS other
        FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
        WHERE oid IN (
            'access_log_enters'::regproc, 'access_log_stands'::regproc,
            'access_log_head_follows'::regproc, 'access_log_wait'::regproc,
            'access_log_seal'::regproc
        ) AND grantee <> proowner
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM %s', item.name, item.other);
    END LOOP;
END $$;

-- A second lock on the same door, for the day that somebody grants too much.
ALTER TABLE accounts_accessline ENABLE ROW LEVEL SECURITY;
CREATE POLICY access_log_is_read ON accounts_accessline FOR SELECT USING (true);
CREATE POLICY access_log_is_added_to ON accounts_accessline FOR INSERT
    WITH CHECK (number IS NULL AND prev_hash IS NULL AND hash IS NULL);
"""

NOTHING_GUARDS = """
DROP POLICY access_log_is_added_to ON accounts_accessline;
DROP POLICY access_log_is_read ON accounts_accessline;
ALTER TABLE accounts_accessline DISABLE ROW LEVEL SECURITY;
DROP FUNCTION access_log_seal, access_log_wait, access_log_head_follows, access_log_stands,
    access_log_enters CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_access_log")]
    operations = [migrations.RunSQL(GUARDS + SEALING + RIGHTS, NOTHING_GUARDS)]
