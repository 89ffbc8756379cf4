/** 绩效评价: the indicators of an area, their total and its rank; and what hospitals are still owed (RULES 10). */
import type { EvaluationFacts } from '../../figures/evaluation/facts';
import { indicatorsOf } from '../../figures/evaluation/indicators';
import { evaluationRows } from '../../figures/evaluation/totals';
import { unpaidClaimFindings } from '../../figures/evaluation/unpaid-claims';
import { decimal, zero } from '../../rules/money';
import { lawWith } from './laws';

const law = lawWith(2028);

const DECEMBER = { accumulated_surplus: decimal('900.00') };
/** An area of residents that did everything it was asked to. */
const FULL: EvaluationFacts = {
  year: 2028,
  scheme: 'resident',
  area: '150100',
  inPhase: true,
  actual: { income: decimal('1000.00'), expenditure: decimal('1200.00'), premium: decimal('400.00') },
  budget: { income: decimal('1000.00'), expenditure: decimal('1200.00'), premium: decimal('400.00') },
  estimatedPremium: decimal('400.00'),
  insured: {
    insured: decimal('100'),
    target_insured: decimal('100'),
    low_income_registered: decimal('10'),
    low_income_paid: decimal('10'),
  },
  lowIncomePersons: null,
  localSubsidy: { due: decimal('50.00'), missing: zero },
  december: { level: 'green', months_payable_4: '9.0000', ...DECEMBER },
  targets: new Map(),
  conduct: { unpaid: false, days_late: zero, unpaid_claims: null, policy_reimbursement: decimal('0.70') },
};
const measured = (changed: Partial<EvaluationFacts> = {}) =>
  indicatorsOf({ ...FULL, ...changed }, law).map(({ indicator, value, score }) => [indicator, value, score]);
const found = (indicator: string, changed: Partial<EvaluationFacts>) =>
  measured(changed).find(([name]) => name === indicator);

test('an area that met everything has full marks, in the order of RULES 10', () => {
  expect(measured()).toEqual([
    ['budget_income', '1.0000', '10.00'],
    ['budget_expenditure', '1.0000', '15.00'],
    ['collection', '1.0000', '20.00'],
    ['expansion', '1.0000', '15.00'],
    ['low_income', '1.0000', '10.00'],
    ['subsidy_arrival', '1.0000', '10.00'],
    ['months_payable', '9.0000', '10.00'],
    ['levy_timeliness', '0.0000', '10.00'],
    ['reimbursement', '0.7000', '10.00'],
  ]);
});

// indicator                what it rests on                                                              value      score
// prettier-ignore
test.each<[indicator: string, facts: Partial<EvaluationFacts>, value: string, score: string]>([
  ['budget_income',         { actual: { ...FULL.actual, income: decimal('900.00') } },                    '0.9000',  '5.00'],
  ['collection',            { actual: { ...FULL.actual, premium: decimal('380.00') } },                   '0.9500',  '10.00'],
  ['low_income',            { lowIncomePersons: { paid: decimal('96'), registered: decimal('100') } },    '0.9600',  '6.67'],
  ['subsidy_arrival',       { localSubsidy: { due: decimal('50.00'), missing: decimal('2.50') } },        '0.9500',  '5.00'],
  ['months_payable',        { december: { ...DECEMBER, level: 'orange', months_payable_4: '4.0000' } },              '4.0000',  '3.00'],
  ['levy_timeliness',       { conduct: { ...FULL.conduct, days_late: decimal('15') } },                   '15.0000', '5.00'],
  ['levy_timeliness',       { conduct: { ...FULL.conduct, unpaid: true } },                               'unpaid',  '0.00'],
])('%s of %j: %s', (indicator, facts, value, score) => {
  expect(found(indicator, facts)).toEqual([indicator, value, score]);
});

test('the collection is measured against the expected premium', () => {
  // 380 came in: 95 % of the 400 estimated, whatever less was budgeted.
  const low = {
    actual: { ...FULL.actual, premium: decimal('380.00') },
    budget: { ...FULL.budget, premium: decimal('1.00') },
  };
  expect(found('collection', low)).toEqual(['collection', '0.9500', '10.00']);
});

// Without its data an indicator is left out.
// prettier-ignore
test.each<[indicator: string, facts: Partial<EvaluationFacts>]>([
  ['budget_income',   { budget: { ...FULL.budget, income: zero } }],
  ['collection',      { budget: { ...FULL.budget, premium: zero }, estimatedPremium: zero }],
  ['expansion',       { insured: { ...FULL.insured, target_insured: null } }],
  ['low_income',      { insured: { ...FULL.insured, low_income_paid: null } }],
  ['low_income',      { scheme: 'employee' }],
  ['subsidy_arrival', { localSubsidy: { due: zero, missing: zero } }],
  ['months_payable',  { december: null }],
  ['levy_timeliness', { inPhase: false }],
  ['reimbursement',   { conduct: { ...FULL.conduct, policy_reimbursement: null } }],
])('there is no %s without its data', (indicator, facts) => {
  expect(found(indicator, facts)).toBeUndefined();
});

test('the total weighs the indicators that have a value; areas with equal totals share a rank', () => {
  const at = (area: string, changed: Partial<EvaluationFacts>) => ({
    area,
    indicators: indicatorsOf({ ...FULL, area, ...changed }, law),
  });
  const unpaid = { conduct: { ...FULL.conduct, unpaid: true } };
  const rows = evaluationRows('resident', [
    at('150100', unpaid),
    at('150200', {}),
    at('150300', { december: null }),
    { area: '150400', indicators: [] },
  ]);
  const totals = rows
    .filter(({ indicator }) => indicator === 'total')
    .map(({ area, value, score }) => [area, value, score]);
  expect(totals).toEqual([
    ['150100', '3', '90.91'], // 100 of 110
    ['150200', '1', '100.00'],
    ['150300', '1', '100.00'],
  ]);
});

// Expenditure is 1200 a year, 100 a month. What hospitals are owed, and whether it is a finding.
test.each([
  [null, false],
  ['100.00', false],
  ['100.01', true],
])('%s owed to hospitals: a finding %s', (owed, isFinding) => {
  const conduct = { ...FULL.conduct, unpaid_claims: owed === null ? null : decimal(owed) };
  const figures = unpaidClaimFindings({ ...FULL, conduct }, law).map(({ code, figure }) => [code, figure]);
  expect(figures).toEqual(isFinding ? [['unpaid_claims', owed]] : []);
});
