/** 预算编制: estimate, submission and checks, approvals, the directed budget, and coming into force. */
import type { Pool } from 'pg';
import { yardstickOf } from '../audit/yardstick';
import type { Queryable, Transaction } from '../db/connect';
import { areaHistory, estimateItems, prepaidLevy, submittedRows, targetInsured } from '../db/inputs';
import { hashOf, once } from '../db/once';
import { insertRows, select, selectOne } from '../db/rows';
import { type Act, openChain, recordDecision, voidChain } from '../db/tasks';
import {
  type BudgetCheck,
  CHECKS,
  REMEDIES,
  type SubmittedRow,
  checkBudget,
  isApprovable,
  isKnown,
  pooledTotals,
} from '../rules/budget-checks';
import { majorIllnessEstimate, perHeadEstimate, trendEstimate } from '../rules/budget-estimate';
import { DIRECTED, type DirectedBudget, directBudget } from '../rules/directed-budget';
import { type Decimal, decimal, sum, yuanText, zero } from '../rules/money';
import { REGION_SUMMARY, regionSummary } from '../rules/region-budget';
import { type Because, type Explained, type Given, explain } from '../rules/rule';
import {
  type Item,
  LEVEL_ITEMS,
  OWN_INCOME,
  type Part,
  SCHEME_NAMES,
  type Scheme,
  itemsOf,
  partsOf,
} from '../rules/vocabulary';
import { recordFindings } from './findings';
import { type Law, lawOf } from '../audit/law';

export interface BudgetOf {
  year: number;
  scheme: Scheme;
  area: string;
}
/** A budget and the workflow that compiles it. */
export interface Compilation extends BudgetOf {
  workflowId: string;
  deadline: string; // 31 December of Y−1
}
export interface SubmissionReceipt {
  approvable: boolean;
  version: number;
  surplus: string; // yuan; negative: the gap that a returned version must close
  failed: string[];
  remedies: readonly string[];
}

const keyOf = ({ year, scheme, area }: BudgetOf): string => `fund-year-${year}/budget/${scheme}/${area}`;
const titleOf = ({ year, scheme, area }: BudgetOf): string => `${area} ${SCHEME_NAMES[scheme]} ${year} 年度预算`;
/** One attempt at a budget: its submission and approvals, so that no person acts for two links of it. */
export const attemptChain = (workflowId: string, attempt: number): string => `${workflowId}/${attempt}`;

/** Everything the estimate of one area reads. */
async function estimateOf(db: Queryable, law: Law, { year, scheme, area }: BudgetOf) {
  const band = law.given('budget.growth_band');
  const target = {
    value: (await targetInsured(db, year, scheme, area)) ?? zero,
    from: { rows: 'insured.csv', of: { area, scheme, year, column: 'target_insured' } },
  };
  const prepaid = await prepaidOf(db, { year, scheme, area });
  const rows: { part: Part; item: Item; estimate: Explained<Decimal> }[] = [];
  for (const part of partsOf(scheme)) {
    const history = await areaHistory(db, year, scheme, area, part);
    const past = (item: Item, back: number): Given<Decimal> => ({
      value: history(year - back, item),
      from: { rows: 'history.csv', of: { area, scheme, part, year: year - back, item } },
    });
    const trend = (item: Item) =>
      explain(trendEstimate, { h3: past(item, 3), h2: past(item, 2), h1: past(item, 1), band });
    const perHead = (standard: string) =>
      explain(perHeadEstimate, { target_insured: target, standard: law.given(standard) });
    for (const item of itemsOf(scheme)) {
      if (LEVEL_ITEMS.includes(item)) {
        rows.push({ part, item, estimate: item === 'levy_to_superior' && part === 'pooled' ? prepaid : nothing(item) });
      } else if (scheme === 'resident' && item === 'premium') {
        rows.push({ part, item, estimate: perHead(law.nameFor(`collection.individual.${year}`, area)) });
      } else if (scheme === 'resident' && item === 'fiscal_subsidy') {
        rows.push({ part, item, estimate: perHead(`subsidy.standard.${year}`) });
      } else {
        rows.push({ part, item, estimate: trend(item) });
      }
    }
  }
  return scheme === 'resident' ? withMajorIllness(rows, law, { year, scheme, area }) : rows;
}

