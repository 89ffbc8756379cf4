/** Which steps of a fund year are done, and what is missing of those that are not. */
import { actKey, actsOfYear, chainKey, collectionId, filesOfStep } from '../rules/keys';
import type { TaskKind } from '../rules/decisions';
import { SCHEMES, type Scheme } from '../rules/vocabulary';
import { areasOfYear } from './areas';
import type { Queryable, Transaction } from './connect';
import { holdYear } from './fund-year';
import { select } from './rows';

/** A step of the year: the act that completes it, for an area, for a scheme or for all at once, and the schemes that have it. */
interface Step {
  act: (year: number, scheme: Scheme, area: string) => string;
  schemes: readonly Scheme[] | 'in phase';
}

/** Whoever waits for a step of the year, or checks whether its date has passed, asks for the act that is named here. */
const STEPS = {
  collection_term: { act: (year) => actKey.collectionOpened(year), schemes: ['resident'] },
  levy_estimate: { act: (year, scheme) => actKey.levyEstimated(year, scheme), schemes: 'in phase' },
  budget: { act: (year, scheme, area) => actKey.budgetInForce(year, scheme, area), schemes: SCHEMES },
  collection: { act: (year, _scheme, area) => actKey.collectionReconciled(year, area), schemes: ['resident'] },
  subsidy: { act: (year) => actKey.subsidySettled(year), schemes: ['resident'] },
  clearing: { act: (year, scheme, area) => actKey.clearingInForce(year, scheme, area), schemes: SCHEMES },
  sharing: { act: (year, scheme) => actKey.gapsShared(year, scheme), schemes: 'in phase' },
  settlement: { act: (year, scheme) => actKey.settlementPaid(year, scheme), schemes: 'in phase' },
} as const satisfies Record<string, Step>;
const checkOf = (month: number): Step => ({ act: (year) => actKey.monthChecked(year, month), schemes: SCHEMES });

/** The places whose act is not done. */
async function undone<Place>(db: Queryable, places: readonly Place[], act: (place: Place) => string): Promise<Place[]> {
  const keys = [...new Set(places.map(act))];
  const rows = await select<{ key: string }>(db, 'select key from fund.act where key = any (:keys)', { keys });
  const done = new Set(rows.map(({ key }) => key));
  return places.filter((place) => !done.has(act(place)));
}

/** An area with a scheme of its own, for which a step is not done. */
export interface Missing {
  area: string;
  name: string;
  scheme: Scheme;
}

async function placesOf(db: Queryable, year: number, schemes: readonly Scheme[]): Promise<Missing[]> {
  const areas = await areasOfYear(db, year);
  return areas.flatMap(({ area, name, schemes: own }) =>
    schemes.filter((scheme) => own.includes(scheme)).map((scheme) => ({ area, name, scheme })),
  );
}

/** The areas and schemes of a year that a step is not done for; `inPhase` are the schemes whose adjustment fund has begun. */
async function missing(
  db: Queryable,
  year: number,
  { act, schemes }: Step,
  inPhase: readonly Scheme[] = [],
): Promise<Missing[]> {
  const places = await placesOf(db, year, schemes === 'in phase' ? inPhase : schemes);
  return undone(db, places, ({ area, scheme }) => act(year, scheme, area));
}

/** A step whose result the calendar sets a date for. */
export type DatedResult = Exclude<keyof typeof STEPS, 'clearing' | 'settlement'>;

export const missingResults = (
  db: Queryable,
  year: number,
  result: DatedResult,
  inPhase: readonly Scheme[],
): Promise<Missing[]> => missing(db, year, STEPS[result], inPhase);

/** The areas and schemes of a year that a month's check is missing for. */
export const missingChecks = (db: Queryable, year: number, month: number): Promise<Missing[]> =>
  missing(db, year, checkOf(month));

/** The kinds of work that may be left in a part of a year. */
export type LeftWork =
  'budget' | 'reconciliation' | 'december check' | 'unknown area' | 'subsidy' | 'clearing' | 'settlement' | 'method';

export interface Left {
  work: LeftWork;
  name: string | null; // of the area
  scheme: Scheme | null;
  /** What the area has not reported yet, where the work waits for that. */
  files?: readonly string[];
}

const REGION_WIDE = { name: null, scheme: null };

/** The workflows whose tasks of a kind are not all done yet. */
async function workflowsWithOpenTask(db: Queryable, year: number, kind: TaskKind): Promise<ReadonlySet<string>> {
  const rows = await db('task').where({ fund_year: year, kind, state: 'open' }).select('workflow_id');
  return new Set(rows.map(({ workflow_id }) => workflow_id));
}

/** The files that budgets still wait for, by area and scheme. */
async function filesOfBudgets(db: Queryable, year: number): Promise<(area: string, scheme: Scheme) => string[]> {
  const rows = await select<{ of_area: string; of_scheme: Scheme; file: string }>(
    db,
    `select of_area, of_scheme, figures->>'文件' as file from fund.task
     where fund_year = :year and kind = 'import' and state = 'open' and starts_with(chain, :budgets) order by file`,
    { year, budgets: filesOfStep({ year, step: 'budget' }) },
  );
  return (area, scheme) =>
    rows.filter((row) => row.of_area === area && row.of_scheme === scheme).map(({ file }) => file);
}

