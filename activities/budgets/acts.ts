/** 预算编制: estimate, submission and checks, approvals, the directed budget, and coming into force. */
import { lawOf } from '../law';
import { type BudgetOf, itemsInForce } from '../../db/budgets';
import { type Act, identityOf, recordDecision } from '../../db/decisions';
import { openChain, voidChain } from '../../db/tasks';
import type { Database, Transaction } from '../../db/connect';
import { hashOf, once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { REMEDIES, isApprovable, pooledTotals } from '../../rules/budget-checks';
import { yuanText } from '../../rules/money';
import { REGION_SUMMARY, regionSummary } from '../../rules/region-budget';
import { APPROVALS } from '../../rules/decisions';
import { type Part, SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { recordFindings } from '../findings';
import { checkVersion } from './checks';
import { directedBudget } from './directed';
import { directedItems, submittedItems } from './in-force';
import { estimateOf } from './estimate';
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

export const createBudgetActivities = (pool: Database) => ({
  /** 系统测算: version 0, with the reason of every item; opens the wait for the area's submission. */
  async estimateBudget(of: Compilation): Promise<{ income: string; expenditure: string; levy: string }> {
    return once(pool, { key: `${keyOf(of)}/estimate`, input: of }, async (trx) => {
      const rows = await estimateOf(trx, await lawOf(trx, of.year), of);
      await insertRows(
        trx,
        'budget_estimate',
        rows.map(({ part, item, estimate, onTheWay }) => ({
          fund_year: of.year,
          area: of.area,
          scheme: of.scheme,
          part,
          item,
          amount: yuanText(estimate.value),
          because: { amount: estimate.because, ...onTheWay },
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
    const input = { ...of, act: identityOf(act) };
    return once(pool, { key: `${keyOf(of)}/version/${act.version}`, input }, async (trx) => {
      await recordDecision(trx, of.year, act);
      const { rows, checks } = await checkVersion(trx, of, act.version);
      const surplus = yuanText(pooledTotals(rows, of.scheme).surplus);
      const failed = checks.filter(({ result }) => result === 'fail').map(({ check }) => check);
      const approvable = isApprovable(checks);
      const remedies = surplus.startsWith('-') ? REMEDIES : [];
      if (approvable) {
        await openChain(trx, {
          fundYear: of.year,
          chain: attemptChain(of.workflowId, of.attempt),
          workflowId: of.workflowId,
          kind: 'approve',
          area: of.area,
          scheme: of.scheme,
          subject: `${titleOf(of)}第 ${act.version} 版，当年结余 ${surplus} 元`,
          figures: { rows, checks },
          dueOn: of.deadline,
          roles: APPROVALS.budget.approvers,
          position: 1,
        });
      } else {
        await openSubmission(trx, of, of.attempt + 1, { version: act.version, surplus, failed, remedies });
      }
      return { approvable, version: act.version, surplus, failed, remedies };
    });
  },

  /** 退回: an approver returns the version; its chain ends and the area may submit again. */
  async returnBudget(of: Compilation & { attempt: number; act: Act }): Promise<{ returned: true }> {
    const input = { ...of, act: identityOf(of.act) };
    return once(pool, { key: `${of.act.task}/return`, input }, async (trx) => {
      await recordDecision(trx, of.year, of.act);
      await voidChain(trx, of.act.task.slice(0, of.act.task.lastIndexOf('/')));
      await openSubmission(trx, of, of.attempt + 1, { returned: of.act.task, reason: of.act.note ?? '' });
      return { returned: true };
    });
  },

  /** 以收定支: what the deadline leaves in force, proposed to the region's government, which alone may approve it. */
  async proposeDirectedBudget(
    of: Compilation & { attempt: number },
  ): Promise<{ version: number; shortBy: string | null }> {
    return once(pool, { key: `${keyOf(of)}/directed`, input: of }, async (trx) => {
      await voidChain(trx, attemptChain(of.workflowId, of.attempt));
      const { version, directed, shortBecause } = await directedBudget(trx, of);
      const shortBy = directed.shortBy === null ? null : yuanText(directed.shortBy);
      await openChain(trx, {
        fundYear: of.year,
        chain: `${of.workflowId}/directed`,
        workflowId: of.workflowId,
        kind: 'approve',
        area: of.area,
        scheme: of.scheme,
        subject: `${titleOf(of)}：逾期未有可批预算，按以收定支编制${shortBy === null ? '' : `，仍缺 ${shortBy} 元`}`,
        figures: directed,
        dueOn: of.deadline,
        roles: APPROVALS.directed_budget.approvers,
      });
      if (shortBy !== null) {
        const text = '可控支出压减为 0 后仍有当年赤字，须由自治区人民政府批准';
        await recordFindings(trx, of.year, [
          { code: 'directed_budget_short', area: of.area, scheme: of.scheme, figure: shortBy, text, ...shortBecause },
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
      const { items, because } =
        of.origin === 'directed' ? await directedItems(trx, of) : await submittedItems(trx, of);
      const key = { fund_year: of.year, area: of.area, scheme: of.scheme };
      await insertRows(trx, 'budget', [
        { ...key, origin: of.origin, version: of.version, in_force_from: of.from, because },
      ]);
      const rows = items.map(({ part, item, amount }) => ({ ...key, part, item, amount: yuanText(amount) }));
      await insertRows(
        trx,
        'budget_item',
        rows.map((row, i) => ({ ...row, because: { amount: items[i]?.because } })),
      );
      return { items: rows.length, figuresHash: hashOf(rows) };
    });
  },

  /** 自治区汇总: the sum of the budgets in force, what areas and region hand each other eliminated. */
  async summariseRegionBudget({ year }: { year: number }): Promise<{ items: number }> {
    return once(pool, { key: `fund-year-${year}/region-budget`, input: { year } }, async (trx) => {
      const budgets = await itemsInForce(trx, year);
      const groups = [...new Set(budgets.map(({ scheme, part }) => `${scheme} ${part}`))].sort();
      const rows = groups.flatMap((group) => {
        const [scheme, part] = group.split(' ') as [Scheme, Part];
        const own = budgets.filter((row) => row.scheme === scheme && row.part === part);
        return regionSummary(own).map(({ item, amount }) => ({
          fund_year: year,
          scheme,
          part,
          item,
          amount: yuanText(amount),
          because: {
            amount: {
              ...REGION_SUMMARY,
              inputs: { budgets: { from: { rows: 'budgets.csv', of: { scheme, part, item, by: 'area' } } } },
            },
          },
        }));
      });
      await insertRows(trx, 'region_budget', rows);
      return { items: rows.length };
    });
  },
});

/** Opens the wait for the area's next version; the attempt's chain keeps maker and checkers apart. */
async function openSubmission(trx: Transaction, of: Compilation, attempt: number, figures: object): Promise<void> {
  await openChain(trx, {
    fundYear: of.year,
    chain: attemptChain(of.workflowId, attempt),
    workflowId: of.workflowId,
    kind: 'submit',
    area: of.area,
    scheme: of.scheme,
    subject: attempt === 1 ? `${titleOf(of)}：请报送` : `${titleOf(of)}：上一版未通过审核或被退回，请修改后重新报送`,
    figures,
    dueOn: of.deadline,
    roles: ['area_security'],
    position: 0,
  });
}
