/** 紧急调剂: one request of an area within the year, from the three approvals to the advance. `fund emergency` takes it in. */
import { EMERGENCY_APPROVERS, ROLE_NAMES, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { taskOf } from '../rules/keys';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { show } from './page';
import { People } from './people';

export interface EmergencyCase {
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
export type EmergencyEnd = { outcome: 'paid'; date: string } | { outcome: 'returned' | 'lapsed' };

export async function emergencyRequest(of: EmergencyCase): Promise<EmergencyEnd> {
  const { year, scheme, area, name, number, chain, amount, decideBy } = of;
  const clock = new BusinessDate(of.clock);
  const people = new People(clock);
  const title = `${name}${SCHEME_NAMES[scheme]}紧急调剂`;
  const figures = { 申请金额: `${amount} 元` };

  for (const [i, role] of EMERGENCY_APPROVERS.entries()) {
    const decided = await people.ask({
      task: taskOf(chain, i + 1, role),
      decisions: ['approve', 'return'],
      page: { stage: '紧急调剂审批', waitsFor: `${title}审批：${ROLE_NAMES[role]}`, role, until: decideBy, figures },
      perform: (act) => fund.decideEmergency({ year, scheme, area, number, act }),
      deadline: decideBy,
    });
    if (decided === null) {
      await fund.lapseEmergency({ year, scheme, area, number });
      return ended('紧急调剂逾期未批，已作废', { outcome: 'lapsed' });
    }
    if (decided.state === 'returned') return ended('紧急调剂未获批准', { outcome: 'returned' });
    if (decided.state === 'paid') return ended('紧急调剂已拨付', { outcome: 'paid', date: decided.date });
  }
  throw new RangeError(`${chain} 审批已完成而未拨付`);

  async function ended(stage: string, end: EmergencyEnd): Promise<EmergencyEnd> {
    show({ stage, figures: { ...figures, ...('date' in end ? { 拨付日期: end.date } : {}) } });
    await clock.end();
    return end;
  }
}
