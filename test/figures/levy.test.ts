/** The levy of all areas of a scheme (RULES 8): what it is counted on, the cap, and which rows each amount names. */
import { type LevyFacts, type LevyStage, instalment, levyAlone, levyDifference, leviedAreas } from '../../figures/levy';
import type { ParameterInForce } from '../../parameters';
import { decimal, yuanText } from '../../rules/money';
import { areaItems } from './items';
import { lawWith } from './laws';

const YEAR = 2028;
/** Two areas: 2 000.00 of income together last year, 2 300.00 this year; the fund holds 30.00. */
const FACTS: LevyFacts = {
  year: YEAR,
  scheme: 'employee',
  areas: ['150100', '150200'],
  history: areaItems({
    '150100': { premium: '1000.00', interest: '200.00', inpatient: '900.00' },
    '150200': { premium: '800.00', inpatient: '600.00' },
  }),
  current: {
    actuals: areaItems({
      '150100': { premium: '1200.00', interest: '100.00', superior_grant: '500.00' },
      '150200': { premium: '1000.00' },
    }),
    collected: null,
  },
  fundBalance: decimal('30.00'),
  surplus: (area) => decimal(area === '150100' ? '40.00' : '120.00'),
};
type Values = Record<string, ParameterInForce['value']>;
const NO_CAP: Values = { 'levy.rate.employee': '0.05', 'levy.cap.mode': 'none', 'levy.base': 'current' };
const levied = (stage: LevyStage, changed: Values = {}, facts: LevyFacts = FACTS) =>
  leviedAreas(facts, lawWith(YEAR, { ...NO_CAP, ...changed }), stage);

// base of the law, stage, what each area's levy is counted on, the file that says so
// prettier-ignore
test.each<[string, LevyStage, string[], string]>([
  ['current',       'estimate', ['1200.00', '800.00'],  'history.csv'],
  ['current',       'true_up',  ['1300.00', '1000.00'], 'actuals.csv'],  // a grant from above is no income of its own
  ['prior_settled', 'true_up',  ['1200.00', '800.00'],  'history.csv'],
  ['premium_only',  'estimate', ['1000.00', '800.00'],  'history.csv'],
  ['premium_only',  'true_up',  ['1200.00', '1000.00'], 'actuals.csv'],
])('base %s, %s: %p', (base, stage, amounts, file) => {
  const facts = stage === 'estimate' ? { ...FACTS, current: null } : FACTS;
  const areas = levied(stage, { 'levy.base': base }, facts);
  expect(areas.map((area) => yuanText(area.base.value))).toEqual(amounts);
  expect(areas.map((area) => area.base.because.inputs.rows?.from)).toMatchObject([{ rows: file }, { rows: file }]);
  expect(areas.map((area) => yuanText(area.levy.value))).toEqual(
    amounts.map((amount) => yuanText(decimal(amount).times('0.05'))),
  );
});

test('residents: what the collection brought is part of the base, and named beside the rows', () => {
  const collected = () => decimal('50.00');
  const facts: LevyFacts = { ...FACTS, current: { actuals: FACTS.current!.actuals, collected } };
  const [first] = levied('true_up', {}, facts);
  expect(yuanText(first!.base.value)).toBe('1350.00');
  expect(first!.base.because).toMatchObject({
    formula: 'sum(rows) + collection',
    inputs: { collection: { value: '50.00', from: { figure: 'collection.premium', of: { area: '150100' } } } },
  });
});

// Uncapped, the estimates are 60.00 and 40.00; the fund holds 30.00. Expenditure of last year is 1 500.00, 125.00 a month.
// cap mode, its value, the room, the levies
// prettier-ignore
test.each<[string, string, string, string[]]>([
  ['absolute',              '200.00', '170.00', ['60.00', '40.00']],  // room for all
  ['absolute',              '130.00', '100.00', ['60.00', '40.00']],  // just room for all
  ['absolute',              '129.99', '99.99',  ['59.99', '40.00']],  // a fen too little
  ['absolute',              '80.00',  '50.00',  ['30.00', '20.00']],  // in proportion
  ['absolute',              '30.00',  '0.00',   ['0.00', '0.00']],    // the fund is full
  ['absolute',              '10.00',  '-20.00', ['0.00', '0.00']],    // and more than full
  ['percent_of_income',     '0.04',   '50.00',  ['30.00', '20.00']],  // 4 % of 2 000.00
  ['months_of_expenditure', '0.64',   '50.00',  ['30.00', '20.00']],  // 0.64 months are 80.00
  ['top_up_months',         '1',      '5.00',   ['3.00', '2.00']],    // 75.00 less 40.00 are 35.00; the other has enough
])('cap %s %s leaves room for %s', (mode, value, room, levies) => {
  const areas = levied('estimate', { 'levy.cap.mode': mode, 'levy.cap.value': value });
  expect(areas.map((area) => yuanText(decimal(area.room.room?.value as string)))).toEqual([room, room]);
  expect(areas.map((area) => yuanText(area.levy.value))).toEqual(levies);
  expect(areas.map((area) => area.levy.because.inputs.place?.value)).toEqual([1, 2]);
});

test('without a cap no room is stated', () => {
  expect(levied('estimate').map((area) => [area.room, area.levy.because.formula])).toEqual([
    [{}, 'at(uncapped, place)'],
    [{}, 'at(uncapped, place)'],
  ]);
});

// prepaid, the four instalments
test.each([
  ['100.00', ['25.00', '25.00', '25.00', '25.00']],
  ['100.03', ['25.00', '25.00', '25.00', '25.03']],
])('instalments of %s', (prepaid, parts) => {
  const part = (quarter: number) => instalment(FACTS, '150100', decimal(prepaid), quarter);
  expect([1, 2, 3, 4].map((quarter) => yuanText(part(quarter).value))).toEqual(parts);
  expect(part(4).because.inputs.place?.value).toBe(4);
});

// levy, prepaid, true-up: owed, or returned when negative
test.each([
  ['65.00', '60.00', '5.00'],
  ['55.00', '60.00', '-5.00'],
  ['60.00', '0.00', '60.00'],
])('a levy of %s of which %s is prepaid: %s', (levy, prepaid, difference) => {
  expect(yuanText(levyDifference(FACTS, '150100', decimal(levy), decimal(prepaid)).value)).toBe(difference);
});

test('alone: an area’s own base at the rate, whatever the cap and whatever the others have reported', () => {
  const cap = { 'levy.cap.mode': 'absolute', 'levy.cap.value': '31.00' };
  const law = lawWith(YEAR, { ...NO_CAP, ...cap });
  const before = {
    ...FACTS,
    current: null,
    history: areaItems({ '150100': { premium: '1000.00', interest: '200.00' } }),
  };
  const { value, because } = levyAlone(before, law, '150100');
  expect(yuanText(value)).toBe('60.00');
  expect(because.inputs).toMatchObject({
    base: { value: '1200', from: { rows: 'history.csv', of: { area: '150100', year: YEAR - 1 } } },
    rate: { value: '0.05' },
  });
  // All together may pay 1.00.
  const together = leviedAreas({ ...FACTS, current: null }, law, 'estimate');
  expect(together.map(({ levy }) => yuanText(levy.value))).toEqual(['0.60', '0.40']);
});
