/** 预算编制: one area and scheme, from the system's estimate to the budget in force on 1 January. */
import { patched, workflowInfo } from '@temporalio/workflow';
import type { DirectedReceipt } from '../activities/budgets/questions';
import type { BudgetAnew } from '../activities/budgets/renewals';
import type { SubmissionReceipt } from '../activities/budgets/versions';
import type { Act } from '../db/decisions';
import { APPROVALS } from '../rules/decisions';
import { chainKey, taskOf } from '../rules/keys';
import { inYuan } from '../rules/thousands';
import { ROLE_NAMES, type Role, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { BusinessDate, type ClockStart } from './business-date';
import { areasFileForThemselves, filesArrived } from './files';
import { fund } from './fund-activities';
import { directedOnPage, judgedOnPage, reopenedOnPage, returnedOnPage, unsubmittedOnPage } from './judged-version';
import { updateListAndPage, updatePageOnly } from './page';
import { People, type Reopened, isReopened } from './people';
import { wakeYear } from './wake';

interface Budget {
  year: number;
  clock: ClockStart;
  scheme: Scheme;
  area: string;
  name: string;
  deadline: string; // 31 December of Y−1
  inForceFrom: string; // 1 January of Y
}
/** What comes into force by the last approval. */
export interface BudgetInForce {
  origin: 'submitted' | 'directed';
  version: number;
}

export async function compileBudget(budget: Budget): Promise<BudgetInForce> {
  const compilation = new Compilation(budget);
  await compilation.files();
  await compilation.estimate();
  let asks: Asks = { attempt: 1, submitted: null };
  for (;;) {
    const { attempt, submitted } = asks;
    if (submitted === null) {
      const version = await compilation.submission(attempt);
      if (version === null) return compilation.direct(attempt);
      asks = version.approvable ? { attempt, submitted: version } : { attempt: attempt + 1, submitted: null };
    } else {
      const budgetInForce = { origin: 'submitted', version: submitted.version } as const;
      const outcome = await compilation.approval(attempt, budgetInForce);
      if (outcome === 'approved') return compilation.adopt(budgetInForce, '预算已批复');
      asks = outcome === 'returned' ? { attempt: attempt + 1, submitted: null } : compilation.anew(outcome);
    }
  }
}
/** An attempt at the budget: the area is asked for a version, or one that it has submitted is being approved. */
interface Asks {
  attempt: number;
  submitted: SubmissionReceipt | null;
}

class Compilation {
  readonly #clock: BusinessDate;
  readonly #people: People;
  readonly #workflowId = workflowInfo().workflowId;
  /** The last approval brings the budget into force in the same act. */
  readonly #isOneAct = patched('last-approval-adopts');
  /** What the page shows of the current version. */
  #figures: Record<string, string> = {};
  /** What the area can submit, as far as this workflow knows. */
  #unsubmitted: Record<string, string> = {};

  constructor(private readonly budget: Budget) {
    this.#clock = new BusinessDate(budget.clock);
    this.#people = new People(this.#clock);
  }

  get #of() {
    const { year, scheme, area, deadline } = this.budget;
    return { year, scheme, area, workflowId: this.#workflowId, deadline };
  }

  get #title(): string {
    return `${this.budget.name}${SCHEME_NAMES[this.budget.scheme]}预算`;
  }

  #page(stage: string, what: string, role: Role) {
    const waitsFor = `${what}：${ROLE_NAMES[role]}`;
    return { stage, waitsFor, role, until: this.budget.deadline, figures: this.#figures };
  }

  /** In a live year a budget waits for the files of its own area and scheme; the last area's make the levies of all known. */
  async files(): Promise<void> {
    if (!areasFileForThemselves(this.#clock)) return;
    const { year, scheme, area } = this.budget;
    await filesArrived({ year, step: 'budget', area, scheme }, this.#clock, this.#people);
    await fund.estimateLevyWhenReported({ year, scheme });
  }

  async estimate(): Promise<void> {
    updatePageOnly({ stage: '预算系统测算' });
    const { income, expenditure, levy, byFactors = [], unsubmitted } = await fund.estimateBudget(this.#of);
    this.#unsubmitted = unsubmittedOnPage(unsubmitted, this.#clock.today);
    this.#figures = {
      测算收入: inYuan(income),
      测算支出: inYuan(expenditure),
      应预缴上解: inYuan(levy),
      因素与趋势: byFactors.join('；') || '没有因素数，均按趋势测算',
    };
  }

  /** A version that the area has submitted; null when the deadline passed without one. */
  async submission(attempt: number): Promise<SubmissionReceipt | null> {
    const submitted = await this.#people.ask({
      task: taskOf(chainKey.budgetAttempt(this.#workflowId, attempt), 0, 'area_security'),
      kind: 'submit',
      deadline: this.budget.deadline,
      page: {
        ...this.#page('预算报送', `${this.#title}报送`, 'area_security'),
        figures: { ...this.#figures, ...this.#unsubmitted },
      },
      perform: (act) => fund.submitBudget({ ...this.#of, attempt, act: { ...act, version: act.version ?? 0 } }),
    });
    if (submitted === null) return null;
    this.#figures = { 版本: String(submitted.version), ...judgedOnPage(submitted) };
    this.#unsubmitted = unsubmittedOnPage(submitted.unsubmitted, this.#clock.today);
    return submitted;
  }

  /** The four approvals in their order, until one of them returns the version or the figures behind it change. */
  async approval(attempt: number, adopted: BudgetInForce): Promise<'approved' | 'returned' | Reopened> {
    const { approvers } = APPROVALS.budget;
    const chain = chainKey.budgetAttempt(this.#workflowId, attempt);
    for (const [i, role] of approvers.entries()) {
      const decided = await this.#people.askOnFigures(chain, {
        task: taskOf(chain, i + 1, role),
        kind: 'approve',
        decisions: APPROVALS.budget.decisions,
        page: this.#page('预算审批', `${this.#title}审批`, role),
        perform: async (act) =>
          act.decision === 'return'
            ? this.#return(act, attempt, role)
            : this.#approve(act, i === approvers.length - 1, adopted),
      });
      if (isReopened(decided)) return decided;
      if (decided !== null && 'returned' in decided) return 'returned';
    }
    return 'approved';
  }

  /** 重新提请: the version was judged again on the figures of now, and goes up the chain once more or comes back to the area. */
  anew({ reopened: { why, receipt } }: Reopened): Asks {
    const { attempt, submitted } = receipt as BudgetAnew;
    this.#figures = { 版本: String(submitted.version), ...reopenedOnPage(why), ...judgedOnPage(submitted) };
    return { attempt, submitted: submitted.approvable ? submitted : null };
  }

  async #return(act: Act, attempt: number, role: Role): Promise<object> {
    const returned = await fund.returnBudget({ ...this.#of, attempt, act });
    this.#figures = { ...this.#figures, ...returnedOnPage(role, act) };
    this.#unsubmitted = unsubmittedOnPage(returned.unsubmitted, this.#clock.today);
    return returned;
  }

  #approve(act: Act, isLast: boolean, adopted: BudgetInForce): Promise<object> {
    return isLast && this.#isOneAct
      ? fund.adoptBudget({ ...this.#adoption(adopted), last: act })
      : fund.decide({ year: this.budget.year, act });
  }

  #adoption({ origin, version }: BudgetInForce) {
    const { year, scheme, area, inForceFrom: from } = this.budget;
    return { year, scheme, area, origin, version, from };
  }

  /** The deadline passed without an approvable version: income decides, and the region's government approves. */
  async direct(attempt: number): Promise<BudgetInForce> {
    const proposed = await fund.proposeDirectedBudget({ ...this.#of, attempt });
    this.#figures = directedOnPage(proposed);
    const adopted = { origin: 'directed', version: proposed.version } as const;
    const until = proposed.dueOn === undefined ? {} : { until: proposed.dueOn };
    let chain = chainKey.directedBudget(this.#workflowId);
    for (;;) {
      const outcome = await this.#directedApproval(chain, adopted, until);
      if (outcome === null) return this.adopt(adopted, '以收定支预算已批复');
      chain = outcome;
    }
  }

  /** Null once it is approved; otherwise the chain that asks anew. */
  async #directedApproval(chain: string, adopted: BudgetInForce, until: { until?: string }): Promise<string | null> {
    const { approvers } = APPROVALS.directed_budget;
    for (const [i, role] of approvers.entries()) {
      const decided = await this.#people.askOnFigures(chain, {
        task: taskOf(chain, i + 1, role),
        kind: 'approve',
        decisions: APPROVALS.directed_budget.decisions,
        page: {
          ...this.#page('以收定支', `${this.#title}（以收定支）审批`, role),
          ...until,
        },
        perform: (act) => this.#approve(act, i === approvers.length - 1, adopted),
      });
      if (!isReopened(decided)) continue;
      this.#figures = {
        ...directedOnPage(decided.reopened.receipt as DirectedReceipt),
        ...reopenedOnPage(decided.reopened.why),
      };
      return decided.reopened.chain;
    }
    return null;
  }

  async adopt(adopted: BudgetInForce, stage: string): Promise<BudgetInForce> {
    const { year, deadline } = this.budget;
    if (!this.#isOneAct) await fund.adoptBudget(this.#adoption(adopted));
    updateListAndPage({ stage, figures: this.#figures });
    // Before the deadline the year does not wait for budgets; on it, it looks by itself.
    if (this.#clock.today >= deadline) await wakeYear(year);
    await this.#clock.end();
    return adopted;
  }
}
