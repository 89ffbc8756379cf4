/** The functions of RULES 3, 4, 8, 11 and 12 on single cases, by name: what `fund rule` can be asked. */
import { BURDEN_CASES } from './burdens';
import { CONTRIBUTION_CASES } from './contributions';
import { FUND_PAYMENT_CASES } from './fund-payments';
import { LEVY_CASES } from './levies';
import { PAYMENT_ROW_CASES } from './payment-rows';
import { PAYMENT_CASES } from './payments';
import { RESIDENT_CASES } from './residents';
import { SHARING_CASES } from './sharing';
import type { SingleCase } from './single-case';

export const SINGLE_CASES: readonly SingleCase[] = [
  ...CONTRIBUTION_CASES,
  ...RESIDENT_CASES,
  ...PAYMENT_ROW_CASES,
  ...LEVY_CASES,
  ...SHARING_CASES,
  ...BURDEN_CASES,
  ...FUND_PAYMENT_CASES,
  ...PAYMENT_CASES,
];
export { readCase } from './read-case';
export type { Field } from './fields';
export type { Answered, Figure, SingleCase } from './single-case';
export type { CaseFault } from './kinds';
