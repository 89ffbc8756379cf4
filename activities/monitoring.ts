/** 高额医疗费用负担监测: who is flagged at a month's end and reported to the departments, their answers, and the counts of both. */
import {
  type MonitoringCounts,
  type Thresholds,
  flagBurdens,
  hasBurdens,
  lastMonitoredMonth,
  lastMonitoring,
  monitoringCounts,
  pushes,
} from '../db/burdens';
import type { Transaction } from '../db/connect';
import { isLive } from '../db/fund-year';
import { insertRows } from '../db/rows';
import { closeChains, fileTasks, openChains } from '../db/tasks';
import { monitoringRow, pushFindings } from '../figures/monitoring';
import type { Law } from '../parameters/law';
import { answerDueOn } from '../rules/burden';
import { monthEnd } from '../rules/calendar-day';
import { chainKey, fundYearId } from '../rules/keys';
import { BURDEN_CLASSES } from '../rules/vocabulary';
import { recordFindings } from './findings';
import { lawOf } from './law';

interface MonthOfYear {
  year: number;
  month: number;
}

/** At the end of a month: flags, pushes, counts. */
export async function monitorMonth(trx: Transaction, law: Law, of: MonthOfYear): Promise<void> {
  if (!(await hasBurdens(trx, of.year))) return;
  await flagBurdens(trx, of.year, of.month, thresholdsOf(law), { late: false });
  await countMonth(trx, law, of);
  await updatePushTasks(trx, law, of.year);
}

/** After late rows, answers or corrections: the past months that they touch are counted again. */
export async function monitorAgain(trx: Transaction, year: number): Promise<void> {
  const last = await lastMonitoredMonth(trx, year);
  if (last === 0 || !(await hasBurdens(trx, year))) return;
  const law = await lawOf(trx, year);
  await flagBurdens(trx, year, last, thresholdsOf(law), { late: true });
  for (let month = 1; month <= last; month++) await countMonth(trx, law, { year, month });
  await updatePushTasks(trx, law, year);
}

const thresholdsOf = (law: Law): Thresholds =>
  Object.fromEntries(BURDEN_CLASSES.map((of) => [of, law.given(`monitoring.threshold.${of}`).value])) as Thresholds;

/** Counts a month; areas whose counts are those of the last time stay as they are. */
async function countMonth(trx: Transaction, law: Law, { year, month }: MonthOfYear): Promise<void> {
  const counts = await monitoringCounts(trx, year, month, law.given('monitoring.answer_days').value);
  const last = await lastMonitoring(trx, year, month);
  const changed = [...new Set(counts.map(({ area }) => area))].flatMap((area) => {
    const ofArea = counts.filter((count) => count.area === area);
    const before = last.get(area);
    if (before !== undefined && sameCounts(before.counts, ofArea)) return [];
    return [{ area, ofArea, of: { year, month, reckoning: (before?.reckoning ?? 0) + 1 } }];
  });
  await insertRows(
    trx,
    'monitoring_reckoned',
    changed.flatMap(({ of, ofArea }) => ofArea.map((count) => monitoringRow(law, of, count))),
  );
  await recordFindings(
    trx,
    year,
    changed.flatMap(({ of, area, ofArea }) => pushFindings(of, area, ofArea)),
  );
}
const sameCounts = (a: readonly MonitoringCounts[], b: readonly MonitoringCounts[]): boolean =>
  JSON.stringify(a.map(inOneOrder)) === JSON.stringify(b.map(inOneOrder));
const inOneOrder = (counts: MonitoringCounts) => Object.entries(counts).sort(([x], [y]) => (x < y ? -1 : 1));

/** In a live year each month's push of an area is a task of its security bureau, until every answer has been imported. */
async function updatePushTasks(trx: Transaction, law: Law, year: number): Promise<void> {
  if (!(await isLive(trx, year))) return;
  const known = await fileTasks(trx, year, chainKey.pushes(year));
  const stateOf = new Map(known.map(({ chain, state }) => [chain, state]));
  const all = await pushes(trx, year);
  const chainOf = ({ area, month }: { area: string; month: number }): string => chainKey.push(year, area, month);
  const answer_days = law.given('monitoring.answer_days').value;
  await openChains(
    trx,
    all
      .filter((push) => push.open !== '0' && !stateOf.has(chainOf(push)))
      .map((push) => ({
        fundYear: year,
        chain: chainOf(push),
        workflowId: fundYearId(year),
        kind: 'import' as const,
        area: push.area,
        scheme: 'resident' as const,
        subject: `请报送 recognitions.csv（${push.month} 月推送的高额医疗费用负担患者的认定结果）：${push.name}`,
        figures: { 文件: 'recognitions.csv', 月份: String(push.month), 推送人数: push.flagged },
        dueOn: answerDueOn({ pushed_on: monthEnd(year, push.month), answer_days }),
        roles: ['area_security' as const],
      })),
  );
  // When late rows have undone a push, there is nobody left to report on.
  const waiting = new Set(all.filter(({ open }) => open !== '0').map(chainOf));
  await closeChains(
    trx,
    known.filter(({ chain, state }) => state === 'open' && !waiting.has(chain)).map(({ chain }) => chain),
  );
}
