/** Submitted budgets for the tests: a version is a list of lines, and what it is checked against. */
import fc from 'fast-check';
import { type BudgetYardstick, type SubmittedRow, TOTAL_ROWS } from '../../rules/budget-checks';
import { decimal, zero } from '../../rules/money';
import { ITEMS, PARTS, type Scheme } from '../../rules/vocabulary';
import { signedAmount, signedSmallAmount } from './arbitraries';

/** A line of the pooled part without a reason; `personal_account/premium` names the other part. */
export function line(item: string, amount: string, reason = ''): SubmittedRow {
  const part = item.startsWith('personal_account/') ? 'personal_account' : 'pooled';
  return { part, item: item.replace('personal_account/', ''), amount: decimal(amount), reason };
}
export const lines = (amounts: Record<string, string>): SubmittedRow[] =>
  Object.entries(amounts).map(([item, amount]) => line(item, amount));

/** The version with these lines instead of its own; a line of '' is taken out. */
export function withLines(version: Record<string, string>, changed: Record<string, string>): SubmittedRow[] {
  return lines(Object.fromEntries(Object.entries({ ...version, ...changed }).filter(([, amount]) => amount !== '')));
}

/** Nothing levied, nothing due, every estimate as `estimates` says (else 0), the limits of RULES 6. */
export const yardstick = (scheme: Scheme, estimates: Record<string, string> = {}): BudgetYardstick => ({
  scheme,
  estimate: (part, item) => (part === 'pooled' ? decimal(estimates[item] ?? '0') : zero),
  prepaid: zero,
  targetInsured: zero,
  standard: zero,
  slightSurplus: zero,
  deviation: decimal('0.15'),
  majorIllnessFloor: decimal('0.06'),
});

/** A resident budget without fault: income 1000, expenditure 940, levy 50, so a surplus of 10, and major illness at just 6 %. */
export const RESIDENT = {
  premium: '400.00',
  fiscal_subsidy: '600.00',
  inpatient: '700.00',
  outpatient: '180.00',
  major_illness: '60.00',
  levy_to_superior: '50.00',
};
/** What that budget is checked against. */
export const resident: BudgetYardstick = {
  ...yardstick('resident', RESIDENT),
  prepaid: decimal('50.00'),
  targetInsured: decimal('3'),
  standard: decimal('200.00'),
};

/** Any version an area could hand in: both parts, every item, totals and items that nobody knows, negative amounts. */
export const anyVersion: fc.Arbitrary<SubmittedRow[]> = fc.uniqueArray(
  fc.record({
    part: fc.constantFrom(...PARTS),
    item: fc.constantFrom<string>(...ITEMS, ...TOTAL_ROWS, 'advertising'),
    amount: fc.oneof(signedAmount, signedSmallAmount),
    reason: fc.constantFrom('', ' ', '新增门诊统筹'),
  }),
  { selector: ({ part, item }) => `${part}/${item}`, maxLength: 24 },
);
