/** 财政补助: the head count of 30 June, what had arrived by 30 September, and the settlement of the year. */
import { actualItems } from '../db/actuals';
import { type BannerHeads, areasOf, bannersByArea, subsidyClasses } from '../db/areas';
import type { Database, Queryable } from '../db/connect';
import { holdYear } from '../db/fund-year';
import { insuredRows } from '../db/insured';
import { once } from '../db/once';
import { insertRows } from '../db/rows';
import { arrivedByArea, subsidyArrivals } from '../db/subsidy';
import {
  type SubsidyFacts,
  type SubsidyRow,
  type SubsidyYear,
  arrivalFindings,
  headsFindings,
  missingFindings,
  subsidyRows,
} from '../figures/subsidy';
import { dateIn } from '../rules/calendar-day';
import { actKey } from '../rules/keys';
import { decimal, sum, yuanText, zero } from '../rules/money';
import { agreeWithBank } from './agreement';
import { bind } from './bind';
import { recordFindings } from './findings';
import { lawOf } from './law';

/** 参保人数核定: the banners' heads against the area's own count; the banners' count prevails, and a difference is a finding. */
export async function countHeads(database: Database, { year }: { year: number }): Promise<{ differing: number }> {
  return once(database, { key: actKey.headsCounted(year), input: { year } }, async (trx) => {
    const headsOf = await headsByArea(trx, year);
    const insuredOf = await insuredRows(trx, year, 'resident');
    const findings = (await areasOf(trx, year, 'resident')).flatMap((area) =>
      headsFindings({ area, banners: headsOf(area), insured: insuredOf(area).insured }, year),
    );
    await recordFindings(trx, year, findings);
    return { differing: findings.length };
  });
}

/** 补助到位检查: one finding for each area and level of which something had not arrived by 30 September. */
export async function checkSubsidyArrival(
  database: Database,
  { year, date }: { year: number; date: string },
): Promise<{ findings: number; missing: string }> {
  return once(database, { key: actKey.subsidyArrived(year), input: { year, date } }, async (trx) => {
    const of = { year, arrivedBy: date };
    const late = missingFindings(await allSubsidyRows(trx, of), of);
    await recordFindings(
      trx,
      year,
      late.map(({ finding }) => finding),
    );
    return { findings: late.length, missing: yuanText(sum(late.map(({ missing }) => missing))) };
  });
}

interface SubsidySettled {
  rows: number;
  settlement: string; // yuan
  /** Differences of books and bank that nobody has been asked about yet; left out where there are none. */
  differences?: number;
}

/** 补助结算: due, arrived, missing and the signed settlement; arrivals are evidence, income is in the actuals. */
export async function settleSubsidy(database: Database, subsidyYear: SubsidyYear): Promise<SubsidySettled> {
  const { year, arrivedBy } = subsidyYear;
  return once(database, { key: actKey.subsidySettled(year), input: { year, arrivedBy } }, async (trx) => {
    const rows = await allSubsidyRows(trx, subsidyYear);
    await insertRows(
      trx,
      'subsidy',
      rows.map(({ area, banner, level, due, arrived, missing, settlement }) => ({
        fund_year: year,
        area,
        banner,
        level,
        due: yuanText(due.value),
        arrived: yuanText(arrived.value),
        missing: yuanText(missing.value),
        settlement: yuanText(settlement.value),
        because: {
          due: due.because,
          arrived: arrived.because,
          missing: missing.because,
          settlement: settlement.because,
        },
      })),
    );
    const arrivedIn = await arrivedByArea(trx, year);
    const actuals = await actualItems(trx, year, 'resident');
    const findings = (await areasOf(trx, year, 'resident')).flatMap((area) =>
      arrivalFindings({ area, arrived: arrivedIn(area), booked: actuals.area(area).of('fiscal_subsidy') }, year),
    );
    await recordFindings(trx, year, findings);
    // The final accounts are filed today: the books of the whole year are compared with the bank once more.
    await holdYear(trx, year);
    const differences = await agreeWithBank(trx, year, dateIn(year, '12-31'));
    return {
      ...{ rows: rows.length, settlement: yuanText(sum(rows.map(({ settlement }) => settlement.value))) },
      ...(differences > 0 ? { differences } : {}),
    };
  });
}

/** Heads of an area by banner; without banners those of `insured.csv`, whose remainder the league bears wholly. */
async function headsByArea(db: Queryable, year: number): Promise<(area: string) => BannerHeads[]> {
  const insuredOf = await insuredRows(db, year, 'resident');
  const bannersOf = await bannersByArea(db, year);
  return (area) => {
    const banners = bannersOf(area);
    if (banners.length > 0) return banners;
    return [{ banner: '', heads: insuredOf(area).insured ?? zero, league_share: decimal('1') }];
  };
}

async function allSubsidyRows(db: Queryable, of: SubsidyYear): Promise<SubsidyRow[]> {
  const { year, arrivedBy } = of;
  const law = await lawOf(db, year);
  const classOf = await subsidyClasses(db, year);
  const headsOf = await headsByArea(db, year);
  const arrivedOf = await subsidyArrivals(db, year, arrivedBy);
  return (await areasOf(db, year, 'resident')).flatMap((area) => {
    const arrivals: SubsidyFacts['arrivals'] = (level, banner) => arrivedOf(area, level, banner);
    return subsidyRows({ area, subsidyClass: classOf(area), banners: headsOf(area), arrivals }, law, of);
  });
}

export const createSubsidyActivities = (database: Database) =>
  bind(database, { countHeads, checkSubsidyArrival, settleSubsidy });
