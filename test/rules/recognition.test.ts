/** 保费收入确认口径: what an opening on receipts holds, and where the premium of the year comes from. */
import fc from 'fast-check';
import { decimal, yuanText } from '../../rules/money';
import { type OpeningFacts, heldAdvanceBecomesIncome, openingFigure, receivedBecause } from '../../rules/recognition';
import { signedAmount, smallAmount } from './arbitraries';

const facts = (more: Partial<OpeningFacts>): OpeningFacts => ({
  ...{ year: 2027, scheme: 'resident', area: '150300', opening: decimal('5000'), held: null },
  ...more,
});

test('an opening of 5,000 that holds the 2,000 collected for the year is a surplus of 3,000', () => {
  const { surplus, advance } = openingFigure(facts({ held: { amount: decimal('2000'), byPerson: true } }));
  expect([yuanText(surplus.value), yuanText(advance?.value ?? decimal('0'))]).toEqual(['3000.00', '2000.00']);
});

test('an opening that holds nothing is the surplus', () => {
  const { surplus, advance } = openingFigure(facts({}));
  expect([yuanText(surplus.value), advance]).toEqual(['5000.00', null]);
});

test('what is held and what is left are the opening, whatever they are; booked twice it is booked once', () => {
  fc.assert(
    fc.property(signedAmount, smallAmount, smallAmount, (opening, amount, booked) => {
      const { surplus } = openingFigure(facts({ opening, held: { amount, byPerson: false } }));
      expect(yuanText(surplus.value.plus(amount))).toBe(yuanText(opening));
      const first = heldAdvanceBecomesIncome({ advance: amount, booked_before: booked });
      const second = heldAdvanceBecomesIncome({ advance: amount, booked_before: booked.plus(first) });
      expect([yuanText(booked.plus(first)), yuanText(second)]).toEqual([yuanText(amount), '0.00']);
    }),
  );
});

// prettier-ignore
test.each<[what: string, byPerson: boolean, days: { since?: string; until?: string }, rows: string, dated: object]>([
  ['persons, before the year',  true,  { until: '2026-12-31' }, 'resident_payments.csv',  { until: '2026-12-31' }],
  ['persons, within the year',  true,  { since: '2027-01-01' }, 'resident_payments.csv',  { since: '2027-01-01' }],
  ['a total, before the year',  false, { until: '2026-12-31' }, 'collection_totals.csv',  { area: '150300' }],
])('the premium of %s rests on the rows of these days', (_, byPerson, days, rows, dated) => {
  const { inputs } = receivedBecause('150300', byPerson, days);
  expect(Object.values(inputs)[0]?.from).toMatchObject({ rows, of: dated });
});

test('a total belongs to the year before: by receipts none of it is income of the year', () => {
  expect(receivedBecause('150300', false, { since: '2027-01-01' }).formula).toBe('0');
});
