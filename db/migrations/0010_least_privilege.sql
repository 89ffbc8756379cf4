-- What the roles of 0006 and 0007 have beyond their need.

-- A view takes no rows: 0006 gave insert on all tables, and these two views were among them.
revoke insert on fund.collection_day, fund.area_by_person from fund_worker;

-- A function that runs as the owner looks a caller's temporary objects up last, by name or by accident.
alter function fund.refresh_statistics() set search_path = pg_catalog, fund, pg_temp;

-- Whoever works or reads may ask which migrations there are: a worker without an owner's login does.
grant select on public.fund_migration to fund_worker, fund_reader;
