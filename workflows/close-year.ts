/** 年终关账: performance evaluated, every invariant checked, the year closed for good. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Scheme } from '../rules/vocabulary';
import { fund } from './fund-activities';
import { updateListAndPage } from './page';
import { wake } from './wake';

interface Closing {
  year: number;
  phases: Record<Scheme, boolean>;
  date: string; // 31 May of Y+1
  live: boolean;
}

export async function closeYear({ year, phases, date, live }: Closing): Promise<{ evaluated: number }> {
  updateListAndPage({ stage: '绩效评价' });
  const { rows, unpaidClaims } = await fund.evaluateYear({ year, phases });
  updateListAndPage({ stage: '账务核验', figures: { 评价指标: `${rows} 项`, 应付未付事项: `${unpaidClaims} 项` } });
  const { closed, broken, asked = [] } = await fund.closeBooks({ year, date });
  if (!closed) {
    const lines = broken.map(({ zh, broken: where }) => `${zh}：${where.slice(0, 3).join('；')}`);
    throw ApplicationFailure.nonRetryable(`账务核验未通过，未关账：${lines.join(' | ')}`, 'InvariantBroken');
  }
  await Promise.all(asked.map(wake));
  // The next cycle has run since September with a provisional opening; now it is final.
  if (live) await fund.carryOpening({ year: year + 1 });
  updateListAndPage({ stage: '已关账', figures: { 关账日期: date } });
  return { evaluated: rows };
}