type EstimateRow = { part: Part; item: Item; estimate: Explained<Decimal> };

/** 大病保险 rests on the estimate's own income, so it comes last. */
function withMajorIllness(rows: EstimateRow[], law: Law, { scheme, area }: BudgetOf): EstimateRow[] {
  const income = sum(rows.filter(({ item }) => OWN_INCOME.includes(item)).map(({ estimate }) => estimate.value));
  return rows.map((row) => {
    if (row.item !== 'major_illness') return row;
    const estimate = explain(majorIllnessEstimate, {
      trend: {
        value: row.estimate.value,
        from: { figure: 'budget_estimate.trend', of: { scheme, area, item: row.item } },
      },
      floor_rate: law.given('budget.major_illness_floor'),
      income: { value: income, from: { figure: 'budget_estimate.income', of: { scheme, area } } },
    });
    const trendInputs = Object.entries(row.estimate.because.inputs).map(([name, input]) => [`trend.${name}`, input]);
    return {
      ...row,
      estimate: {
        ...estimate,
        because: { ...estimate.because, inputs: { ...estimate.because.inputs, ...Object.fromEntries(trendInputs) } },
      },
    };
  });
}

const nothing = (item: Item): Explained<Decimal> => ({
  value: zero,
  because: {
    article: 'RULES 6：上下级往来科目除上解外不测算',
    formula: '0',
    inputs: { item: { value: item, from: { rows: 'RULES 6', of: {} } } },
  },
});

/** The levy an area prepays; 0 before the scheme's phase. */
async function prepaidOf(db: Queryable, { year, scheme, area }: BudgetOf): Promise<Explained<Decimal>> {
  const value = await prepaidLevy(db, year, scheme, area);
  const prepaid = { value: yuanText(value), from: { figure: 'levy.prepaid', of: { scheme, area } } };
  return { value, because: { article: 'A(六) 上解', formula: 'prepaid', inputs: { prepaid } } };
}

/** What a check's figure rests on: the version's lines, the estimate, and the limits of law. */
function checkBecause({ check }: BudgetCheck, of: BudgetOf, version: number, law: Law): Because {
  const { scheme, area, year } = of;
  const limits = {
    slight_surplus: 'budget.slight_surplus',
    deviation: 'budget.deviation',
    major_illness_floor: 'budget.major_illness_floor',
    subsidy_equals_due: `subsidy.standard.${year}`,
  } as Partial<Record<typeof check, string>>;
  const limit = limits[check];
  return {
    ...CHECKS[check],
    inputs: {
      rows: { from: { rows: 'budget_submissions.csv', of: { area, scheme, year, version } } },
      estimate: { from: { figure: 'budget_estimate.amount', of: { scheme, area } } },
      ...(limit === undefined ? {} : { limit: { value: law.given(limit).value.toFixed(), from: law.source(limit) } }),
    },
  };
}

/** Runs the checks of a version, stores them and says whether it may be approved. */
async function checkVersion(trx: Transaction, of: BudgetOf, version: number) {
  const law = await lawOf(trx, of.year);
  const rows = await submittedRows(trx, of.year, of.scheme, of.area, version);
  const checks = checkBudget(rows, await yardstickOf(trx, of));
  await insertRows(
    trx,
    'budget_check',
    checks.map((one) => ({
      fund_year: of.year,
      area: of.area,
      scheme: of.scheme,
      version,
      ...one,
      because: checkBecause(one, of, version, law),
    })),
  );
  return { rows, checks };
}

