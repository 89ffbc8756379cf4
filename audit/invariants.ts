/**
 * The invariants of RULES 9, each checked from stored rows alone. Reads, applies rules, never writes.
 *
 * A broken invariant says where and by how much; nothing here trusts the code that wrote the rows.
 */
import { actualItems } from '../db/actuals';
import { areasOf } from '../db/areas';
import { type BudgetItem, budgetsInForce, itemsInForce, submittedRows } from '../db/budgets';
import { collectedPremium } from '../db/collection-days';
import { openingSurplus } from '../db/opening';
import type { Queryable } from '../db/connect';
import { select, selectOne } from '../db/rows';
import { type BudgetCheck, checkBudget } from '../rules/budget-checks';
import { decimal, yuanText, zero } from '../rules/money';
import {
  DEBIT_ACCOUNTS,
  EXPENDITURE_ACCOUNTS,
  FUND_BALANCE,
  INCOME_ACCOUNTS,
  RECEIVED_IN_ADVANCE,
  SPECIAL_ACCOUNT,
  UNDER_REVIEW,
} from '../rules/posting';
import { ITEM_NAMES, type Item, REGION, SCHEMES } from '../rules/vocabulary';
import { pinnedLaw } from './pinned-law';
import { yardstickOf } from './yardstick';

export interface InvariantResult {
  name: string;
  zh: string;
  broken: string[]; // one line for each place; empty when it holds
}

interface Invariant {
  name: string;
  zh: string;
  /** Only meaningful for a year whose settlement is posted. */
  whenSettled: boolean;
  check: (db: Queryable, year: number) => Promise<string[]>;
}

const places = async (db: Queryable, sql: string, values: unknown[]): Promise<string[]> =>
  (await select<{ place: string; difference: string }>(db, sql, values)).map(
    ({ place, difference }) => `${place}: ${difference}`,
  );

/** Σ of an account over the areas against Σ of its counterpart in the region's books. */
const bothSides = (ours: Item, theirs: Item) => (db: Queryable, year: number) =>
  places(
    db,
    `select scheme as place, sum(case when entity = $2 then -1 else 1 end
         * case when account = any ($3) then debit_less_credit else -debit_less_credit end) as difference
     from fund.ledger
     where fund_year = $1 and ((entity <> $2 and account = $4) or (entity = $2 and account = $5))
     group by scheme
     having sum(case when entity = $2 then -1 else 1 end
         * case when account = any ($3) then debit_less_credit else -debit_less_credit end) <> 0`,
    [year, REGION, DEBIT_ACCOUNTS, ITEM_NAMES[ours], ITEM_NAMES[theirs]],
  );

