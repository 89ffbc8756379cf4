/** How far a fund year has come, in a word or two. */
import type { YearFacts } from '../../db/fund-year';

type Standing = Pick<YearFacts, 'status' | 'workflow_id' | 'closed_on' | 'abandoned_on'>;

export function standingText({ status, workflow_id, closed_on, abandoned_on }: Standing): string {
  if (status === 'closed') return `已于 ${closed_on ?? ''} 关账`;
  if (status === 'abandoned') return `已于 ${abandoned_on ?? ''} 作废`;
  return workflow_id === null ? '流程尚未启动' : '进行中';
}
