/** 决算: the lines of every area's fund, worked out from the books as they stand, the budgets in force and the settlement. */
import { type AccountLine, accountLines } from '../rules/final-accounts';
import { type Decimal, decimal, zero } from '../rules/money';
import { EXPENDITURE_ACCOUNTS, FUND_BALANCE } from '../rules/posting';
import { ITEM_NAMES, type Part, type Scheme, partsOf } from '../rules/vocabulary';
import { areasOfYear } from './areas';
import type { Queryable } from './connect';
import { select } from './rows';

interface PartAccounts {
  area: string;
  scheme: Scheme;
  part: Part;
  lines: AccountLine[];
}

type Amounts = Map<string, Decimal>;
/** The amounts by item, or by account, of each part of a fund. */
class ByPart {
  readonly #amounts = new Map<string, Amounts>();
  constructor(rows: readonly { area: string; scheme: string; part: string; name: string; amount: string }[]) {
    for (const { area, scheme, part, name, amount } of rows) {
      const of = `${area} ${scheme} ${part}`;
      this.#amounts.set(of, (this.#amounts.get(of) ?? new Map<string, Decimal>()).set(name, decimal(amount)));
    }
  }
  of(area: string, scheme: string, part: string): Amounts {
    return this.#amounts.get(`${area} ${scheme} ${part}`) ?? new Map<string, Decimal>();
  }
}

/** The balances of the items on 31 December; for 基金结余, of all its entries. */
async function bookedItems(db: Queryable, year: number): Promise<ByPart> {
  const items = Object.entries(ITEM_NAMES);
  return new ByPart(
    await select(
      db,
      `select l.entity as area, l.scheme, l.part, coalesce(n.item, l.account) as name,
         sum(case when l.account = any (:expenditure) then l.debit_less_credit else -l.debit_less_credit end) as amount
       from fund.ledger l
       left join unnest(:accounts::text[], :items::text[]) as n (account, item) on n.account = l.account
       where l.fund_year = :year and l.date <= make_date(:year, 12, 31) and (n.item is not null or l.account = :opening)
       group by l.entity, l.scheme, l.part, coalesce(n.item, l.account)`,
      {
        year,
        accounts: items.map(([, account]) => account),
        items: items.map(([item]) => item),
        expenditure: EXPENDITURE_ACCOUNTS,
        opening: FUND_BALANCE,
      },
    ),
  );
}

/** The items of the budgets in force on 31 December, and, for an adjusted budget, the version of the adjustment. */
async function budgetedItems(db: Queryable, year: number) {
  const rows = await select<{
    area: string;
    scheme: string;
    part: string;
    name: string;
    amount: string;
    adjustment: number | null;
  }>(
    db,
    `select area, scheme, part, item as name, amount, adjustment from fund.budget_on(:year, make_date(:year, 12, 31))`,
    { year },
  );
  const adjustments = new Map(rows.map(({ area, scheme, adjustment }) => [`${area} ${scheme}`, adjustment]));
  return {
    items: new ByPart(rows),
    adjustment: (area: string, scheme: string): number | null => adjustments.get(`${area} ${scheme}`) ?? null,
  };
}

/** The final accounts of every part of every area's fund, in the order of the areas. */
export async function finalAccounts(db: Queryable, year: number): Promise<PartAccounts[]> {
  const booked = await bookedItems(db, year);
  const budgeted = await budgetedItems(db, year);
  const levies = await db('levy').where({ fund_year: year }).select('area', 'scheme', 'levy');
  const shared = await db('sharing').where({ fund_year: year }).select('area', 'scheme', 'fund_share', 'area_share');
  const areas = await areasOfYear(db, year);
  return areas.flatMap(({ area, schemes }) =>
    schemes.flatMap((scheme) =>
      partsOf(scheme).map((part) => {
        const isOfFund = (row: { area: string; scheme: string }): boolean =>
          part === 'pooled' && row.area === area && row.scheme === scheme;
        const items = booked.of(area, scheme, part);
        const levy = levies.find(isOfFund);
        const shares = shared.find(isOfFund);
        const lines = accountLines({
          ...{ year, area, scheme, part },
          opening: items.get(FUND_BALANCE) ?? zero,
          booked: items,
          budgeted: budgeted.items.of(area, scheme, part),
          adjustment: budgeted.adjustment(area, scheme),
          levy: levy === undefined ? null : decimal(levy.levy),
          shares: shares === undefined ? null : { fund: decimal(shares.fund_share), area: decimal(shares.area_share) },
        });
        return { area, scheme, part, lines };
      }),
    ),
  );
}
