/** 紧急调剂: one request of an area within the year, from the three approvals to the advance. `fund emergency` starts it. */
import { APPROVALS } from '../rules/decisions';
import { emergencyId, taskOf } from '../rules/keys';
import { fitting } from '../rules/text';
import { inYuan } from '../rules/thousands';
import { ROLE_NAMES, type Role, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { reopenedOnPage } from './judged-version';
import { belonging, updateListAndPage } from './page';
import { People, isReopened } from './people';
import { ABOUT } from './wording';

interface EmergencyCase {
  year: number;
  clock: ClockStart; // the business date of the request
  scheme: Scheme;
  area: string;
  name: string;
  number: number; // of the area and scheme in the year
  chain: string; // its approvals
  amount: string; // yuan
  decideBy: string; // 31 December of the year: an advance is paid within it
}
type EmergencyEnd = { outcome: 'paid'; date: string } | { outcome: 'returned' | 'lapsed' };

/** The one set of options with which the workflow of a request is started: a repeated start finds the first. */
export const emergencyOptions = (request: EmergencyCase) => ({
  workflowId: emergencyId(request.year, request.scheme, request.area, request.number),
  args: [request] as [EmergencyCase],
  workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
  staticSummary: fitting(`${request.name} ${request.year} 年紧急调剂申请 ${inYuan(request.amount)}`, 'summary'),
  staticDetails: ABOUT.emergencyRequest,
  typedSearchAttributes: belonging(request.year, request),
});

export async function emergencyRequest(request: EmergencyCase): Promise<EmergencyEnd> {
  const { year, scheme, area, name, number, amount, decideBy } = request;
  const clock = new BusinessDate(request.clock);
  const people = new People(clock);
  const title = `${name}${SCHEME_NAMES[scheme]}紧急调剂`;
  let figures: Record<string, string> = { 申请金额: inYuan(amount) };
  const { approvers } = APPROVALS.emergency;

  let chain = request.chain;
  let held: Record<string, string> = {};
  for (let link = 0; link < approvers.length; link++) {
    const role = approvers[link] as Role;
    const decided = await people.askOnFigures(chain, {
      task: taskOf(chain, link + 1, role),
      kind: 'approve',
      decisions: APPROVALS.emergency.decisions,
      page: {
        stage: '紧急调剂审批',
        waitsFor: `${title}审批：${ROLE_NAMES[role]}`,
        role,
        until: decideBy,
        figures: { ...figures, ...held },
      },
      perform: (act) => fund.decideEmergency({ year, scheme, area, number, act }),
      deadline: decideBy,
    });
    if (isReopened(decided)) {
      figures = { ...figures, ...reopenedOnPage(decided.reopened.why) };
      [chain, link] = [decided.reopened.chain ?? chain, -1]; // from the first approval again
      continue;
    }
    // At the deadline the database has the last word: a decision may have been recorded whose answer never arrived.
    const found = decided ?? (await fund.lapseEmergency({ year, scheme, area, number }));
    if (found.state === 'returned') return end('紧急调剂未获批准', { outcome: 'returned' });
    if (found.state === 'paid') return end('紧急调剂已拨付', { outcome: 'paid', date: found.date });
    if (decided === null) return end('紧急调剂逾期未批，已作废', { outcome: 'lapsed' });
    held = decided.held === undefined ? {} : { 暂不能拨付: decided.held };
  }
  throw new RangeError(`${chain} 审批已完成而未拨付`);

  async function end(stage: string, outcome: EmergencyEnd): Promise<EmergencyEnd> {
    updateListAndPage({ stage, figures: { ...figures, ...('date' in outcome ? { 拨付日期: outcome.date } : {}) } });
    await clock.end();
    return outcome;
  }
}
