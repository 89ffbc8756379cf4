/** 预算审核: the checks of one version, each with the reason of its figure and of its result. */
import type { Law } from '../../parameters/law';
import { budgetYardstick } from '../../parameters/yardstick';
import { type BudgetCheck, checkBudget } from '../../rules/budget-checks';
import type { Because } from '../../rules/rule';
import { type WayOut, waysOut } from '../../rules/way-out';
import { checkReasons } from './check-reasons';
import type { VersionFacts } from './facts';

export const checksOf = (
  facts: VersionFacts,
  law: Law,
): (BudgetCheck & { because: Record<'figure' | 'result', Because> })[] =>
  checkBudget(facts.rows, budgetYardstick(law, facts)).map((check) => ({
    ...check,
    because: checkReasons(check.check, facts, law),
  }));

/** 单项调整: what each single item could do for a version that is not balanced. */
export const waysOutOf = (facts: VersionFacts, law: Law): WayOut[] => waysOut(facts.rows, budgetYardstick(law, facts));
