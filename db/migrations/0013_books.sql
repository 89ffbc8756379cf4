-- Where the money lies, and what bank and treasury say of it (RULES 9).

-- 资金存放: month-end balances of the places other than the fiscal special account. `area` may be 'region': the adjustment fund.
create table fund.position (
  fund_year int  not null references fund.fund_year,
  area      text not null,
  scheme    fund.scheme not null,
  part      fund.part not null,
  account   text not null check (account in ('支出户存款', '国库存款', '暂付款', '债券投资', '定期存款')),
  date      date not null,
  balance   fund.yuan not null,
  line      int  not null,
  primary key (fund_year, area, scheme, part, account, date),
  check (area <> 'region' or part = 'pooled'),
  check (date between make_date(fund_year - 1, 12, 31) and make_date(fund_year, 12, 31)),
  constraint end_of_month check (extract(day from date + 1) = 1)
);

-- 银行、国库对账单.
create table fund.bank_balance (
  fund_year int  not null references fund.fund_year,
  area      text not null,
  scheme    fund.scheme not null,
  part      fund.part not null,
  account   text not null check (account in ('财政专户存款', '支出户存款', '国库存款', '暂付款', '债券投资', '定期存款')),
  date      date not null,
  balance   fund.yuan not null,
  line      int  not null,
  primary key (fund_year, area, scheme, part, account, date),
  check (area <> 'region' or part = 'pooled'),
  check (date between make_date(fund_year - 1, 12, 31) and make_date(fund_year, 12, 31))
);

-- 账实核对表: books and bank side by side. They are set against each other again when either has changed: the last holds.
create table fund.agreement_reckoned (
  fund_year  int  not null,
  area       text not null,
  scheme     fund.scheme not null,
  part       fund.part not null,
  account    text not null,
  date       date not null,
  books      fund.yuan not null,
  bank       fund.yuan not null,
  difference fund.yuan not null,
  reckoning  int  not null check (reckoning > 0),
  because    jsonb not null,
  primary key (fund_year, area, scheme, part, account, date, reckoning),
  foreign key (fund_year, area, scheme, part, account, date) references fund.bank_balance,
  check (difference = bank - books)
);

grant select on fund.position, fund.bank_balance, fund.agreement_reckoned to fund_worker, fund_reader;
grant insert on fund.position, fund.bank_balance, fund.agreement_reckoned to fund_worker;
-- Imported rows change by a correction only.
grant update (balance, line) on fund.position, fund.bank_balance to fund_worker;

-- 年初余额口径: on which basis an opening of residents stands; null: on that of the area (READINGS 65).
alter table fund.opening add column basis text check (basis in ('coverage_year', 'receipt_year')),
  add constraint basis_of_residents check (basis is null or scheme = 'resident');
grant update (basis) on fund.opening to fund_worker;
