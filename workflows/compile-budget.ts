/** 预算编制: one area and scheme, from the system's estimate to the budget in force on 1 January. */
import { workflowInfo } from '@temporalio/workflow';
import { BUDGET_APPROVERS, BUDGET_CHECKS, ROLE_NAMES, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { taskOf } from '../rules/keys';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { show, showOnPage } from './page';
import { People } from './people';
import { tellYear } from './tell';

export interface Budget {
  year: number;
  clock: ClockStart;
  scheme: Scheme;
  area: string;
  name: string;
  deadline: string; // 31 December of Y−1
  inForceFrom: string; // 1 January of Y
}
export interface BudgetInForce {
  origin: 'submitted' | 'directed';
  version: number;
}

export async function compileBudget(budget: Budget): Promise<BudgetInForce> {
  const { year, scheme, area, name, deadline, inForceFrom } = budget;
  const clock = new BusinessDate(budget.clock);
  const people = new People(clock);
  const { workflowId } = workflowInfo();
  const of = { year, scheme, area };
  const compilation = { ...of, workflowId, deadline };
  const title = `${name}${SCHEME_NAMES[scheme]}预算`;

  showOnPage({ stage: '预算系统测算' });
  const estimate = await fund.estimateBudget(compilation);
  let figures: Record<string, string> = {
    测算收入: `${estimate.income} 元`,
    测算支出: `${estimate.expenditure} 元`,
    应预缴上解: `${estimate.levy} 元`,
  };

  for (let attempt = 1; ; attempt++) {
    const submitted = await people.ask({
      task: taskOf(`${workflowId}/${attempt}`, 0, 'area_security'),
      decisions: ['submit'],
      deadline,
      page: page('预算报送', `${title}报送`, 'area_security'),
      perform: (act) => fund.submitBudget({ ...compilation, attempt, act: { ...act, version: act.version ?? 0 } }),
    });
    if (submitted === null) return directed(attempt);
    figures = {
      版本: String(submitted.version),
      当年结余: `${submitted.surplus} 元`,
      未通过: submitted.failed.map((check) => BUDGET_CHECKS[check]?.failed ?? check).join('、') || '无',
      ...(submitted.remedies.length === 0 ? {} : { 可用办法: submitted.remedies.join('、') }),
    };
    if (!submitted.approvable) continue;
    if (await approved(attempt)) return inForce('submitted', submitted.version, '预算已批复');
  }

  function page(stage: string, what: string, role: (typeof BUDGET_APPROVERS)[number]) {
    return { stage, waitsFor: `${what}：${ROLE_NAMES[role]}`, role, until: deadline, figures };
  }

  /** The four approvals in their order; false when one of them returned the version. */
  async function approved(attempt: number): Promise<boolean> {
    for (const [i, role] of BUDGET_APPROVERS.entries()) {
      const decided = await people.ask({
        task: taskOf(`${workflowId}/${attempt}`, i + 1, role),
        decisions: ['approve', 'return'],
        page: page('预算审批', `${title}审批`, role),
        perform: async (act) =>
          act.decision === 'return' ? fund.returnBudget({ ...compilation, attempt, act }) : fund.decide({ year, act }),
      });
      if (decided !== null && 'returned' in decided) return false;
    }
    return true;
  }

  /** The deadline passed without an approvable version: income decides, and the region's government approves. */
  async function directed(attempt: number): Promise<BudgetInForce> {
    const { version, shortBy } = await fund.proposeDirectedBudget({ ...compilation, attempt });
    figures = {
      依据版本: version === 0 ? '系统测算' : String(version),
      仍缺: shortBy === null ? '无' : `${shortBy} 元`,
    };
    await people.ask({
      task: taskOf(`${workflowId}/directed`, 1, 'region_government'),
      decisions: ['approve'],
      page: page('以收定支', `${title}（以收定支）审批`, 'region_government'),
      perform: (act) => fund.decide({ year, act }),
    });
    return inForce('directed', version, '以收定支预算已批复');
  }

  async function inForce(origin: BudgetInForce['origin'], version: number, stage: string): Promise<BudgetInForce> {
    await fund.adoptBudget({ ...of, origin, version, from: inForceFrom });
    show({ stage, figures });
    // Before the deadline the year waits for nobody: on it it asks by itself.
    if (clock.today >= deadline) await tellYear(year);
    await clock.end();
    return { origin, version };
  }
}
