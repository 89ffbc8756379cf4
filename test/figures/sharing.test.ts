/** 缺口分担: from an area's accounts to what its own surplus, the adjustment fund and its government bear (RULES 8). */
import { sharingFindings } from '../../figures/sharing/findings';
import type { AreaFacts, SharingFacts } from '../../figures/sharing/facts';
import { settlementPayments } from '../../figures/sharing/payments';
import { sharedGaps, totalsOf } from '../../figures/sharing/shares';
import { decimal, yuanText, zero } from '../../rules/money';
import { lawWith } from './laws';

/** α is 0.65, whatever the factors. */
const FLAT = {
  'share.alpha0': '0.65',
  'share.min': '0.65',
  'share.max': '0.65',
  'share.managerial': false,
  'share.reserve': '0',
};
const law = lawWith(2028, FLAT);

const heads = (count: string | null) => (count === null ? null : decimal(count));
/** An employee area that spends 100 more than it has, its premium as budgeted. */
const area = (code: string, more: Partial<AreaFacts> = {}): AreaFacts => ({
  area: code,
  income: decimal('1000.00'),
  premium: decimal('900.00'),
  collected: null,
  expenditure: decimal('1080.00'),
  budgetedPremium: decimal('900.00'),
  estimatedPremium: decimal('900.00'),
  budgetedExpenditure: decimal('1000.00'),
  surplus: zero,
  levy: decimal('20.00'),
  insured: {
    insured: heads('100'),
    in_service: heads('75'),
    retired: heads('25'),
    aged_60_plus: null,
    target_insured: heads('100'),
  },
  conduct: {
    unpaid: false,
    days_late: zero,
    own_policy_above: false,
    transition_document: null,
    performance_score: null,
    audit_refused: false,
    irregular_expenditure: zero,
    cause: 'epidemic',
  },
  ...more,
});
const scheme = (areas: AreaFacts[], fund: string | null = '1000.00'): SharingFacts => ({
  year: 2028,
  scheme: 'employee',
  areas,
  fund: fund === null ? null : { opening: decimal(fund), interest: zero },
});
const row = (more: Partial<AreaFacts>, of = law, fund?: string) =>
  sharedGaps(scheme([area('150100', more)], fund), of).rows[0]!;

// Amounts in yuan. The gap is expenditure and levy less income; the surplus bears it first, then the fund 65 % of the rest.
// what is shown                            facts                                              gap       own      fund     government
// prettier-ignore
test.each<[what: string, facts: Partial<AreaFacts>, ...borne: string[]]>([
  ['no surplus of its own',                 {},                                                '100.00', '0.00',   '65.00', '35.00'],
  ['the surplus comes first',               { surplus: decimal('40.00') },                     '100.00', '40.00',  '39.00', '21.00'],
  ['and may be enough',                     { surplus: decimal('100.00') },                    '100.00', '100.00', '0.00',  '0.00'],
  ['a surplus below 0 bears nothing',       { surplus: decimal('-1.00') },                     '100.00', '0.00',   '65.00', '35.00'],
  ['the levy is part of the gap',           { expenditure: decimal('990.00') },                '10.00',  '0.00',   '6.50',  '3.50'],
  ['income just covers both',               { expenditure: decimal('980.00') },                '0.00',   '0.00',   '0.00',  '0.00'],
  ['the collection is income',              { collected: decimal('60.00') },                   '40.00',  '0.00',   '26.00', '14.00'],
])('who bears a gap: %s', (_what, facts, ...borne) => {
  const { gap, own_surplus, fund_share, area_share } = row(facts);
  expect([gap, own_surplus, fund_share, area_share]).toEqual(borne);
});

// Its own levy of 20 is in the fund as well.
test('a fund that is short pays in proportion, and the governments bear the rest', () => {
  const { rows } = sharedGaps(
    scheme([area('150100'), area('150200', { expenditure: decimal('1180.00') })], '-1.00'),
    law,
  );
  expect(rows.map(({ entitled, fund_share, area_share }) => [entitled, fund_share, area_share])).toEqual([
    ['65.00', '13.00', '87.00'],
    ['130.00', '26.00', '174.00'],
  ]);
  expect(totalsOf(rows)).toEqual({ gap: '300.00', entitled: '195.00', fund_share: '39.00', area_share: '261.00' });
});

test('a fund without a row has the levies of the year', () => {
  expect(sharedGaps(scheme([area('150100')], null), law).rows[0]).toMatchObject({
    entitled: '65.00',
    fund_share: '20.00',
  });
});

test('where the managerial part applies, the government alone bears missed premium and irregular spending', () => {
  const managerial = lawWith(2028, { ...FLAT, 'share.managerial': true });
  const conduct = { ...area('').conduct, irregular_expenditure: decimal('10.00') };
  const found = row({ budgetedPremium: decimal('930.00'), conduct }, managerial);
  expect([found.managerial, found.general, found.fund_share, found.area_share]).toEqual([
    '40.00',
    '60.00',
    '39.00',
    '61.00',
  ]);
});

