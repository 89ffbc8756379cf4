/** 核实受理: one request to accept a payment in quarantine, until the area's finance office has decided. `fund release` starts it. */
import { APPROVALS } from '../rules/decisions';
import { collectionId, releaseId, taskOf } from '../rules/keys';
import { fitting } from '../rules/text';
import { ROLE_NAMES } from '../rules/vocabulary';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { belonging, updateListAndPage } from './page';
import { People } from './people';
import { wake } from './wake';
import { ABOUT } from './wording';

interface ReleaseCase {
  year: number;
  clock: ClockStart;
  area: string;
  name: string;
  number: number; // of the area in the year
  chain: string; // its approval
  decideBy: string; // the collection of the year ends
}
type ReleaseEnd = { outcome: 'released'; date: string } | { outcome: 'returned' | 'lapsed' };

/** The one set of options with which the workflow of a request is started: a repeated start finds the first. */
export const releaseOptions = (request: ReleaseCase) => ({
  workflowId: releaseId(request.year, request.area, request.number),
  args: [request] as [ReleaseCase],
  workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
  staticSummary: fitting(`${request.name} ${request.year} 年度待核对缴费核实受理第 ${request.number} 号`, 'summary'),
  staticDetails: ABOUT.releasePayment,
  typedSearchAttributes: belonging(request.year, { area: request.area, scheme: 'resident' }),
});

export async function releasePayment(request: ReleaseCase): Promise<ReleaseEnd> {
  const { year, area, name, number, chain, decideBy } = request;
  const clock = new BusinessDate(request.clock);
  const people = new People(clock);
  const figures = { 申请: `第 ${number} 号` };

  for (const [i, role] of APPROVALS.release.approvers.entries()) {
    const decided = await people.ask({
      task: taskOf(chain, i + 1, role),
      kind: 'approve',
      decisions: APPROVALS.release.decisions,
      page: {
        stage: '核实受理审批',
        waitsFor: `${name}待核对缴费核实受理审批：${ROLE_NAMES[role]}`,
        role,
        until: decideBy,
        figures,
      },
      perform: (act) => fund.decideRelease({ year, area, number, act }),
      deadline: decideBy,
    });
    // At the deadline the database has the last word: a decision may have been recorded whose answer never arrived.
    const found = decided ?? (await fund.lapseRelease({ year, area, number }));
    if (found.state === 'returned') return end('核实受理未获批准', { outcome: 'returned' });
    if (found.state === 'released') {
      await wake(collectionId(year, area));
      return end('已核实受理', { outcome: 'released', date: found.date });
    }
    if (decided === null) return end('核实受理逾期未批，已作废', { outcome: 'lapsed' });
  }
  throw new RangeError(`${chain} 审批已完成而未受理`);

  async function end(stage: string, outcome: ReleaseEnd): Promise<ReleaseEnd> {
    updateListAndPage({ stage, figures: { ...figures, ...('date' in outcome ? { 受理日期: outcome.date } : {}) } });
    await clock.end();
    return outcome;
  }
}
