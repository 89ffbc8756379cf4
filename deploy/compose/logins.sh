#!/bin/sh
# Creates the logins and databases of docs/operations.md. Runs once, when the cluster is created.
set -eu
psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres <<'SQL'
\getenv owner FUND_OWNER_PASSWORD
\getenv app FUND_APP_PASSWORD
\getenv temporal TEMPORAL_DB_PASSWORD
create role fund_worker nologin;
create role fund_reader nologin;
create role fund_viewer nologin;
create role fund_owner login password :'owner';
grant fund_viewer to fund_reader;
grant fund_worker, fund_reader to fund_owner with admin option;
create role fund_app login password :'app' in role fund_worker, fund_reader;
create database fund owner fund_owner;
revoke connect on database fund from public;
grant connect on database fund to fund_owner, fund_app;
create role temporal login createdb password :'temporal';
SQL
