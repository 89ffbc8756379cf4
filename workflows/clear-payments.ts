/** 年度清算: one area and scheme, from the clearing table of 31 January to the approval of both its offices. */
import { patched, workflowInfo } from '@temporalio/workflow';
import type { Act } from '../db/decisions';
import { APPROVALS } from '../rules/decisions';
import { adjustmentId, chainKey, taskOf } from '../rules/keys';
import { inYuan } from '../rules/thousands';
import { ROLE_NAMES, type Role, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { BusinessDate, type ClockStart } from './business-date';
import { filesArrived } from './files';
import { fund } from './fund-activities';
import { updateListAndPage } from './page';
import { People } from './people';
import { wake, wakeYear } from './wake';

export interface Clearing {
  year: number;
  clock: ClockStart;
  scheme: Scheme;
  area: string;
  name: string;
  approveBy: string; // the end of February of Y+1: the region reviews the accounts then
}
interface Cleared {
  attempt: number;
  clearing: string; // yuan, signed: what is still to be paid to the units
}

export async function clearPayments(clearing: Clearing): Promise<Cleared> {
  const table = new ClearingTable(clearing);
  await table.accountsArrived();
  for (let attempt = 1; ; attempt++) {
    await table.propose(attempt);
    if (await table.approval(attempt)) return table.adopt(attempt);
    await table.correction(attempt);
  }
}

class ClearingTable {
  readonly #clock: BusinessDate;
  readonly #people: People;
  readonly #workflowId = workflowInfo().workflowId;
  /** The last approval brings the table into force in the same act, and a run, which looks on every date, is not woken. */
  readonly #isOneAct = patched('last-approval-adopts');
  #clearing = '0.00';
  /** What the page shows of the current table. */
  #figures: Record<string, string> = {};

  constructor(private readonly clearing: Clearing) {
    this.#clock = new BusinessDate(clearing.clock);
    this.#people = new People(this.#clock);
  }

  #of(attempt: number) {
    const { year, scheme, area, approveBy } = this.clearing;
    return { year, scheme, area, workflowId: this.#workflowId, attempt, dueOn: approveBy };
  }

  #page(stage: string, what: string, role: Role) {
    const { name, scheme, approveBy } = this.clearing;
    const waitsFor = `${name}${SCHEME_NAMES[scheme]}清算表${what}：${ROLE_NAMES[role]}`;
    return { stage, waitsFor, role, until: approveBy, figures: this.#figures };
  }

  /** In a live year the area is asked for the accounts of units that have none. */
  async accountsArrived(): Promise<void> {
    const { year, scheme, area } = this.clearing;
    await filesArrived({ year, step: 'clearing', area, scheme }, this.#clock, this.#people);
  }

  async propose(attempt: number): Promise<void> {
    const { units, payable, clearing, retained, fund_share } = await fund.proposeClearing(this.#of(attempt));
    this.#clearing = clearing;
    this.#figures = {
      清算单位: `${units} 个`,
      应付: inYuan(payable),
      其中结余留用: inYuan(retained),
      其中基金分担超支: inYuan(fund_share),
      清算款: inYuan(clearing),
    };
  }

  /** The two approvals in their order; false when one of them returned the table. */
  async approval(attempt: number): Promise<boolean> {
    const { approvers } = APPROVALS.clearing;
    for (const [i, role] of approvers.entries()) {
      const isLast = i === approvers.length - 1;
      const decided = await this.#people.ask({
        task: taskOf(chainKey.clearing(this.#workflowId, attempt), i + 1, role),
        kind: 'approve',
        decisions: APPROVALS.clearing.decisions,
        page: this.#page('清算审批', '审批', role),
        perform: (act) => this.#decide(act, attempt, isLast),
      });
      if (decided !== null && 'returned' in decided) return false;
    }
    return true;
  }

  async #decide(act: Act, attempt: number, isLast: boolean): Promise<object> {
    const { year, scheme, area } = this.clearing;
    if (act.decision === 'return') return fund.returnClearing({ ...this.#of(attempt), act });
    return isLast && this.#isOneAct
      ? fund.adoptClearing({ year, scheme, area, attempt, last: act })
      : fund.decide({ year, act });
  }

  /** Waits until the accounts behind a returned table have changed, or the area has said that they are right. */
  async correction(attempt: number): Promise<void> {
    const { year } = this.clearing;
    for (;;) {
      const { corrected } = await fund.isClearingCorrected(this.#of(attempt));
      if (corrected) return;
      await this.#people.askAnyOf({
        task: `${chainKey.clearingCorrection(this.#workflowId, attempt)}/`,
        kind: 'import',
        page: this.#page('清算表退回', '更正账目', 'area_security'),
        perform: (act) => fund.decide({ year, act }),
      });
    }
  }

  async adopt(attempt: number): Promise<Cleared> {
    const { year, scheme, area } = this.clearing;
    if (!this.#isOneAct) await fund.adoptClearing({ year, scheme, area, attempt, date: this.#clock.today });
    updateListAndPage({ stage: '已清算', figures: this.#figures });
    if (this.#clock.isLive || !this.#isOneAct) {
      // The gaps of the scheme are judged beside what is still owed to units, and the year closes after all clearings.
      await wake(adjustmentId(year, scheme));
      await wakeYear(year);
    }
    await this.#clock.end();
    return { attempt, clearing: this.#clearing };
  }
}
