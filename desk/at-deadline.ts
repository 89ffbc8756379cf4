/** What happens when the deadline of a task passes without an act. */
import type { WaitingTask } from '../db/tasks';
import { approvalKindOf } from '../rules/decisions';
import { budgetOf } from '../rules/keys';
import { type Text, text } from '../web/text';

const DIRECTED = text(
  '届时仍未批复的，由自治区按以收定支编制，报自治区人民政府批准。',
  'Then the region makes a budget within the income, and its government approves it.',
);
const LAPSES = text('届时仍未批准的，本次申请作废，可以重新提出。', 'Then the request lapses; it may be made again.');
const NOT_IN_FORCE = text('届时仍未批准的，本次预算调整不生效。', 'Then the adjusted budget does not come into force.');
const WAITS = text(
  '逾期不会自动办结：列为逾期事项，由巡查通知，办理前后续环节继续等待。',
  'It does not pass by itself: it counts as overdue, the watchdog tells it, and what follows goes on waiting.',
);
const DIFFERENCE = text(
  '逾期列入巡查；年度关账时仍未接受的作废，差异留作发现问题。',
  'It counts as overdue; what nobody has accepted when the year closes is void, and the difference stays a finding.',
);
const FILES = text(
  '逾期列入巡查，后续环节等待文件；确无数据的，可办理零报送。',
  'It counts as overdue, and what follows waits for the file. Where there is nothing to report, accept that.',
);

export function atDeadline({ kind, chain }: Pick<WaitingTask, 'kind' | 'chain'>): Text {
  if (kind === 'import') return FILES;
  if (kind === 'accept_finding') return DIFFERENCE;
  if (kind !== 'submit' && kind !== 'approve') return WAITS;
  switch (approvalKindOf(chain)) {
    case 'emergency':
    case 'release':
      return LAPSES;
    case 'budget':
      return budgetOf(chain) === null ? NOT_IN_FORCE : DIRECTED;
    case 'directed_budget':
    case 'settlement':
    case 'clearing':
      return WAITS;
  }
}
