/** Cases that the regions of a campaign must reach: a case that never occurred was never tested. */
import type { ResultRow } from '../../../../db/results';
import { cellsOf } from './against-inputs';
import { fenOf } from './exact';
import type { FinishedYear } from './run-year';
import type { Region } from './random-region';

type Case = (region: Region, year: FinishedYear) => boolean;

const setting =
  (name: string, ...values: unknown[]): Case =>
  ({ settings }) =>
    name in settings && (values.length === 0 || values.includes(settings[name]));
const sharing =
  (test: (amounts: Amounts, row: ResultRow) => boolean): Case =>
  (_region, { results }) =>
    results['sharing.csv'].some((row) => test(amountsOf(row), row));
const AMOUNTS = ['gap', 'own_surplus', 'residual', 'managerial', 'general', 'entitled', 'fund_share'] as const;
type Amounts = Record<(typeof AMOUNTS)[number], bigint>;
const amountsOf = (row: ResultRow): Amounts =>
  Object.fromEntries(AMOUNTS.map((name) => [name, fenOf(row[name])])) as Amounts;
const finding =
  (code: string, figure?: string): Case =>
  (_region, { results }) =>
    results['findings.csv'].some((row) => row.code === code && (figure === undefined || row.figure === figure));
const levy =
  (test: (row: ResultRow) => boolean): Case =>
  (_region, { results }) =>
    results['levy.csv'].some(test);
const input =
  (file: string, test: (row: Record<string, string>) => boolean): Case =>
  ({ files }) =>
    cellsOf(files, file).some(test);
const result =
  (file: keyof FinishedYear['results'], test: (row: ResultRow) => boolean): Case =>
  (_region, { results }) =>
    results[file].some(test);

const skips = (scheme: string, year: FinishedYear): boolean =>
  year.cycle?.skipped.some((step) => step.scheme === scheme) === true;
const insures = (scheme: string, { files }: Region): boolean =>
  cellsOf(files, 'areas.csv').some(({ schemes }) => schemes?.includes(scheme));

