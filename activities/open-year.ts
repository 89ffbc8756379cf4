/** 年度启动: one cycle per fund year, its values of law pinned, its standards published, skipped steps named. */
import { type AdjustmentPlan, adjustmentPlans } from '../db/adjustments';
import { areasOfYear, hasAreas, personAreas } from '../db/areas';
import { type Database, type Transaction, inTransaction } from '../db/connect';
import { type YearClaim, type YearStatus, claimYear, lockYear } from '../db/fund-year';
import { once } from '../db/once';
import { overridesOf, pinnedParameters } from '../db/parameters';
import type { BoundChain } from '../db/reopened';
import { insertRows } from '../db/rows';
import { openChain } from '../db/tasks';
import { publishedStandards } from '../figures/published-standards';
import {
  type Calendar,
  type Override,
  type ParameterInForce,
  ParameterSet,
  allInForce,
  calendarOf,
  cycleStartOf,
  isSimulation,
  lawFaultText,
  lawFaults,
} from '../parameters';
import { Law } from '../parameters/law';
import { isInPhase, startYearName } from '../parameters/phase';
import { actKey, chainKey, methodId } from '../rules/keys';
import { SCHEMES, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { bind } from './bind';
import { NOTHING_LEFT, type Renewal } from './renewal';

export interface AreaPlan {
  area: string;
  name: string; // Chinese
  schemes: Scheme[];
  byPerson: boolean; // residents with a roll or payments of their own
}
interface SkippedStep {
  step: (typeof PHASE_STEPS)[number];
  scheme: Scheme;
  reason: string;
}
/** What a workflow needs to know of its year: dates, areas, phases. No figure. */
export interface YearPlan {
  outcome: 'opened';
  year: number;
  live: boolean;
  calendar: Calendar;
  areas: AreaPlan[];
  phases: Record<Scheme, boolean>;
  skipped: SkippedStep[];
  simulation: boolean;
  /** Values of law that the pack itself sets. */
  overridden: string[];
  /** Of a run: the budgets that its areas adjust within the year. */
  adjustments?: AdjustmentPlan[];
  /** A 三（一）第一阶段: this cycle records the region's adjustment-fund method. */
  recordsMethod: boolean;
}
export type Opening =
  | YearPlan
  | { outcome: 'not imported' }
  | { outcome: 'law incomplete'; live: boolean; faults: string[]; cycleStart: string }
  /** A live year that waits for its first files. */
  | { outcome: 'no areas yet'; live: true; cycleStart: string }
  | { outcome: 'already'; workflowId: string; status: YearStatus };

/** The steps that a scheme's adjustment fund takes, and that are skipped by name before its phase (READINGS 4). */
const PHASE_STEPS = ['prepayment', 'true_up', 'sharing'] as const;

/**
 * Claims the year for this workflow, for good, and opens it. Any other workflow, whatever started it, learns which one runs the
 * cycle. While a value of law is missing, has expired or is given twice, the year cannot start: nothing is claimed or stored,
 * and each such value is named with its article.
 */
export async function openYear(database: Database, claim: YearClaim): Promise<Opening> {
  return inTransaction(database, async (trx): Promise<Opening> => {
    const row = await lockYear(trx, claim.year);
    if (row === undefined) return { outcome: 'not imported' };
    if (row.status === 'abandoned' || (row.workflow_id !== null && row.first_run_id !== claim.firstRunId)) {
      return { outcome: 'already', workflowId: row.workflow_id ?? claim.workflowId, status: row.status };
    }
    const live = row.mode === 'live';
    const overrides = await overridesOf(trx, claim.year);
    // A year that is open keeps the values that were pinned then, whatever the defaults are by now.
    const pinnedBefore = await pinnedParameters(trx, claim.year);
    if (pinnedBefore.length > 0) return planOf(trx, claim.year, { overrides, pinned: pinnedBefore }, live);
    const cycleStart = cycleStartOf(claim.year);
    const faults = lawFaults(claim.year, overrides).map((fault) => lawFaultText(fault, claim.year));
    if (faults.length > 0) return { outcome: 'law incomplete', live, faults, cycleStart };
    const values = { overrides, pinned: allInForce(claim.year, overrides) };
    // A live year is claimed on its first day, and opened when it has areas.
    if (row.workflow_id === null) await claimYear(trx, claim, isSimulation(values.pinned));
    if (live && !(await hasAreas(trx, claim.year))) return { outcome: 'no areas yet', live, cycleStart };
    const plan = await planOf(trx, claim.year, values, live);
    await publish(trx, plan, values);
    return plan;
  });
}

interface Values {
  overrides: Readonly<Record<string, Override>>;
  pinned: ParameterInForce[];
}

async function planOf(trx: Transaction, year: number, { overrides, pinned }: Values, live: boolean): Promise<YearPlan> {
  const areas = await areasOfYear(trx, year);
  const byPerson = await personAreas(trx, year);
  const law = new ParameterSet(pinned);
  const startYears = Object.fromEntries(SCHEMES.map((scheme) => [scheme, law.text(startYearName(scheme))])) as Record<
    Scheme,
    string
  >;
  const phases = Object.fromEntries(SCHEMES.map((scheme) => [scheme, isInPhase(year, startYears[scheme])])) as Record<
    Scheme,
    boolean
  >;
  const waiting = SCHEMES.filter((scheme) => !phases[scheme] && areas.some(({ schemes }) => schemes.includes(scheme)));
  return {
    outcome: 'opened',
    year,
    live,
    calendar: calendarOf(year),
    areas: areas.map(({ area, name, schemes }) => ({ area, name, schemes, byPerson: byPerson.has(area) })),
    phases,
    skipped: waiting.flatMap((scheme) => skippedSteps(scheme, startYears[scheme])),
    simulation: isSimulation(pinned),
    overridden: Object.keys(overrides).sort(),
    adjustments: live ? [] : await adjustmentPlans(trx, year),
    recordsMethod: law.text('method.year') === String(year),
  };
}

const skippedSteps = (scheme: Scheme, startYear: string): SkippedStep[] =>
  PHASE_STEPS.map((step) => ({
    step,
    scheme,
    reason: `${SCHEME_NAMES[scheme]}调剂金自 ${startYear} 年度起实施（A 三）；the ${scheme} adjustment fund starts in fund year ${startYear}`,
  }));

/** Pins the values of law and publishes what follows from them. */
async function publish(trx: Transaction, { year, skipped }: YearPlan, { pinned }: Values): Promise<void> {
  await insertRows(
    trx,
    'parameter_in_force',
    pinned.map((parameter) => ({ fund_year: year, ...parameter })),
  );
  await insertRows(trx, 'published_standard', publishedStandards(new Law(new ParameterSet(pinned)), year));
  await insertRows(
    trx,
    'skipped_step',
    skipped.map((step) => ({ fund_year: year, ...step })),
  );
}

/**
 * 调剂金管理办法: opens the wait for the document that decides the levy and share values (A 三（一）第一阶段). With a scheme, it is the
 * wait that holds back the payments of its adjustment fund.
 */
export async function requestMethod(
  database: Database,
  input: { year: number; workflowId: string; dueOn: string; scheme: Scheme | null },
): Promise<{ chain: string }> {
  const { year, workflowId, dueOn, scheme } = input;
  return once(database, { key: actKey.methodRequested(workflowId), input }, async (trx) => {
    const chain = chainKey.method(workflowId);
    await openChain(trx, {
      fundYear: year,
      chain,
      workflowId,
      kind: 'record_method',
      area: null,
      scheme,
      subject:
        scheme === null
          ? `登记 ${year} 年基本医保自治区级调剂金管理办法文号（A 三（一）第一阶段）；尚无文件时登记为模拟测算`
          : `登记 ${year} 年${SCHEME_NAMES[scheme]}调剂金管理办法文号：登记前不预缴、不拨付`,
      figures: { year },
      dueOn,
      roles: ['region_government'],
    });
    return { chain };
  });
}

/**
 * Every value of levy and sharing is decided by its own document now: nothing is left that the method would decide. The cycle of the
 * method's year records it all the same.
 */
export async function renewMethod(trx: Transaction, { year, workflowId }: BoundChain): Promise<Renewal | null> {
  if (isSimulation(await pinnedParameters(trx, year)) || workflowId === methodId(year)) return null;
  return NOTHING_LEFT;
}

export const createOpeningActivities = (database: Database) => bind(database, { openYear, requestMethod });