export const createBudgetActivities = (pool: Pool) => ({
  /** 系统测算: version 0, with the reason of every item; opens the wait for the area's submission. */
  async estimateBudget(of: Compilation): Promise<{ income: string; expenditure: string; levy: string }> {
    return once(pool, { key: `${keyOf(of)}/estimate`, input: of }, async (trx) => {
      const rows = await estimateOf(trx, await lawOf(trx, of.year), of);
      await insertRows(
        trx,
        'budget_estimate',
        rows.map(({ part, item, estimate }) => ({
          fund_year: of.year,
          area: of.area,
          scheme: of.scheme,
          part,
          item,
          amount: yuanText(estimate.value),
          because: estimate.because,
        })),
      );
      const totals = pooledTotals(
        rows.map(({ part, item, estimate }) => ({ part, item, amount: estimate.value, reason: '' })),
        of.scheme,
      );
      const figures = {
        income: yuanText(totals.income),
        expenditure: yuanText(totals.expenditure),
        levy: yuanText(totals.levy),
      };
      await openSubmission(trx, of, 1, figures);
      return figures;
    });
  },

  /**
   * 报送: the area takes a version out of its submissions; the checks run at once. An approvable version goes up the
   * chain of approvals; a failing one comes back with its gap and the remedies open to the area.
   */
  async submitBudget(
    of: Compilation & { attempt: number; act: Act & { version: number } },
  ): Promise<SubmissionReceipt> {
    const { act } = of;
    return once(pool, { key: `${keyOf(of)}/version/${act.version}`, input: of }, async (trx) => {
      await recordDecision(trx, of.year, act);
      const { rows, checks } = await checkVersion(trx, of, act.version);
      const surplus = yuanText(pooledTotals(rows, of.scheme).surplus);
      const failed = checks.filter(({ result }) => result === 'fail').map(({ check }) => check);
      const approvable = isApprovable(checks);
      if (approvable) {
        await openChain(trx, {
          fundYear: of.year,
          chain: attemptChain(of.workflowId, of.attempt),
          workflowId: of.workflowId,
          kind: 'approve',
          area: of.area,
          subject: `${titleOf(of)}第 ${act.version} 版，当年结余 ${surplus} 元`,
          figures: { rows, checks },
          dueOn: of.deadline,
          roles: ['area_finance', 'region_security', 'region_finance', 'region_government'],
          position: 1,
        });
      } else {
        await openSubmission(trx, of, of.attempt + 1, { surplus, failed });
      }
      return { approvable, version: act.version, surplus, failed, remedies: surplus.startsWith('-') ? REMEDIES : [] };
    });
  },

  /** 退回: an approver returns the version; its chain ends and the area may submit again. */
  async returnBudget(of: Compilation & { attempt: number; act: Act }): Promise<{ returned: true }> {
    return once(pool, { key: `${of.act.task}/return`, input: of }, async (trx) => {
      await recordDecision(trx, of.year, of.act);
      await voidChain(trx, of.act.task.slice(0, of.act.task.lastIndexOf('/')));
      await openSubmission(trx, of, of.attempt + 1, { returned: of.act.task });
      return { returned: true };
    });
  },

  /** 以收定支: what the deadline leaves in force, proposed to the region's government, which alone may approve it. */
  async proposeDirectedBudget(
    of: Compilation & { attempt: number },
  ): Promise<{ version: number; shortBy: string | null }> {
    return once(pool, { key: `${keyOf(of)}/directed`, input: of }, async (trx) => {
      await voidChain(trx, attemptChain(of.workflowId, of.attempt));
      const { version, directed } = await directedBudget(trx, of);
      const shortBy = directed.shortBy === null ? null : yuanText(directed.shortBy);
      await openChain(trx, {
        fundYear: of.year,
        chain: `${of.workflowId}/directed`,
        workflowId: of.workflowId,
        kind: 'approve',
        area: null,
        subject: `${titleOf(of)}：逾期未有可批预算，按以收定支编制${shortBy === null ? '' : `，仍缺 ${shortBy} 元`}`,
        figures: directed,
        dueOn: of.deadline,
        roles: ['region_government'],
      });
      if (shortBy !== null) {
        const text = '可控支出压减为 0 后仍有当年赤字，须由自治区人民政府批准';
        await recordFindings(trx, of.year, [
          { code: 'directed_budget_short', area: of.area, scheme: of.scheme, figure: shortBy, text },
        ]);
      }
      return { version, shortBy };
    });
  },

  /** 批复生效: the approved version, or the directed budget, is the budget in force on 1 January. */
  async adoptBudget(
    of: BudgetOf & { origin: 'submitted' | 'directed'; version: number; from: string },
  ): Promise<{ items: number; figuresHash: string }> {
    return once(pool, { key: `${keyOf(of)}/in-force`, input: of }, async (trx) => {
      const items =
        of.origin === 'directed'
          ? (await directedBudget(trx, of)).directed.items
          : (await submittedRows(trx, of.year, of.scheme, of.area, of.version)).filter((row) =>
              isKnown(row.item, of.scheme),
            );
      const key = { fund_year: of.year, area: of.area, scheme: of.scheme };
      await insertRows(trx, 'budget', [
        { ...key, origin: of.origin, version: of.version, in_force_from: of.from, because: budgetBecause(of) },
      ]);
      const rows = items.map(({ part, item, amount }) => ({ ...key, part, item, amount: yuanText(amount) }));
      await insertRows(trx, 'budget_item', rows);
      return { items: rows.length, figuresHash: hashOf(rows) };
    });
  },

  /** 自治区汇总: the sum of the budgets in force, what areas and region hand each other eliminated. */
  async summariseRegionBudget({ year }: { year: number }): Promise<{ items: number }> {
    return once(pool, { key: `fund-year-${year}/region-budget`, input: { year } }, async (trx) => {
      const budgets = await select<{ scheme: Scheme; part: Part; item: Item; amount: string }>(
        trx,
        'select scheme, part, item, amount from fund.budget_item where fund_year = $1',
        [year],
      );
      const groups = [...new Set(budgets.map(({ scheme, part }) => `${scheme} ${part}`))].sort();
      const rows = groups.flatMap((group) => {
        const [scheme, part] = group.split(' ') as [Scheme, Part];
        const own = budgets.filter((row) => row.scheme === scheme && row.part === part);
        return regionSummary(own.map(({ item, amount }) => ({ item, amount: decimal(amount) }))).map(
          ({ item, amount }) => ({
            fund_year: year,
            scheme,
            part,
            item,
            amount: yuanText(amount),
            because: {
              ...REGION_SUMMARY,
              inputs: { budgets: { from: { figure: 'budgets.amount', of: { scheme, part, item } } } },
            },
          }),
        );
      });
      await insertRows(trx, 'region_budget', rows);
      return { items: rows.length };
    });
  },
});