test('budgeting the premium below the estimate gains nothing', () => {
  const factors = lawWith(2028, {});
  const figures = ({ managerial, alpha, fund_share, area_share, because }: ReturnType<typeof row>) => ({
    ...{ managerial, alpha, fund_share, area_share },
    c: because['alpha.c']!.value,
    expected: because.expected_premium!.value,
  });
  const budgeting = (premium: string) =>
    figures(row({ budgetedPremium: decimal(premium), estimatedPremium: decimal('930.00') }, factors));
  expect(budgeting('930.00')).toMatchObject({ managerial: '30.00', c: '-0.05', expected: '930' });
  for (const premium of ['929.99', '900.00', '0.00']) expect(budgeting(premium)).toEqual(budgeting('930.00'));
  // A higher budget counts as it stands.
  expect(budgeting('940.00')).toMatchObject({ managerial: '40.00', expected: '940' });
});

// conduct, and what it is disqualified for
// prettier-ignore
test.each<[Partial<AreaFacts['conduct']>, string]>([
  [{},                              ''],
  [{ unpaid: true },                '上解未缴'],
  [{ own_policy_above: true },      '自行提高待遇'],
  [{ own_policy_above: true, transition_document: '内政办〔2027〕3号' }, ''],
  [{ unpaid: true, audit_refused: true }, '上解未缴、审计未通过'],
])('conduct %j is disqualified for “%s”', (conduct, reasons) => {
  const found = row({ conduct: { ...area('').conduct, ...conduct } });
  expect(found.because['alpha.disqualified']!.value).toBe(reasons);
  expect(found.fund_share).toBe(reasons === '' ? '65.00' : '0.00');
});

describe('the factors of α', () => {
  const factors = lawWith(2028, {});
  const of = (areas: AreaFacts[]) =>
    sharedGaps(scheme(areas), factors).gaps.map((shared) => shared.factors.map(({ value }) => value.toFixed()));

  test('the area’s ratio of workers to retirees against the region’s', () => {
    const young = area('150100', { insured: { ...area('').insured, in_service: heads('90'), retired: heads('10') } });
    const old = area('150200', { insured: { ...area('').insured, in_service: heads('60'), retired: heads('40') } });
    // The region has 150 : 50; 9 : 1 is three times, 1.5 : 1 half of that.
    expect(of([young, old]).map(([d]) => d)).toEqual(['-0.05', '0.1']);
  });

  test('an area without its numbers counts 0, is left out of the region, and gives a finding', () => {
    const unknown = area('150100', { insured: { ...area('').insured, retired: null } });
    const { gaps } = sharedGaps(scheme([unknown, area('150200')]), factors);
    expect(gaps.map(({ factors: [d] }) => [d.value.toFixed(), d.missing])).toEqual([
      ['0', true],
      ['0.05', false],
    ]);
    expect(gaps.flatMap(sharingFindings).map(({ code, area: of, figure }) => [code, of, figure])).toEqual([
      ['missing_data', '150100', 'd'],
    ]);
  });
});

test('the score of the year before moves α by its bands; without one nothing is missing', () => {
  const banded = lawWith(2028, {
    ...FLAT,
    'share.bands.performance': [
      ['90', '0.05'],
      [null, '-0.05'],
    ],
  });
  const scored = (score: string | null) => {
    const conduct = { ...area('').conduct, performance_score: score === null ? null : decimal(score) };
    const { gaps, rows } = sharedGaps(scheme([area('150100', { conduct })]), banded);
    return [rows[0]!.because['alpha.p']!.value, gaps.flatMap(sharingFindings)];
  };
  expect([scored('92'), scored('89.9'), scored(null)]).toEqual([
    ['0.05', []],
    ['-0.05', []],
    ['0', []],
  ]);
});

// gap, stated cause, cause, findings
// prettier-ignore
test.each<[expenditure: string, stated: string | null, cause: string | null, codes: string[]]>([
  ['1080.00', 'epidemic', 'epidemic',         []],
  ['1080.00', null,       'other_reasonable', ['cause_missing']],
  ['980.00',  null,       null,               []],
  ['980.00',  'epidemic', null,               []],
])('expenditure of %s with the cause %s', (expenditure, stated, cause, codes) => {
  const facts = area('150100', { expenditure: decimal(expenditure), conduct: { ...area('').conduct, cause: stated } });
  const { gaps, rows } = sharedGaps(scheme([facts]), law);
  expect([rows[0]!.cause, gaps.flatMap(sharingFindings).map(({ code }) => code)]).toEqual([cause, codes]);
});

// F, what was advanced in the year, what the settlement pays
test.each([
  ['65.00', '0.00', '65.00'],
  ['65.00', '40.00', '25.00'],
  ['65.00', '70.00', '-5.00'], // returned
])('of a share of %s with %s advanced the settlement pays %s, on both sides', (fund_share, advance, paid) => {
  const payments = settlementPayments({
    scheme: 'employee',
    area: '150100',
    fund_share: decimal(fund_share),
    area_share: decimal('35.00'),
    advance: decimal(advance),
  });
  expect(payments.map(({ entity, amount }) => [entity, yuanText(amount)])).toEqual([
    ['region', paid],
    ['150100', paid],
    ['150100', '35.00'],
  ]);
});
