-- What the journal enforces by itself, whoever posts: append-only, balanced at commit, entries whole (RULES 9).

create or replace function fund.journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '账簿只增不改：更正请另记冲回分录 (the journal is append-only: post a reversing entry)'
    using errcode = 'restrict_violation';
end $$;
create or replace trigger append_only before update or delete or truncate on fund.journal_entry
  for each statement execute function fund.journal_is_append_only();
create or replace trigger append_only before update or delete or truncate on fund.journal_line
  for each statement execute function fund.journal_is_append_only();

-- No line joins an entry that another transaction posted: it would escape the balance check.
create or replace function fund.lines_come_with_their_entry() returns trigger language plpgsql as $$
begin
  if exists (
    select from new_lines l join fund.journal_entry e on e.id = l.entry_id where e.posted_xid <> pg_current_xact_id()
  ) then
    raise exception '分录已入账，不能再加行 (a posted entry takes no more lines)' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create or replace trigger same_transaction after insert on fund.journal_line
  referencing new table as new_lines for each statement execute function fund.lines_come_with_their_entry();

-- The balance is checked at commit, once per entry.
create or replace function fund.entry_balances() returns trigger language plpgsql as $$
declare
  difference numeric;
  sides int;
begin
  select coalesce(sum(side * amount), 0), count(distinct side) into difference, sides
  from fund.journal_line where entry_id = new.id;
  if difference <> 0 or sides <> 2 then
    raise exception '分录 % 借贷不平，差额 % (entry does not balance)', new.key, difference using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger if exists entry_balances on fund.journal_entry;
create constraint trigger entry_balances after insert on fund.journal_entry
  deferrable initially deferred for each row execute function fund.entry_balances();

-- Lines trigger the check too: if it was made before the commit, a later line of the transaction must not slip through.
create or replace function fund.line_keeps_balance() returns trigger language plpgsql as $$
begin
  if (select sum(side * amount) from fund.journal_line where entry_id = new.entry_id) <> 0 then
    raise exception '分录 % 借贷不平 (a line leaves its entry unbalanced)', new.entry_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger if exists line_keeps_balance on fund.journal_line;
create constraint trigger line_keeps_balance after insert on fund.journal_line
  deferrable initially deferred for each row execute function fund.line_keeps_balance();

-- 清算拨付: grants, the governments' share and levies after the year's end are posted only once the settlement of their
-- scheme is approved, or with an emergency advance that is.
create or replace function fund.settlement_only_when_approved() returns trigger language plpgsql as $$
declare
  unapproved record;
begin
  select e.fund_year, e.scheme into unapproved
  from new_lines l join fund.journal_entry e on e.id = l.entry_id
  where (l.account in ('补助下级支出', '上级补助收入', '财政补贴收入—缺口补助')
      or (l.account in ('上解上级支出', '下级上解收入') and e.date > make_date(e.fund_year, 12, 31)))
    and not fund.settlement_is_approved(e.fund_year, e.scheme)
    and not exists (
      select from fund.emergency_advance a
      where a.fund_year = e.fund_year and a.scheme = e.scheme and a.amount = l.amount and a.paid_on = e.date
        and e.key in (format('emergency/%s/%s/%s', a.scheme, a.area, a.number), format('emergency/%s/%s/%s/region', a.scheme, a.area, a.number)))
  limit 1;
  if found then
    raise exception '% 年度 % 分担方案审批未完成，不能拨付', unapproved.fund_year, unapproved.scheme using errcode = 'check_violation';
  end if;
  return null;
end $$;
create or replace trigger settlement_only_when_approved after insert on fund.journal_line
  referencing new table as new_lines for each statement execute function fund.settlement_only_when_approved();
