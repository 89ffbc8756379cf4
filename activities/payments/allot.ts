/** 总额预算分配: on 1 January, and again whenever units of a live year come later or are corrected before their clearing. */
import type { Transaction } from '../../db/connect';
import type { AreaSchemeYear } from '../../db/levies';
import { insertRows } from '../../db/rows';
import { careItems, fundsWithUnits, lastAllotment, unitsOf } from '../../db/total-budgets';
import { allotmentOf } from '../../figures/payments/allotment';
import { lawOf } from '../law';

/** Splits the total of one area and scheme over its units; an earlier allotment is kept but no longer in force. */
export async function allotTotalBudget(trx: Transaction, fund: AreaSchemeYear): Promise<void> {
  const { year, scheme, area } = fund;
  const facts = { area, scheme, items: await careItems(trx, fund), units: await unitsOf(trx, fund) };
  const { total, reserve, because, units } = allotmentOf(facts, await lawOf(trx, year));
  const key = { fund_year: year, area, scheme, allotment: (await lastAllotment(trx, fund)) + 1 };
  await insertRows(trx, 'total_budget_allotted', [{ ...key, total, reserve, because }]);
  await insertRows(
    trx,
    'unit_budget_allotted',
    units.map((unit) => ({ ...key, ...unit })),
  );
}

/** Every fund that has units; a year without any has nothing to allot. */
export async function allotTotalBudgets(trx: Transaction, year: number): Promise<void> {
  for (const { area, scheme } of await fundsWithUnits(trx, year)) await allotTotalBudget(trx, { year, area, scheme });
}
