/** 预算调整: one version of a budget within the year, from its checks to the month from which it is in force. */
import type { SubmissionReceipt } from '../activities/budgets/versions';
import { APPROVALS } from '../rules/decisions';
import { adjustedBudgetId, chainKey, taskOf } from '../rules/keys';
import { fitting } from '../rules/text';
import { ROLE_NAMES, type Role, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { judgedOnPage, reopenedOnPage, returnedOnPage } from './judged-version';
import { belonging, updateListAndPage } from './page';
import { People, isReopened } from './people';
import { ABOUT } from './wording';

interface AdjustmentCase {
  year: number;
  clock: ClockStart;
  scheme: Scheme;
  area: string;
  name: string;
  version: number;
  date: string; // as the file says; a run waits for it
  operator: string; // who submits it
  decideBy: string; // after this day it could be in force in no month of the year
}
type AdjustmentEnd = { outcome: 'in force'; from: string } | { outcome: 'failed' | 'returned' | 'lapsed' };

export const adjustmentSummary = ({ name, scheme, year, version }: AdjustmentCase): string =>
  fitting(`${name} ${SCHEME_NAMES[scheme]} ${year} 年度预算调整第 ${version} 版`, 'summary');

/** The one set of options with which the workflow of an adjustment is started live: a repeated start finds the first. */
export const adjustmentOptions = (adjustment: AdjustmentCase) => ({
  workflowId: adjustedBudgetId(adjustment.year, adjustment.scheme, adjustment.area, adjustment.version),
  args: [adjustment] as [AdjustmentCase],
  workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
  staticSummary: adjustmentSummary(adjustment),
  staticDetails: ABOUT.adjustBudget,
  typedSearchAttributes: belonging(adjustment.year, adjustment),
});

export async function adjustBudget(adjustment: AdjustmentCase): Promise<AdjustmentEnd> {
  const { year, scheme, area, name, version, date, operator, decideBy } = adjustment;
  const submission = { year, scheme, area, version };
  const clock = new BusinessDate(adjustment.clock);
  const people = new People(clock);
  const title = `${name}${SCHEME_NAMES[scheme]}预算调整`;
  const { approvers } = APPROVALS.budget;
  let figures: Record<string, string> = { 版本: String(version), 文件日期: date };

  // In a live year the area has submitted it already: that is what started this workflow.
  if (!clock.isLive) {
    updateListAndPage({ stage: '预算调整报送', waitsFor: `${title}报送`, until: date, figures });
    await clock.from(date, `${title}报送`);
  }
  const submitted = await fund.submitAdjustment({
    ...submission,
    operator,
    ...(clock.isLive ? {} : { on: clock.today }),
  });
  figures = { ...figures, ...judgedOnPage(submitted) };
  if (!submitted.approvable) return end('预算调整未通过审核，不生效', { outcome: 'failed' });

  let chain = chainKey.budgetAdjustment(adjustedBudgetId(year, scheme, area, version));
  for (let link = 0; link < approvers.length; link++) {
    const role = approvers[link] as Role;
    const decided = await people.askOnFigures(chain, {
      task: taskOf(chain, link + 1, role),
      kind: 'approve',
      decisions: APPROVALS.budget.decisions,
      page: { stage: '预算调整审批', waitsFor: `${title}审批：${ROLE_NAMES[role]}`, role, until: decideBy, figures },
      perform: async (act) => {
        const decision = await fund.decideAdjustment({ ...submission, act });
        if (decision.state === 'returned') figures = { ...figures, ...returnedOnPage(role, act) };
        return decision;
      },
      deadline: decideBy,
    });
    if (isReopened(decided)) {
      const { chain: asksNow, why, receipt } = decided.reopened;
      figures = { ...figures, ...judgedOnPage(receipt as SubmissionReceipt), ...reopenedOnPage(why) };
      if (asksNow === null) return end('预算调整重新审核未通过，不生效', { outcome: 'failed' });
      [chain, link] = [asksNow, -1]; // from the first approval again
      continue;
    }
    // At the deadline the database has the last word: a decision may have been recorded whose answer never arrived.
    const found = decided ?? (await fund.lapseAdjustment(submission));
    if (found.state === 'returned') return end('预算调整被退回，不生效', { outcome: 'returned' });
    if (found.state === 'in force') return end('预算调整已批复', { outcome: 'in force', from: found.from });
    if (decided === null) return end('预算调整逾期未批，已作废', { outcome: 'lapsed' });
  }
  throw new RangeError(`${chain} 审批已完成而未生效`);

  async function end(stage: string, outcome: AdjustmentEnd): Promise<AdjustmentEnd> {
    updateListAndPage({ stage, figures: { ...figures, ...('from' in outcome ? { 生效: `自 ${outcome.from}` } : {}) } });
    await clock.end();
    return outcome;
  }
}
