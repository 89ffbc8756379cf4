/**
 * 年度启动: minutes long. Started by the schedule of 1 September, by its trigger or backfill, or by hand; it begins the fund
 * year that its date belongs to and starts the cycle, or ends with a pointer to the existing one.
 */
import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { fundYearId } from '../rules/keys';
import { beijingDate } from '../rules/beijing-time';
import { fund } from './fund-activities';
import { belonging, updateListAndPage } from './page';
import { refused } from './refused';
import { startCycle } from './start-cycle';
import { notStartedBecause, seeTheCycle } from './wording';
import { flawOfStart } from './year-fields';

type YearStart = {
  outcome: 'started' | 'there is one' | 'not started';
  year: number;
  cycle: string;
  note: string;
};

/** A field that was left empty comes as null. */
interface Typed {
  year?: number | null;
  confirm?: number | null;
}

/** The time that the schedule was set for, even when it fires late or is backfilled; a start by hand has none. */
const SCHEDULED_FOR = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/**
 * The year to begin, as a person may give it in the form of the Temporal UI (an unlikely one also as `confirm`); else the one the
 * date belongs to.
 */
export async function yearStarter(request: Typed = {}): Promise<YearStart> {
  const { typedSearchAttributes, startTime } = workflowInfo();
  const date = beijingDate(typedSearchAttributes.get(SCHEDULED_FOR) ?? startTime);
  const flaw = flawOfStart(request, ['year', 'confirm']);
  if (flaw !== null) {
    updateListAndPage({ stage: '未启动', figures: { 启动日期: date, 说明: flaw } });
    throw refused(flaw);
  }
  updateListAndPage({ stage: '年度启动', figures: { 启动日期: date } });
  const { year: typed, confirm } = request;
  const begun = await fund.beginYear({
    date,
    ...(typed == null ? {} : { year: typed }),
    ...(confirm == null ? {} : { confirm }),
  });
  const { year } = begun;
  upsertSearchAttributes(belonging(year));
  const cycle = fundYearId(year);
  const end = (outcome: YearStart['outcome'], note: string): YearStart => {
    updateListAndPage({
      stage: outcome === 'started' ? '已启动' : '未启动',
      figures: { 启动日期: date, 流程: cycle, 说明: note },
    });
    return { outcome, year, cycle, note };
  };
  if ('likely' in begun) return end('not started', notStartedBecause.unlikely(year, begun.likely));
  if ('unfinished' in begun) return end('not started', notStartedBecause.unfinished(begun.unfinished));
  const { mode, status, workflow_id } = begun;
  if (mode === 'run') return end('not started', notStartedBecause.run(year));
  if (status === 'abandoned') return end('not started', notStartedBecause.abandoned(year));
  if (status === 'closed') return end('there is one', notStartedBecause.closed(year));
  if (!(await startCycle(year, workflow_id !== null))) return end('there is one', seeTheCycle(year));
  return end('started', `${year} 年度流程 ${cycle} 已启动`);
}
