/** What has changed behind a chain, in one line for those who decided on the old figures and those who decide next. */
import type { CorrectedRow } from '../db/corrections';
import { SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import type { BehindDecisions } from './behind-decisions';

/** Enough to know what it was about: the trail has every row. */
const MOST = 5;

export function reopenedText(corrected: readonly CorrectedRow[], { added, otherwise }: BehindDecisions): string {
  const corrections = corrected.slice(0, MOST).map(correctionText);
  const rest = corrected.length > MOST ? [`等 ${corrected.length} 行更正`] : [];
  const late = Object.entries(added).map(([file, rows]) => `${file} 补报 ${rows} 行`);
  return [...corrections, ...rest, ...late].join('；') || otherwise;
}

function correctionText({ file, key, before, after, reason, operator }: CorrectedRow): string {
  const row = Object.entries(key).map(([name, cell]) =>
    name === 'scheme' ? SCHEME_NAMES[cell as Scheme] : name === 'month' ? `${cell} 月` : cell,
  );
  const cells = Object.keys(after).map(
    (column) => `${column} 由 ${cellText(before[column])} 改为 ${cellText(after[column])}`,
  );
  return `${file}（${row.join(' ')}）${cells.join('，')}（${operator === 'system' ? '' : `工号 ${operator}：`}${reason}）`;
}

const cellText = (cell: unknown): string =>
  cell === null || cell === undefined || cell === ''
    ? '（空）'
    : typeof cell === 'string'
      ? cell
      : JSON.stringify(cell);