export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'entries_balance',
    zh: '每笔分录借贷相等',
    whenSettled: false,
    check: (db, year) =>
      places(
        db,
        `select e.key as place, coalesce(sum(l.side * l.amount), 0) as difference
         from fund.journal_entry e left join fund.journal_line l on l.entry_id = e.id
         where e.fund_year = $1 group by e.id, e.key
         having coalesce(sum(l.side * l.amount), 0) <> 0 or count(distinct l.side) <> 2`,
        [year],
      ),
  },
  {
    name: 'special_account',
    zh: '财政专户存款 = 基金结余 + 收入 − 支出 + 暂收款 + 待核对款',
    whenSettled: false,
    check: (db, year) =>
      places(
        db,
        `select concat_ws(' ', entity, scheme, part) as place,
           sum(case when account = $2 then debit_less_credit else 0 end)
           + sum(case when account = any ($3) then debit_less_credit else 0 end) as difference
         from fund.ledger where fund_year = $1 group by entity, scheme, part
         having sum(case when account = $2 then debit_less_credit else 0 end)
           + sum(case when account = any ($3) then debit_less_credit else 0 end) <> 0`,
        [
          year,
          SPECIAL_ACCOUNT,
          [FUND_BALANCE, RECEIVED_IN_ADVANCE, UNDER_REVIEW, ...INCOME_ACCOUNTS, ...EXPENDITURE_ACCOUNTS],
        ],
      ),
  },
  {
    name: 'levies_match',
    zh: '各地上解合计 = 自治区收到合计',
    whenSettled: false,
    check: bothSides('levy_to_superior', 'subordinate_levy'),
  },
  {
    name: 'grants_match',
    zh: '自治区补助合计 = 各地收到合计',
    whenSettled: false,
    check: bothSides('superior_grant', 'grant_to_subordinate'),
  },
  {
    name: 'adjustment_fund',
    zh: '调剂金期末 = 期初 + 上解 + 利息 − 支付',
    whenSettled: true,
    check: adjustmentFundCloses,
  },
  {
    name: 'schemes_apart',
    zh: '职工与居民不在同一分录',
    whenSettled: false,
    check: (db, year) =>
      places(
        db,
        `select distinct e.key as place, l.scheme::text as difference
         from fund.journal_entry e join fund.journal_line l on l.entry_id = e.id
         where e.fund_year = $1 and l.scheme <> e.scheme`,
        [year],
      ),
  },
  {
    name: 'closing',
    zh: '期末 = 期初 + 收入 − 支出 − 上解 + F + A；有缺口时 = 期初 − U',
    whenSettled: true,
    check: areasClose,
  },
  { name: 'opening', zh: '年初余额 = 上年期末', whenSettled: false, check: openingsFollow },
  {
    name: 'gap_borne',
    zh: 'U + F + A = G',
    whenSettled: false,
    check: (db, year) =>
      places(
        db,
        `select scheme || ' ' || area as place, own_surplus + fund_share + area_share - gap as difference
         from fund.sharing where fund_year = $1 and own_surplus + fund_share + area_share <> gap`,
        [year],
      ),
  },
  {
    name: 'rows_counted',
    zh: '受理笔数 + 待核对笔数 = 全部笔数',
    whenSettled: false,
    check: (db, year) =>
      places(
        db,
        `select c.area as place, c.accepted_rows + c.quarantined_rows - count(p.id) as difference
         from fund.collection c
         left join fund.resident_payment p on p.fund_year = c.fund_year and coalesce(p.area, 'unknown') = c.area
         where c.fund_year = $1 and c.by_person
         group by c.area, c.accepted_rows, c.quarantined_rows
         having c.accepted_rows + c.quarantined_rows <> count(p.id)`,
        [year],
      ),
  },
  { name: 'budgets_in_force', zh: '生效预算通过全部否决性审核', whenSettled: false, check: budgetsPass },
];

async function adjustmentFundCloses(db: Queryable, year: number): Promise<string[]> {
  return places(
    db,
    `with books as (
       select scheme,
         sum(case when account = $3 then debit_less_credit else 0 end) as closing,
         sum(case when account = $4 then -debit_less_credit else 0 end) as levies,
         sum(case when account = $5 then debit_less_credit else 0 end) as paid
       from fund.ledger where fund_year = $1 and entity = $2 group by scheme
     )
     select coalesce(b.scheme, f.scheme)::text as place,
       coalesce(b.closing, 0) - (coalesce(f.opening_balance, 0) + coalesce(b.levies, 0) + coalesce(f.interest, 0) - coalesce(b.paid, 0)) as difference
     from books b full join (select * from fund.adjustment_fund where fund_year = $1) f on f.scheme = b.scheme
     where coalesce(b.closing, 0) <> coalesce(f.opening_balance, 0) + coalesce(b.levies, 0) + coalesce(f.interest, 0) - coalesce(b.paid, 0)`,
    [year, REGION, SPECIAL_ACCOUNT, ITEM_NAMES.subordinate_levy, ITEM_NAMES.grant_to_subordinate],
  );
}

