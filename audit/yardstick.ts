/** What a budget of one area and scheme is checked against, as the database has it. */
import { type BudgetOf, estimateItems } from '../db/budgets';
import type { Queryable } from '../db/connect';
import { targetInsured } from '../db/insured';
import { prepaidLevy } from '../db/levies';
import type { Law } from '../parameters/law';
import { budgetYardstick } from '../parameters/yardstick';
import type { BudgetYardstick } from '../rules/budget-checks';

export const yardstickOf = async (db: Queryable, law: Law, budget: BudgetOf): Promise<BudgetYardstick> =>
  budgetYardstick(law, {
    ...budget,
    estimate: await estimateItems(db, budget),
    prepaid: await prepaidLevy(db, budget, budget.area),
    targetInsured: await targetInsured(db, budget),
  });
