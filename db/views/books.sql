-- What an auditor adds up: the balance of an account of a fund, on a date or at the end.
create or replace view fund.ledger as
  select e.fund_year, e.id as entry_id, e.date, e.entity, e.scheme, e.part, e.key, e.basis, l.account,
    case when l.side = 1 then l.amount else 0 end as debit,
    case when l.side = -1 then l.amount else 0 end as credit,
    l.side * l.amount as debit_less_credit
  from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id;

-- The closing balance of each fund: its special account and the other places of its money, without the cash under review
-- (READINGS 44).
create or replace view fund.closing as
  select fund_year, entity, scheme, part, sum(debit_less_credit) as amount
  from fund.ledger where account in ('财政专户存款', '支出户存款', '国库存款', '暂付款', '债券投资', '定期存款', '待核对款')
  group by fund_year, entity, scheme, part;

-- The last agreement of each line of bank and treasury.
create or replace view fund.agreement with (security_invoker) as
  select distinct on (fund_year, area, scheme, part, account, date) * from fund.agreement_reckoned
  order by fund_year, area, scheme, part, account, date, reckoning desc;

grant select on fund.ledger, fund.closing, fund.agreement to fund_worker, fund_reader;
