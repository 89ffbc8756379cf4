/** What the page shows of a version of a budget that was checked: its surplus or gap, what it fails, and the ways out. */
import type { DirectedReceipt } from '../activities/budgets/questions';
import type { SubmissionReceipt } from '../activities/budgets/versions';
import type { Act } from '../db/decisions';
import { inYuan } from '../rules/thousands';
import { BUDGET_CHECKS, ROLE_NAMES, type Role } from '../rules/vocabulary';
import { gapOf, remediesText, unsubmittedText, waysText } from '../rules/returned-version';

export function judgedOnPage({
  surplus,
  failed,
  remedies,
  deviations = [],
  targets,
  ways = [],
}: SubmissionReceipt): Record<string, string> {
  const gap = gapOf(surplus);
  return {
    当年结余: inYuan(surplus),
    ...(gap === null ? {} : { 缺口: inYuan(gap) }),
    未通过: failed.map((check) => BUDGET_CHECKS[check].failed).join('、') || '无',
    ...(deviations.length === 0 ? {} : { 偏离测算: deviations.join('；') }),
    ...targetsOnPage(targets),
    ...(remedies.length === 0 ? {} : { 可用办法: remediesText(remedies) }),
    ...(ways.length === 0 ? {} : { 单项调整: waysText(ways).join('；') }),
  };
}

export const directedOnPage = ({ version, shortBy, targets }: DirectedReceipt): Record<string, string> => ({
  依据版本: version === 0 ? '系统测算' : String(version),
  仍缺: shortBy === null ? '无' : inYuan(shortBy),
  ...targetsOnPage(targets),
});

/** Why what was approved so far counts no more. */
export const reopenedOnPage = (why: string): Record<string, string> => ({
  重新提请: `所依数字已变，此前的审批已作废：${why}`,
});

/** 绩效目标 (A(五)): whoever approves the budget sees them. */
const targetsOnPage = (targets: readonly string[] = []): Record<string, string> =>
  targets.length === 0 ? {} : { 绩效目标: targets.join('；') };

/** Who returned the version, and why. */
export const returnedOnPage = (role: Role, { operator, note }: Act): Record<string, string> => ({
  退回: `${ROLE_NAMES[role]}（${operator}）：${note ?? ''}`,
});

/** What the area can submit: the workflow hears of no later import. */
export const unsubmittedOnPage = (versions: readonly number[] | undefined, today: string): Record<string, string> =>
  versions === undefined
    ? {}
    : { 待报送版本: `${unsubmittedText(versions)}（截至 ${today}，其后导入的见 npm run fund -- tasks）` };