/**
 * 年度清算: the funds with units that have no clearing in force. The gap of a fund is judged together with what it still owes them.
 */
async function clearingsOpen(db: Queryable, year: number): Promise<Left[]> {
  const funds = await select<Missing>(
    db,
    `select a.area, a.name_zh as name, u.scheme
     from (select distinct fund_year, area, scheme from fund.payment_unit where fund_year = :year) u
     join fund.area a using (fund_year, area) order by a.area collate "C", u.scheme`,
    { year },
  );
  const open = await undone(db, funds, ({ area, scheme }) => STEPS.clearing.act(year, scheme, area));
  return open.map(({ name, scheme }) => ({ work: 'clearing', name, scheme }));
}

/** The work left in a part of a year, by area or by scheme where it is done separately for each. */
const LEFT = {
  budgets: async (db: Queryable, year: number): Promise<Left[]> => {
    const files = await filesOfBudgets(db, year);
    const places = await missing(db, year, STEPS.budget);
    return places.map(({ area, name, scheme }) => ({ work: 'budget', name, scheme, files: files(area, scheme) }));
  },

  // A collection is done when it is reconciled and every difference is accepted.
  collections: async (db: Queryable, year: number): Promise<Left[]> => {
    const unaccepted = await workflowsWithOpenTask(db, year, 'accept_finding');
    const open = new Set((await missing(db, year, STEPS.collection)).map(({ area }) => area));
    return (await placesOf(db, year, STEPS.collection.schemes))
      .filter(({ area }) => open.has(area) || unaccepted.has(collectionId(year, area)))
      .map((place) => ({ work: 'reconciliation', ...place }));
  },

  // The final accounts: twelve months checked, every collection reconciled, the subsidy settled, all units cleared.
  accounts: async (db: Queryable, year: number): Promise<Left[]> => {
    const steps: (Left & { key: string })[] = [
      { work: 'december check', ...REGION_WIDE, key: actKey.monthChecked(year, 12) },
      { work: 'unknown area', ...REGION_WIDE, key: actKey.unknownAreaReconciled(year) },
      { work: 'subsidy', ...REGION_WIDE, key: STEPS.subsidy.act(year) },
    ];
    return [...(await undone(db, steps, ({ key }) => key)), ...(await clearingsOpen(db, year))];
  },

  adjustments: async (db: Queryable, year: number): Promise<Left[]> => {
    const estimated = await db('levy_estimate').where({ fund_year: year }).distinct('scheme');
    const unpaid = await undone(db, estimated, ({ scheme }) => STEPS.settlement.act(year, scheme));
    const method = await workflowsWithOpenTask(db, year, 'record_method');
    return [
      ...unpaid.map(({ scheme }): Left => ({ work: 'settlement', name: null, scheme })),
      ...(method.size > 0 ? [{ work: 'method', ...REGION_WIDE } as const] : []),
      ...(await clearingsOpen(db, year)),
    ];
  },
};
export type PartOfYear = keyof typeof LEFT;

/** What is left in a part of a year. */
export const leftOf = (db: Queryable, year: number, part: PartOfYear): Promise<Left[]> => LEFT[part](db, year);

/** The keys of the acts that are done in a year. */
export async function doneActs(db: Queryable, year: number): Promise<ReadonlySet<string>> {
  const rows = await select<{ key: string }>(db, `select key from fund.act where starts_with(key, :prefix)`, {
    prefix: actsOfYear(year),
  });
  return new Set(rows.map(({ key }) => key));
}

/**
 * Whether the openings of a year are booked. The year stays locked until the transaction ends, so that they are not booked
 * meanwhile.
 */
export async function haveBooksOpened(trx: Transaction, fundYear: number): Promise<boolean> {
  await holdYear(trx, fundYear);
  const opened = await trx('act')
    .where({ key: actKey.booksOpened(fundYear) })
    .first('key');
  return opened !== undefined;
}

/**
 * Workflows of a year to which new files may matter: the year itself, its collections, and those that wait for a file or about bank
 * differences.
 */
export async function workflowsToNotify(db: Queryable, year: number): Promise<string[]> {
  const rows = await select<{ id: string; area: null } | { id: null; area: string }>(
    db,
    `select workflow_id as id, null as area from fund.fund_year where year = :year and workflow_id is not null
     union select workflow_id, null from fund.task where fund_year = :year and state = 'open'
       and (kind = 'import' or kind = 'accept_finding' and starts_with(chain, workflow_id || :differences))
     union
     select null, a.area from fund.area a
     where a.fund_year = :year and 'resident' = any (a.schemes)
       and exists (select from fund.act where key = :collectionOpened)
       and not exists (select from fund.collection c where (c.fund_year, c.area) = (a.fund_year, a.area::text))`,
    { year, collectionOpened: actKey.collectionOpened(year), differences: chainKey.differences('') },
  );
  return [...new Set(rows.map(({ id, area }) => id ?? collectionId(year, area)))];
}
