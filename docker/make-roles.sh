#!/bin/sh
# Runs once, in an empty database: the role that owns the tables and the role of the application.
# Two passwords from the environment; psql quotes them (:'name').
set -eu

run() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$@"
}

run postgres --set owner="$OWNER_PASSWORD" --set app="$APP_PASSWORD" <<'SQL'
CREATE ROLE ot_owner LOGIN PASSWORD :'owner';
CREATE ROLE ot_app LOGIN PASSWORD :'app';
CREATE DATABASE ondersteuning OWNER ot_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
run ondersteuning <<'SQL'
ALTER SCHEMA public OWNER TO ot_owner;
REVOKE ALL ON DATABASE ondersteuning FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE ondersteuning TO ot_app;
SQL
run ondersteuning --file /privileges.sql
