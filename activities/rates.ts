/** 费率逐步调增: once a year, when the budgets have come into force and the surplus of 1 January is known. */
import { areasOf } from '../db/areas';
import type { Database, Queryable } from '../db/connect';
import { historyItems } from '../db/history';
import { insuredRows } from '../db/insured';
import { once } from '../db/once';
import { openingSurplus } from '../db/opening';
import { employerRates } from '../db/rates';
import { insertRows } from '../db/rows';
import { type RateFacts, ratesOf } from '../figures/rates';
import { actKey } from '../rules/keys';
import { bind } from './bind';
import { recordFindings } from './findings';
import { lawOf } from './law';

/** Which rates must rise, on which grounds, and to what level. */
export async function stepUpRates(
  database: Database,
  { year }: { year: number },
): Promise<{ areas: number; toBeRaised: number }> {
  return once(database, { key: actKey.ratesSteppedUp(year), input: { year } }, async (trx) => {
    const { rows, findings } = ratesOf(await rateFacts(trx, year), await lawOf(trx, year));
    await insertRows(
      trx,
      'rate_step',
      rows.map((row) => ({ fund_year: year, ...row })),
    );
    await recordFindings(trx, year, findings);
    return { areas: rows.length, toBeRaised: findings.length };
  });
}

async function rateFacts(db: Queryable, year: number): Promise<RateFacts> {
  const scheme = 'employee';
  const rateOf = await employerRates(db, year);
  const insuredIn = await insuredRows(db, year, scheme);
  const surplusOf = await openingSurplus(db, year, scheme);
  const history = await historyItems(db, year, scheme, year - 1);
  return {
    year,
    areas: (await areasOf(db, year, scheme)).map((area) => {
      const { in_service, retired } = insuredIn(area);
      return {
        area,
        employerRate: rateOf(area),
        in_service,
        retired,
        surplus: surplusOf(area),
        expenditure: history.area(area).expenditure,
      };
    }),
  };
}

export const createRateActivities = (database: Database) => bind(database, { stepUpRates });
