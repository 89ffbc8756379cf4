/** What the worker runs. */
export { closeYear } from './close-year';
export { collectPremiums } from './collect-premiums';
export { compileBudget } from './compile-budget';
export { fundYear } from './fund-year';
export { levyAndShare } from './levy-and-share';
export { monthlyCheck } from './monthly-check';
export { recordMethod } from './record-method';
