/** 预算编制: one area and scheme, from the system's estimate to the budget in force on 1 January. */
import { workflowInfo } from '@temporalio/workflow';
import { BUDGET_APPROVERS, ROLE_NAMES, SCHEME_NAMES, type Scheme, taskOf } from '../rules/vocabulary';
import { BusinessDate } from './business-date';
import { fund } from './fund-activities';
import { show } from './page';
import { People } from './people';

export interface Budget {
  year: number;
  today: string; // the business date of the start
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
  const { year, today, scheme, area, name, deadline, inForceFrom } = budget;
  const clock = new BusinessDate(today);
  const people = new People(clock);
  const { workflowId } = workflowInfo();
  const of = { year, scheme, area };
  const compilation = { ...of, workflowId, deadline };
  const title = `${name}${SCHEME_NAMES[scheme]}预算`;

  const estimate = await fund.estimateBudget(compilation);
  let figures: Record<string, string> = {
    测算收入: estimate.income,
    测算支出: estimate.expenditure,
    应预缴上解: estimate.levy,
  };

  for (let attempt = 1; ; attempt++) {
    show({ stage: '预算报送', waitsFor: `${title}报送：${ROLE_NAMES.area_security}`, until: deadline, figures });
    const submitted = await people.ask({
      task: taskOf(`${workflowId}/${attempt}`, 0, 'area_security'),
      decisions: ['submit'],
      deadline,
      perform: (act) => fund.submitBudget({ ...compilation, attempt, act: { ...act, version: act.version ?? 0 } }),
    });
    if (submitted === null) return directed(attempt);
    figures = {
      版本: String(submitted.version),
      当年结余: submitted.surplus,
      未通过: submitted.failed.join('、') || '无',
    };
    if (!submitted.approvable) continue;
    if (await approved(attempt)) {
      await fund.adoptBudget({ ...of, origin: 'submitted', version: submitted.version, from: inForceFrom });
      show({ stage: '预算已批复', figures });
      await clock.end();
      return { origin: 'submitted', version: submitted.version };
    }
  }
  /** The four approvals in their order; false when one of them returned the version. */
  async function approved(attempt: number): Promise<boolean> {
    for (const [i, role] of BUDGET_APPROVERS.entries()) {
      show({ stage: '预算审批', waitsFor: `${title}审批：${ROLE_NAMES[role]}`, until: deadline, figures });
      const decided = await people.ask({
        task: taskOf(`${workflowId}/${attempt}`, i + 1, role),
        decisions: ['approve', 'return'],
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
    const shown = { 依据版本: String(version), 仍缺: shortBy ?? '无' };
    show({ stage: '以收定支', waitsFor: `${title}（以收定支）审批：${ROLE_NAMES.region_government}`, figures: shown });
    await people.ask({
      task: taskOf(`${workflowId}/directed`, 1, 'region_government'),
      decisions: ['approve'],
      perform: (act) => fund.decide({ year, act }),
    });
    await fund.adoptBudget({ ...of, origin: 'directed', version, from: inForceFrom });
    show({ stage: '以收定支预算已批复', figures: shown });
    await clock.end();
    return { origin: 'directed', version };
  }
}
