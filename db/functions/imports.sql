-- 导入权限: files are taken from whoever holds an office, and what is signed is this import. Which office brings which file, and that an
-- area's office brings rows of its own area alone, the act judges (rules/file-offices.ts, pack/).
create or replace function fund.imported_by_office() returns trigger language plpgsql as $$
declare
  signed jsonb;
begin
  if not exists (select from fund.office_holder where fund_year = new.fund_year and operator = new.operator) then
    raise exception '% 年度没有在任的工号 % (no such operator in office)', new.fund_year, new.operator using errcode = 'restrict_violation';
  end if;
  if new.proof is null then return new; end if;
  select text::jsonb into signed from fund.proof where nonce = new.proof and made_xid = pg_current_xact_id();
  if not found or signed -> 'year' is distinct from to_jsonb(new.fund_year) or signed ->> 'operator' is distinct from new.operator
    or signed ->> 'task' not in ('import', 'correct') then
    raise exception '签名的内容不是所办的内容 (the signature is under something else)' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create or replace trigger imported_by_office before insert on fund.import_report for each row
  when (new.operator is not null and new.receipt is not null and not new.only_check) execute function fund.imported_by_office();
