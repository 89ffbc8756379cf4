/** 用人单位费率 in words: what an area charges, why the rate must rise, and next year's rate. */
import type { ResultRow } from '../db/results';
import { STEP_UP_GROUNDS, type StepUpGround } from '../rules/contribution';

export const groundsOf = ({ grounds }: { grounds?: string | number | null }): StepUpGround[] =>
  String(grounds ?? '')
    .split(';')
    .filter((ground): ground is StepUpGround => Object.hasOwn(STEP_UP_GROUNDS, ground));

export function rateText(row: ResultRow): string {
  const grounds = groundsOf(row).map((ground) => STEP_UP_GROUNDS[ground]);
  const why = grounds.length === 0 ? '' : `（${grounds.join('、')}）`;
  return `用人单位费率 ${String(row.employer_rate)}，下年度 ${String(row.next_rate)}${why}`;
}
