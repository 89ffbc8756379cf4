/** 年度清算启动: 31 January of the year after. Every area and scheme whose units are paid under a total budget clears its year. */
import { clearingId } from '../../rules/keys';
import { SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { clearPayments } from '../clear-payments';
import { fund } from '../fund-activities';
import type { Cycle, Step } from './cycle';
import { portionsOf } from './portions';

/** One step for each portion of the areas; which of them have units is known on the day. */
export function clearings(cycle: Cycle): Step[] {
  const { year, plan, clock, progress } = cycle;
  return portionsOf(plan.areas).map((portion, i) => ({
    name: `clearing ${i + 1}`,
    since: 'clearing-of-payments',
    stage: '年度清算启动',
    waitsFor: `第 ${i + 1} 批统筹区`,
    date: plan.calendar.finalAccounts,
    act: async () => {
      const funds = await fund.fundsToClear({ year, areas: portion.map(({ area }) => area) });
      await Promise.all(funds.map((ofArea) => startClearing(cycle, ofArea)));
      progress.startedHere += funds.length;
      if (funds.length > 0) clock.noteStarted('clearing');
    },
  }));
}

function startClearing(cycle: Cycle, { area, name, scheme }: { area: string; name: string; scheme: Scheme }) {
  const { year, plan } = cycle;
  const input = { year, clock: cycle.clockStart, scheme, area, name, approveBy: plan.calendar.regionReview };
  const summary = `${name} ${SCHEME_NAMES[scheme]} ${year} 年度医药机构清算`;
  return cycle.start(clearPayments, input, clearingId(year, scheme, area), summary, { area, scheme });
}
