/** How a matter for two people stands, as the one who has just acted reads it. */
import type { JointStanding } from '../../db/joint-acts';
import { ROLE_NAMES, type Role } from '../../rules/vocabulary';

/** `done` says what has happened, `english` the same; `office` is the one whose two people act. */
export function jointText(
  standing: JointStanding,
  done: string,
  { english = '', office = 'region_security' }: { english?: string; office?: Role } = {},
): string {
  if (!standing.done) return `已登记，还须${ROLE_NAMES[office]}另一人办理后生效 (one more person is needed)`;
  return `${done}（${standing.by.join('、')}）${english === '' ? '' : ` (${english})`}`;
}
