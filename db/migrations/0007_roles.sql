-- Least privilege: the worker adds facts and never takes one back; the reader reads. Rights on views and functions stand with
-- them in db/views and db/functions.
do $$
begin
  if not exists (select from pg_roles where rolname = 'fund_worker') then create role fund_worker nologin; end if;
  if not exists (select from pg_roles where rolname = 'fund_reader') then create role fund_reader nologin; end if;
end $$;
grant fund_worker, fund_reader to current_user;

grant usage on schema fund to fund_worker, fund_reader;
grant select on all tables in schema fund to fund_worker, fund_reader;
grant insert on all tables in schema fund to fund_worker;
grant update (status, closed_on, workflow_id, first_run_id, simulation, imported_at, told_at) on fund.fund_year to fund_worker;
grant update (receipt) on fund.act to fund_worker;
grant update (state) on fund.task to fund_worker;
grant update (outcome, reason, aid, refund_of, refunded) on fund.resident_payment to fund_worker;
grant update (sha256, rows) on fund.pack_file to fund_worker; -- a file of payments grows at its end
grant update (problem, remedy, last_told, solved_at) on fund.alert to fund_worker;

-- Imported rows change by a correction only (db/functions/corrections.sql), and never in their key.
do $$
declare
  input text;
  cells text;
begin
  foreach input in array array['banner', 'history', 'opening', 'adjustment_fund', 'insured', 'collection_total',
                               'actual', 'conduct', 'parameter_override', 'parameter_in_force', 'operator', 'area'] loop
    select string_agg(format('%I', a.attname), ', ') into cells
    from pg_attribute a
    where a.attrelid = ('fund.' || input)::regclass and a.attnum > 0 and not a.attisdropped
      and not exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey));
    execute format('grant update (%s) on fund.%I to fund_worker', cells, input);
  end loop;
end $$;
