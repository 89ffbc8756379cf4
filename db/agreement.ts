/** 资金存放与账实核对: what the books still lack about the other places of money, and the books beside what bank and treasury report. */
import { chainKey, journalKeys } from '../rules/keys';
import { type Decimal, decimal } from '../rules/money';
import { MONEY_ACCOUNTS, type MoneyAccount, type OtherPlace } from '../rules/posting';
import type { Part, Role, Scheme } from '../rules/vocabulary';
import type { Queryable, Transaction } from './connect';
import { select } from './rows';

interface OfAccount<Account> {
  area: string; // or 'region'
  scheme: Scheme;
  part: Part;
  account: Account;
  date: string;
}

/** A balance of another place whose change is not booked, or not as it stands now. */
export interface UnbookedPlace extends OfAccount<OtherPlace> {
  balance: Decimal;
  /** The balance before, and its date; null where this is the first. */
  before: { date: string; balance: Decimal } | null;
  /** The day on which its change is booked: 1 January for the last day of the year before. */
  postedOn: string;
  /** What is booked on that day, and by how many entries. */
  booked: Decimal;
  entries: number;
}

/** The balances up to a day that the books do not follow yet. */
export async function unbookedPlaces(db: Queryable, year: number, through: string): Promise<UnbookedPlace[]> {
  const rows = await select<
    OfAccount<OtherPlace> & {
      balance: string;
      date_before: string | null;
      before: string;
      posted_on: string;
      booked: string;
      entries: number;
    }
  >(
    db,
    // Only positions are booked on these accounts.
    `with placed as (
       select p.*, greatest(p.date, make_date(:year, 1, 1)) as posted_on, lag(p.date) over fund as date_before,
         coalesce(lag(p.balance) over fund, 0) as before
       from fund.position p where p.fund_year = :year
       window fund as (partition by p.area, p.scheme, p.part, p.account order by p.date)
     ), booked as (
       select entity, scheme, part, account, date, sum(debit_less_credit) as amount, count(distinct entry_id)::int as entries
       from fund.ledger where fund_year = :year and account = any (:places) group by entity, scheme, part, account, date
     )
     select p.area, p.scheme, p.part, p.account, p.date, p.balance, p.date_before, p.before, p.posted_on,
       coalesce(b.amount, 0) as booked, coalesce(b.entries, 0) as entries
     from placed p
     left join booked b on (b.entity, b.scheme, b.part, b.account, b.date) = (p.area, p.scheme, p.part, p.account, p.posted_on)
     where p.date <= :through and p.balance - p.before <> coalesce(b.amount, 0)
     order by p.area collate "C", p.scheme, p.part, p.account collate "C", p.date`,
    { year, through, places: MONEY_ACCOUNTS.slice(1) },
  );
  return rows.map(({ balance, date_before, before, posted_on, booked, ...row }) => ({
    ...row,
    balance: decimal(balance),
    before: date_before === null ? null : { date: date_before, balance: decimal(before) },
    postedOn: posted_on,
    booked: decimal(booked),
  }));
}

/** One line of bank or treasury beside the books, and the last agreement of it. */
export interface BankLine extends OfAccount<MoneyAccount> {
  bank: Decimal;
  books: Decimal;
  last: { books: Decimal; bank: Decimal } | null;
  reckoning: number; // of the last agreement; 0 before the first
}

/**
 * The lines up to a day. For the last day of the year before, what is posted only on 1 January counts too: the opening, and the
 * positions of that day (READINGS 64).
 */