// prettier-ignore
export const CASES: Record<string, Case> = {
  ...Object.fromEntries(['current', 'prior_settled', 'premium_only'].map((mode) => [`levy.base ${mode}`, setting('levy.base', mode)])),
  ...Object.fromEntries(['months_of_expenditure', 'top_up_months', 'percent_of_income', 'absolute', 'none'].map((mode) => [`levy.cap.mode ${mode}`, setting('levy.cap.mode', mode)])),
  'employees before their phase': (region, year) => insures('employee', region) && skips('employee', year),
  'residents before their phase': (region, year) => insures('resident', region) && skips('resident', year),
  'both schemes in their phase': (region, year) => insures('employee', region) && insures('resident', region) && year.cycle?.skipped.length === 0,
  'no area of residents': (region) => !insures('resident', region),
  'no area of employees': (region) => !insures('employee', region),
  'a levy cut by the cap': levy((row) => row.levy !== '0.00' && row.levy !== row.uncapped),
  'a fund that is full': levy((row) => row.levy === '0.00' && row.uncapped !== '0.00'),
  'a refund of the levy': levy((row) => String(row.true_up).startsWith('-')),
  'a base below 0': levy((row) => String(row.base).startsWith('-')),
  'a gap covered by own surplus': sharing(({ gap, residual }) => gap > 0n && residual === 0n),
  'a gap covered in part': sharing(({ own_surplus, residual }) => own_surplus > 0n && residual > 0n),
  'a managerial part': sharing(({ managerial }) => managerial > 0n),
  'no managerial part by rule': (region, year) => setting('share.managerial', false)(region, year) && sharing(({ residual }) => residual > 0n)(region, year),
  'a general part out of scope': (region, year) => typeof region.settings['share.scope_overspend'] === 'string' && sharing(({ residual, managerial, general }) => general < residual - managerial)(region, year),
  'match_area that binds': (region, year) => setting('share.match_area', true)(region, year) && sharing(({ entitled, residual }) => entitled > 0n && entitled === residual / 2n)(region, year),
  'a fund that runs short': sharing(({ entitled, fund_share }) => fund_share > 0n && fund_share < entitled),
  'a fund that has nothing': sharing(({ entitled, fund_share }) => fund_share === 0n && entitled > 0n),
  'a fund that pays in full': sharing(({ entitled, fund_share }) => entitled > 0n && fund_share === entitled),
  'a disqualified area with a gap': sharing(({ general }, row) => row.alpha === '0.0000' && general > 0n),
  'disqualified: levy unpaid': input('conduct.csv', (row) => row.levy_days_late === 'unpaid'),
  'disqualified: 31 days late': input('conduct.csv', (row) => row.levy_days_late === '31'),
  'disqualified: own policy': input('conduct.csv', (row) => row.own_policy_above === 'true'),
  'disqualified: audit refused': input('conduct.csv', (row) => row.audit_refused === 'true'),
  'factor d missing': finding('missing_data', 'd'),
  'factor c missing': finding('missing_data', 'c'),
  'factor k missing': finding('missing_data', 'k'),
  'a cause not stated': finding('cause_missing'),
  'a submitted budget in its phase': (region, year) => !skips('employee', year) && result('budgets.csv', (row) => row.scheme === 'employee' && row.origin === 'submitted')(region, year),
  'a directed budget of a version': result('budgets.csv', (row) => row.origin === 'directed' && row.version !== 0),
  'a directed budget of the estimate': result('budgets.csv', (row) => row.origin === 'directed' && row.version === 0),
  'a directed budget that is short': finding('directed_budget_short'),
  'an actual below 0': input('actuals.csv', (row) => row.amount?.startsWith('-') === true),
  'money in another place': input('positions.csv', (row) => row.balance !== '0.00'),
  'a bank that agrees with the books': result('agreement.csv', (row) => row.difference === '0.00'),
  'a bank that differs': finding('bank_difference'),
  'an opening below 0': input('opening.csv', (row) => row.accumulated_surplus?.startsWith('-') === true),
  'an adjustment fund below 0': input('adjustment_fund.csv', (row) => row.opening_balance?.startsWith('-') === true),
  'history below 0': input('history.csv', (row) => row.amount?.startsWith('-') === true),
  'persons counted one by one': ({ files }) => cellsOf(files, 'resident_payments.csv').length > 0,
  'a payment in quarantine': result('quarantine.csv', () => true),
  'an accepted refund': input('resident_payments.csv', (row) => row.kind === 'refund'),
  'a unit that keeps a part of what it saved': result('total_budget.csv', (row) => row.retained !== null && row.retained !== '0.00'),
  'a unit that spent too little to keep any': result('total_budget.csv', (row) => row.kind === 'institution' && row.retained === '0.00' && row.entitled === '0.00' && row.budget !== row.incurred),
  'overspending that the fund bears': result('total_budget.csv', (row) => row.kind !== null && row.fund_share !== '0.00' && row.fund_share === row.entitled),
  'a reserve that runs short': result('total_budget.csv', (row) => row.kind !== null && row.fund_share !== row.entitled),
  'care elsewhere above its budget': result('total_budget.csv', (row) => row.kind === 'elsewhere' && row.payable !== null && fenOf(row.payable) > fenOf(row.budget)),
  'a clearing that is taken back': result('total_budget.csv', (row) => String(row.clearing).startsWith('-')),
  'a clearing beside a gap': finding('clearing_open'),
...Object.fromEntries(['excess', 'green', 'yellow', 'orange', 'red'].map((level) => [`risk ${level}`, result('risk.csv', (row) => row.level === level)])),
};

/** The cases that a region met. */
export const reachedBy = (region: Region, year: FinishedYear): string[] =>
  Object.entries(CASES)
    .filter(([, holds]) => holds(region, year))
    .map(([name]) => name);
