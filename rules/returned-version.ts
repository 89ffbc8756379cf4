/**
 * What is said of a version that comes back (RULES 6): its gap, the remedies in order, the ways out, the versions left to submit.
 * Words and texts alone, so that the workflows may use it: the amounts are computed in `way-out.ts`.
 */
import { inYuan } from './thousands';
import { BUDGET_CHECKS, type CheckName, ITEM_NAMES } from './vocabulary';
import type { WayOut } from './way-out';

/** The gap that a version leaves, from its surplus; null where it leaves none. */
export const gapOf = (surplus: string): string | null => (surplus.startsWith('-') ? surplus.slice(1) : null);

/** 财社〔2017〕144号 art. 38 has them in order. */
export const remediesText = (remedies: readonly string[]): string =>
  remedies.map((remedy, place) => `${place + 1}. ${remedy}`).join('；');

/** A lever is a way out when there is an amount and nothing against it. */
export const isWayOut = ({ to, against }: WayOut): boolean => to !== null && against.length === 0;

const names = (checks: readonly CheckName[]): string => checks.map((check) => BUDGET_CHECKS[check].zh).join('、');

function wayText({ item, from, to, change, against }: WayOut): string {
  const name = ITEM_NAMES[item];
  if (to === null || change === null) return `${name}：单独调整不可行（${names(against)}）`;
  const isCut = change.startsWith('-');
  const moved = `${isCut ? '调减' : '调增'} ${inYuan(change.replace('-', ''))}`;
  const text = `${name}：${moved}，由 ${inYuan(from)}至 ${inYuan(to)}`;
  if (against.length === 0) return text;
  return `${text}，但影响“${names(against)}”${against.includes('deviation') ? '，须说明理由' : ''}`;
}

/** For the person who must change the budget: the ways out first, then what each other lever lacks. */
export function waysText(ways: readonly WayOut[]): string[] {
  if (ways.length === 0) return [];
  const open = ways.filter(isWayOut);
  const head =
    open.length === 0
      ? '没有一个科目单独调整即可达到预算平衡要求，须几项一并调整'
      : '以下任一科目单独调整即可达到预算平衡要求，其他审核不受影响（合计行随之增减；少调一分即达不到）';
  const rest = ways.filter((way) => !isWayOut(way));
  return [
    head,
    ...open.map(wayText),
    ...(open.length === 0 || rest.length === 0 ? [] : ['其他科目单独调整不可行，或另受影响']),
    ...rest.map(wayText),
  ];
}

/** Versions that were imported and not submitted yet. */
export const unsubmittedText = (versions: readonly number[]): string =>
  versions.length === 0 ? '没有，请先导入 budget_submissions.csv 的新版本' : `第 ${versions.join('、')} 版`;
