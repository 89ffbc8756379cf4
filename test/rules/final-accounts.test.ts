/** 决算: cash on 31 December, and what the settlement of 31 May makes of it. */
import fc from 'fast-check';
import { type AccountFacts, accountLines } from '../../rules/final-accounts';
import { type Decimal, decimal, sum, yuanText, zero } from '../../rules/money';
import { ITEM_NAMES, type Item, isIncome, itemsOf } from '../../rules/vocabulary';
import { signedAmount, smallAmount } from './arbitraries';

type Amounts = Partial<Record<Item, string>>;
const amounts = (of: Amounts) => new Map(Object.entries(of).map(([item, amount]) => [item, decimal(amount)]));
const facts = (more: Partial<AccountFacts>): AccountFacts => ({
  ...{ year: 2027, area: '150300', scheme: 'employee', part: 'pooled', opening: zero },
  ...{ booked: new Map(), budgeted: new Map(), adjustment: null, levy: null, shares: null },
  ...more,
});
const written = (of: AccountFacts, column: 'budget' | 'amount' = 'amount'): Record<string, string> =>
  Object.fromEntries(
    accountLines(of).flatMap(({ line, [column]: cell }) => (cell.value === null ? [] : [[line, yuanText(cell.value)]])),
  );

// prettier-ignore
test.each<[what: string, of: { opening: string; booked: Amounts; levy: string; fund: string; area: string }, lines: Record<string, string>]>([
  ['a gap: in cash the books end below zero, after the settlement at nothing',
    { opening: '100', booked: { premium: '600', inpatient: '600', outpatient: '100', levy_to_superior: '30' }, levy: '30', fund: '24', area: '6' },
    { opening: '100.00', income: '600.00', expenditure: '730.00', balance: '-130.00', closing: '-30.00',
      true_up: '0.00', grant: '24.00', government_share: '6.00', closing_after: '0.00' }],
  ['a true-up alone',
    { opening: '2000', booked: { premium: '1100', inpatient: '950', levy_to_superior: '50' }, levy: '55', fund: '0', area: '0' },
    { closing: '2100.00', true_up: '5.00', closing_after: '2095.00' }],
  ['a refund of the levy',
    { opening: '2000', booked: { premium: '1100', levy_to_superior: '60' }, levy: '55', fund: '0', area: '0' },
    { closing: '3040.00', true_up: '-5.00', closing_after: '3045.00' }],
  ['a withheld levy: nothing of it is in the books, so all of it is settled',
    { opening: '20', booked: { premium: '600', inpatient: '620' }, levy: '30', fund: '0', area: '30' },
    { closing: '0.00', true_up: '30.00', government_share: '30.00', closing_after: '0.00' }],
  ['an advance is income of the year, and no grant a second time',
    { opening: '0', booked: { premium: '100', inpatient: '160', superior_grant: '50' }, levy: '0', fund: '40', area: '20' },
    { income: '150.00', closing: '-10.00', grant: '-10.00', closing_after: '0.00' }],
])('%s', (_, { opening, booked, levy, fund, area }, lines) => {
  const of = { opening: decimal(opening), booked: amounts(booked), levy: decimal(levy) };
  const shares = { fund: decimal(fund), area: decimal(area) };
  expect(written(facts({ ...of, shares }))).toMatchObject(lines);
});

test('an item is listed with a budget or with an amount; the budget has neither opening nor closing', () => {
  const of = facts({
    booked: amounts({ premium: '10', maternity: '0' }),
    budgeted: amounts({ outpatient: '4', maternity: '0', levy_to_superior: '1' }),
  });
  expect(Object.keys(written(of)).filter((line) => Object.hasOwn(ITEM_NAMES, line))).toEqual([
    'premium',
    'outpatient',
    'levy_to_superior',
  ]);
  expect(written(of, 'budget')).toEqual({
    ...{ premium: '0.00', outpatient: '4.00', levy_to_superior: '1.00' },
    ...{ income: '0.00', expenditure: '5.00', balance: '-5.00' },
  });
});

test('without a settlement its lines are 0, and both closings are the same', () => {
  const of = facts({ part: 'personal_account', opening: decimal('900'), booked: amounts({ premium: '50' }) });
  expect(written(of)).toMatchObject({
    ...{ closing: '950.00', true_up: '0.00', grant: '0.00', government_share: '0.00', closing_after: '950.00' },
  });
});

test('the line after the settlement is what RULES 9 calls the closing of Y: S + income − expenditure − L + F + A', () => {
  const OWN = itemsOf('resident').filter((item) => !['superior_grant', 'levy_to_superior'].includes(item));
  fc.assert(
    fc.property(
      fc.array(signedAmount, { minLength: OWN.length, maxLength: OWN.length }),
      fc.tuple(signedAmount, smallAmount, smallAmount, smallAmount, smallAmount, smallAmount),
      (own, [opening, levy, prepaid, fund, advanced, area]) => {
        const items: [Item, Decimal][] = OWN.map((item, i) => [item, own[i] as Decimal]);
        const booked = new Map<Item, Decimal>([...items, ['levy_to_superior', prepaid], ['superior_grant', advanced]]);
        const lines = written(facts({ scheme: 'resident', opening, booked, levy, shares: { fund, area } }));
        const flows = sum(items.map(([item, amount]) => (isIncome(item) ? amount : amount.neg())));
        expect(lines.closing_after).toBe(yuanText(opening.plus(flows).minus(levy).plus(fund).plus(area)));
        expect(lines.closing).toBe(yuanText(opening.plus(flows).minus(prepaid).plus(advanced)));
      },
    ),
  );
});