async function areasClose(db: Queryable, year: number): Promise<string[]> {
  const broken: string[] = [];
  for (const scheme of SCHEMES) {
    const closings = new Map(
      (
        await select<{ entity: string; amount: string }>(
          db,
          `select entity, amount from fund.closing where fund_year = $1 and scheme = $2 and part = 'pooled'`,
          [year, scheme],
        )
      ).map(({ entity, amount }) => [entity, decimal(amount)]),
    );
    const settled = new Map(
      (
        await select<{
          area: string;
          levy: string;
          gap: string;
          own_surplus: string;
          fund_share: string;
          area_share: string;
        }>(
          db,
          `select l.area, l.levy, s.gap, s.own_surplus, s.fund_share, s.area_share
           from fund.levy l join fund.sharing s using (fund_year, scheme, area) where l.fund_year = $1 and l.scheme = $2`,
          [year, scheme],
        )
      ).map((row) => [row.area, row]),
    );
    const actuals = await actualItems(db, year, scheme);
    const openingOf = await openingSurplus(db, year, scheme);
    // Every accepted payment counts, whatever its day: the books of the year hold them all.
    const collected = scheme === 'resident' ? await collectedPremium(db, year, 'infinity') : () => zero;
    for (const area of await areasOf(db, year, scheme)) {
      const own = actuals.area(area);
      const row = settled.get(area);
      const flows = openingOf(area).plus(own.income).plus(collected(area)).minus(own.expenditure);
      const expected = row ? flows.minus(row.levy).plus(row.fund_share).plus(row.area_share) : flows;
      const closing = closings.get(area) ?? zero;
      if (!closing.eq(expected)) broken.push(`${scheme} ${area}: ${yuanText(closing.minus(expected))}`);
      else if (row && decimal(row.gap).gt(0) && !closing.eq(openingOf(area).minus(row.own_surplus))) {
        broken.push(`${scheme} ${area} S−U: ${yuanText(closing.minus(openingOf(area).minus(row.own_surplus)))}`);
      }
    }
  }
  return broken;
}

/** Openings follow the closings of a closed year before; without one in the database there is nothing to hold them to. */
async function openingsFollow(db: Queryable, year: number): Promise<string[]> {
  const before = await selectOne(db, `select 1 from fund.fund_year where year = $1 and status = 'closed'`, [year - 1]);
  if (before === undefined) return [];
  return places(
    db,
    `with opening as (
       select area as entity, scheme, part, accumulated_surplus as amount from fund.opening where fund_year = $1
       union all
       select $2, scheme, 'pooled', opening_balance from fund.adjustment_fund where fund_year = $1
     ), closing as (
       select entity, scheme, part, amount from fund.closing where fund_year = $1 - 1
     )
     select concat_ws(' ', coalesce(o.entity, c.entity), coalesce(o.scheme, c.scheme), coalesce(o.part, c.part)) as place,
       coalesce(o.amount, 0) - coalesce(c.amount, 0) as difference
     from opening o full join closing c on (o.entity, o.scheme, o.part) = (c.entity, c.scheme, c.part)
     where coalesce(o.amount, 0) <> coalesce(c.amount, 0)`,
    [year, REGION],
  );
}

/** Checks that a directed budget must pass too, where they have a figure; the others it may miss (READINGS 31). */
const DIRECTED_MUST_PASS: readonly BudgetCheck['check'][] = [
  'levy_included',
  'major_illness_floor',
  'negative_amount',
  'unknown_item',
];

async function budgetsPass(db: Queryable, year: number): Promise<string[]> {
  const law = await pinnedLaw(db, year);
  const items = new Map<string, BudgetItem[]>();
  for (const item of await itemsInForce(db, year)) {
    const key = `${item.area} ${item.scheme}`;
    items.set(key, [...(items.get(key) ?? []), item]);
  }
  const broken: string[] = [];
  for (const { area, scheme, origin, version } of await budgetsInForce(db, year)) {
    // Reasons stand in the submission; amounts are those in force.
    const submitted = origin === 'submitted' ? await submittedRows(db, { year, scheme, area }, version) : [];
    const reasons = new Map(submitted.map((row) => [`${row.part}/${row.item}`, row.reason]));
    const rows = (items.get(`${area} ${scheme}`) ?? []).map(({ part, item, amount }) => ({
      part,
      item,
      amount,
      reason: reasons.get(`${part}/${item}`) ?? '',
    }));
    const failed = checkBudget(rows, await yardstickOf(db, law, { year, scheme, area }))
      .filter(({ result }) => result === 'fail')
      .filter(({ check, figure }) => origin === 'submitted' || (DIRECTED_MUST_PASS.includes(check) && figure !== ''));
    broken.push(...failed.map(({ check, figure }) => `${scheme} ${area} ${check}: ${figure}`));
  }
  return broken;
}

/** Checks every invariant of a fund year; those of a settled year only when it is settled. */
export async function checkInvariants(db: Queryable, year: number, settled: boolean): Promise<InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const { name, zh, whenSettled, check } of INVARIANTS) {
    if (whenSettled && !settled) continue;
    results.push({ name, zh, broken: await check(db, year) });
  }
  return results;
}
