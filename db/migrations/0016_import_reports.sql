-- 导入结果: what an import has taken, or what was wrong with its files; once for each attempt that a workflow ordered.
create table fund.import_report (
  key       text primary key,                        -- the run of the workflow, and the act in it
  fund_year int not null,
  receipt   jsonb,                                   -- rows by file; null: refused
  faults    jsonb,                                   -- may quote a cell: they stand here and in no history
  noted_at  timestamptz not null default now(),
  check ((receipt is null) <> (faults is null))
);
grant select on fund.import_report to fund_worker, fund_reader;
grant insert on fund.import_report to fund_worker;