export async function bankLines(db: Queryable, year: number, through: string): Promise<BankLine[]> {
  const rows = await select<
    OfAccount<MoneyAccount> & {
      bank: string;
      books: string;
      last: { books: string; bank: string } | null;
      reckoning: number;
    }
  >(
    db,
    // Materialized: the books are added up once, not again for every line.
    `with moved as materialized (
       select entity, scheme, part, account, sum(debit_less_credit) as amount,
         case when date = make_date(:year, 1, 1) and (starts_with(key, :openings) or starts_with(key, :positions))
           then date - 1 else date end as day
       from fund.ledger where fund_year = :year and account = any (:accounts)
       group by entity, scheme, part, account, day
     )
     select b.area, b.scheme, b.part, b.account, b.date, b.balance as bank,
       coalesce((select sum(m.amount) from moved m
                 where (m.entity, m.scheme, m.part, m.account) = (b.area, b.scheme, b.part, b.account) and m.day <= b.date), 0) as books,
       case when a.reckoning is not null then jsonb_build_object('books', a.books::text, 'bank', a.bank::text) end as last,
       coalesce(a.reckoning, 0) as reckoning
     from fund.bank_balance b
     left join fund.agreement a using (fund_year, area, scheme, part, account, date)
     where b.fund_year = :year and b.date <= :through
     order by b.area collate "C", b.scheme, b.part, b.account collate "C", b.date`,
    { year, through, accounts: MONEY_ACCOUNTS, ...journalKeys },
  );
  return rows.map(({ bank, books, last, ...row }) => ({
    ...row,
    bank: decimal(bank),
    books: decimal(books),
    last: last && { books: decimal(last.books), bank: decimal(last.bank) },
  }));
}

/** A difference of books and bank that nobody has been asked about. */
export interface OpenDifference extends OfAccount<MoneyAccount> {
  name: string | null; // of the area
  books: string;
  bank: string;
  difference: string;
  reckoning: number;
}

/** Whether a task asks about an agreement as it stands: by the figures that the person is shown. */
const ASKS_ABOUT_IT = `t.kind = 'accept_finding' and t.figures @> jsonb_build_object('entity', a.area, 'scheme', a.scheme, 'part', a.part,
  'account', a.account, 'date', to_char(a.date, 'YYYY-MM-DD'), 'books', a.books::text, 'bank', a.bank::text)`;

/** The differences of a year that no task asks about, or has asked about. */
export const differencesNotAsked = (db: Queryable, year: number): Promise<OpenDifference[]> =>
  select(
    db,
    `select a.area, n.name_zh as name, a.scheme, a.part, a.account, a.date, a.books, a.bank, a.difference, a.reckoning
     from fund.agreement a left join fund.area n on (n.fund_year, n.area::text) = (a.fund_year, a.area)
     where a.fund_year = :year and a.difference <> 0 and not exists (
       select from fund.task t where t.fund_year = a.fund_year and t.state <> 'void' and ${ASKS_ABOUT_IT})
     order by a.area collate "C", a.scheme, a.part, a.account collate "C", a.date`,
    { year },
  );

interface DifferenceTask {
  chain: string;
  role: Role;
  subject: string;
  /** Whether the difference still is as the task states it. */
  holds: boolean;
}

/** The open tasks of a workflow that asks about differences. */
export const differenceTasks = (db: Queryable, workflowId: string): Promise<DifferenceTask[]> =>
  select(
    db,
    `select t.chain, t.role, t.subject, exists (
       select from fund.agreement a where a.fund_year = t.fund_year and a.difference <> 0 and ${ASKS_ABOUT_IT}) as holds
     from fund.task t where t.workflow_id = :workflowId and t.state = 'open' order by t.chain collate "C"`,
    { workflowId },
  );

/** Voids what is still asked about differences of a year that closes. Returns the workflows that asked. */
export async function endDifferenceTasks(trx: Transaction, year: number): Promise<string[]> {
  const rows = await select<{ workflow_id: string }>(
    trx,
    `update fund.task set state = 'void'
     where fund_year = :year and kind = 'accept_finding' and state = 'open' and starts_with(chain, workflow_id || :differences)
     returning workflow_id`,
    { year, differences: chainKey.differences('') },
  );
  return [...new Set(rows.map(({ workflow_id }) => workflow_id))].sort();
}
