-- What the application's role may do with everything the owner makes: rows, no tables.
-- Runs in template1 (so that new databases have it too) and in the database itself.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ot_app;
ALTER DEFAULT PRIVILEGES FOR ROLE ot_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ot_app;
ALTER DEFAULT PRIVILEGES FOR ROLE ot_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO ot_app;
ALTER DEFAULT PRIVILEGES FOR ROLE ot_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO ot_app;