const budgetBecause = ({ origin, version, scheme, area }: BudgetOf & { origin: string; version: number }): Because => {
  const source =
    version === 0
      ? { figure: 'budget_estimate.amount', of: { scheme, area } }
      : { rows: 'budget_submissions.csv', of: { scheme, area, version } };
  if (origin === 'directed') return { ...DIRECTED, inputs: { version: { value: version, from: source } } };
  return {
    article: 'A(五) 预算批复',
    formula: 'amount as submitted and approved',
    inputs: { version: { value: version, from: source } },
  };
};

/** Opens the wait for the area's next version; the attempt's chain keeps maker and checkers apart. */
async function openSubmission(trx: Transaction, of: Compilation, attempt: number, figures: object): Promise<void> {
  await openChain(trx, {
    fundYear: of.year,
    chain: attemptChain(of.workflowId, attempt),
    workflowId: of.workflowId,
    kind: 'submit',
    area: of.area,
    subject: attempt === 1 ? `${titleOf(of)}：请报送` : `${titleOf(of)}：上一版已退回，请修改后重新报送`,
    figures,
    dueOn: of.deadline,
    roles: ['area_security'],
    position: 0,
  });
}

/** The directed budget of the version with the highest number; of the estimate, version 0, where there is none. */
async function directedBudget(db: Queryable, of: BudgetOf): Promise<{ version: number; directed: DirectedBudget }> {
  const law = await lawOf(db, of.year);
  const last = await selectOne<{ version: number | null }>(
    db,
    'select max(version) as version from fund.budget_submission where fund_year = $1 and scheme = $2 and area = $3',
    [of.year, of.scheme, of.area],
  );
  const version = last?.version ?? 0;
  const rows: SubmittedRow[] =
    version === 0
      ? await estimateItems(db, of.year, of.scheme, of.area)
      : await submittedRows(db, of.year, of.scheme, of.area, version);
  const directed = directBudget({
    scheme: of.scheme,
    rows,
    prepaid: (await prepaidOf(db, of)).value,
    slightSurplus: law.given('budget.slight_surplus').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  });
  return { version, directed };
}
