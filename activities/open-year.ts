/** 年度启动: one cycle per fund year, its values of law pinned, its standards published, skipped steps named. */
import { Law } from '../parameters/law';
import type { LawName } from '../parameters/law-name';
import { type Database, type Transaction, inTransaction } from '../db/connect';
import { once } from '../db/once';
import { insertRows } from '../db/rows';
import { areaPlans, hasAreas } from '../db/areas';
import { type YearClaim, claimYear, lockYear } from '../db/fund-year';
import { overridesOf, pinnedParameters } from '../db/parameters';
import { openChain } from '../db/tasks';
import {
  type Calendar,
  type Override,
  type ParameterInForce,
  ParameterSet,
  STANDARD_SOURCES,
  allInForce,
  calendarOf,
  isSimulation,
  lawFaultText,
  lawFaults,
} from '../parameters';
import { type Decimal, decimal, yuanText } from '../rules/money';
import { PUBLISHED_STANDARDS } from '../rules/published-standards';
import { type Given, explain } from '../rules/rule';
import { SCHEMES, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';

export interface AreaPlan {
  area: string;
  name: string; // Chinese
  schemes: Scheme[];
  byPerson: boolean; // residents with a roll or payments of their own
}
/** What a workflow needs to know of its year: dates, areas, phases. No figure. */
export interface YearPlan {
  outcome: 'opened';
  year: number;
  live: boolean;
  calendar: Calendar;
  areas: AreaPlan[];
  phases: Record<Scheme, boolean>;
  skipped: { step: string; scheme: Scheme; reason: string }[];
  simulation: boolean;
  /** Values of law that the pack itself sets. */
  overridden: string[];
  /** A 三（一）第一阶段: this cycle records the region's adjustment-fund method. */
  recordsMethod: boolean;
}
export type Opening =
  | YearPlan
  | { outcome: 'not imported' }
  | { outcome: 'law incomplete'; live: boolean; faults: string[] }
  /** A live year that waits for its first files. */
  | { outcome: 'no areas yet'; live: true }
  | { outcome: 'already'; workflowId: string; status: string };

/** The steps that a scheme's adjustment fund takes, and that are skipped by name before its phase (READINGS 4). */
const PHASE_STEPS = ['prepayment', 'true_up', 'sharing'] as const;

export const createOpeningActivities = (pool: Database) => ({
  /**
   * Claims the year for this workflow, for ever, and opens it. Another workflow that comes later, whatever started it,
   * is told which one runs the cycle. While a value of law is missing, has expired or is told twice, the year cannot start:
   * nothing is claimed and nothing stored, and each such value is named with its article.
   */
  async openYear(claim: YearClaim): Promise<Opening> {
    return inTransaction(pool, async (trx): Promise<Opening> => {
      const row = await lockYear(trx, claim.year);
      if (row === undefined) return { outcome: 'not imported' };
      if (row.workflow_id !== null && row.first_run_id !== claim.firstRunId) {
        return { outcome: 'already', workflowId: row.workflow_id, status: row.status };
      }
      const live = row.mode === 'live';
      const overrides = await overridesOf(trx, claim.year);
      // A year that was opened keeps the values that were pinned then, whatever the book says by now.
      const before = await pinnedParameters(trx, claim.year);
      if (before.length > 0) return planOf(trx, claim.year, { overrides, pinned: before }, live);
      const faults = lawFaults(claim.year, overrides).map((fault) => lawFaultText(fault, claim.year));
      if (faults.length > 0) return { outcome: 'law incomplete', live, faults };
      const values = { overrides, pinned: allInForce(claim.year, overrides) };
      // A live year is claimed on its first day, and opened when it has areas.
      if (row.workflow_id === null) await claimYear(trx, claim, isSimulation(values.pinned));
      if (live && !(await hasAreas(trx, claim.year))) return { outcome: 'no areas yet', live };
      const plan = await planOf(trx, claim.year, values, live);
      await publish(trx, plan, values);
      return plan;
    });
  },

  /** 调剂金管理办法: opens the wait for the document that decides the levy and share values (A 三（一）第一阶段). */
  async requestMethod(of: { year: number; workflowId: string; dueOn: string }): Promise<{ chain: string }> {
    return once(pool, { key: `${of.workflowId}/method`, input: of }, async (trx) => {
      const chain = `${of.workflowId}/method`;
      await openChain(trx, {
        fundYear: of.year,
        chain,
        workflowId: of.workflowId,
        kind: 'record_method',
        area: null,
        scheme: null,
        subject: '登记基本医保自治区级调剂金管理办法文号（A 三（一）第一阶段）；尚无文件时登记为模拟测算',
        figures: { year: of.year },
        dueOn: of.dueOn,
        roles: ['region_government'],
      });
      return { chain };
    });
  },
});

interface Values {
  overrides: Readonly<Record<string, Override>>;
  pinned: ParameterInForce[];
}

async function planOf(trx: Transaction, year: number, { overrides, pinned }: Values, live: boolean): Promise<YearPlan> {
  const areas = await areaPlans(trx, year);
  const law = new ParameterSet(pinned);
  const startYear = (scheme: Scheme): string => law.text(`levy.start_year.${scheme}`);
  const phases = Object.fromEntries(SCHEMES.map((scheme) => [scheme, String(year) >= startYear(scheme)])) as Record<
    Scheme,
    boolean
  >;
  const skipped = SCHEMES.filter(
    (scheme) => !phases[scheme] && areas.some((area) => area.schemes.includes(scheme)),
  ).flatMap((scheme) =>
    PHASE_STEPS.map((step) => ({
      step,
      scheme,
      reason: `${SCHEME_NAMES[scheme]}调剂金自 ${startYear(scheme)} 年度起实施（A 三）；the ${scheme} adjustment fund starts in fund year ${startYear(scheme)}`,
    })),
  );
  return {
    outcome: 'opened',
    year,
    live,
    calendar: calendarOf(year),
    areas: areas.map(({ area, name, schemes, by_person }) => ({ area, name, schemes, byPerson: by_person ?? false })),
    phases,
    skipped,
    simulation: isSimulation(pinned),
    overridden: Object.keys(overrides).sort(),
    recordsMethod: law.text('method.year') === String(year),
  };
}

/** Pins the values of law and publishes what follows from them. */
async function publish(trx: Transaction, { year, skipped }: YearPlan, { pinned }: Values): Promise<void> {
  await insertRows(
    trx,
    'parameter_in_force',
    pinned.map((parameter) => ({ fund_year: year, ...parameter })),
  );
  await insertRows(trx, 'published_standard', standardsOf(new Law(new ParameterSet(pinned)), year));
  await insertRows(
    trx,
    'skipped_step',
    skipped.map((step) => ({ fund_year: year, ...step })),
  );
}

function standardsOf(law: Law, year: number) {
  const given = (name: LawName): Given<Decimal> => ({ value: decimal(law.text(name)), from: law.source(name) });
  return Object.entries(PUBLISHED_STANDARDS).map(([name, published]) => {
    const [factor, statistic] = STANDARD_SOURCES[name as keyof typeof PUBLISHED_STANDARDS];
    const { value, because } = explain(published, { factor: given(factor), statistic: given(statistic) });
    return { fund_year: year, name, amount: yuanText(value), because: { amount: because } };
  });
}
