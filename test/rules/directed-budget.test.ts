/** The directed budget (以收定支): expenditure follows income (RULES 6, READINGS 30, 31). */
import fc from 'fast-check';
import { checkBudget, pooledTotals } from '../../rules/budget-checks';
import { type DirectedInputs, directBudget } from '../../rules/directed-budget';
import { decimal, sum, yuanText } from '../../rules/money';
import { CONTROLLABLE_ITEMS, SCHEMES, itemsOf } from '../../rules/vocabulary';
import { amount, rate, smallAmount } from './arbitraries';
import { anyVersion, lines, yardstick } from './budgets';

const resident: Omit<DirectedInputs, 'rows'> = {
  scheme: 'resident',
  prepaid: decimal('50.00'),
  slightSurplus: decimal('0'),
  majorIllnessFloor: decimal('0.06'),
};
/** The budget as `item amount`, in the order of the form, and what is short. */
function directed(version: Record<string, string>, by = resident): { items: Record<string, string>; short: string } {
  const { items, shortBy } = directBudget({ ...by, rows: lines(version) });
  const name = (part: string, item: string): string => (part === 'pooled' ? item : `${part}/${item}`);
  return {
    items: Object.fromEntries(items.map(({ part, item, amount }) => [name(part, item), yuanText(amount)])),
    short: shortBy === null ? '' : yuanText(shortBy),
  };
}

// Income 1000, levy 50, major illness 60: 890 are left for what can be controlled.
// what is shown                         inpatient  outpatient  maternity  other     →  cut to
// prettier-ignore
const cuts: [what: string, controllable: [string, string, string, string], cut: [string, string, string, string]][] = [
  ['enough for all: nothing is cut',     ['500.00', '200.00', '100.00',  '90.00'],  ['500.00', '200.00', '100.00',  '90.00']],
  ['a fen too much: the last gives way', ['500.00', '200.00', '100.00',  '90.01'],  ['499.99', '200.00', '100.00',  '90.01']],
  ['cut in proportion',                  ['890.00', '445.00', '222.50', '222.50'],  ['445.00', '222.50', '111.25', '111.25']],
  ['in four equal parts',                ['300.00', '300.00', '300.00', '300.00'],  ['222.50', '222.50', '222.50', '222.50']],
  ['a tie of thirds',                    ['400.00', '400.00', '400.00',   '0.00'],  ['296.67', '296.67', '296.66',   '0.00']],
];
test.each(cuts)('%s', (_what, [inpatient, outpatient, maternity, other], cut) => {
  const controllable = { inpatient, outpatient, maternity, other_expenditure: other };
  const { items, short } = directed({
    premium: '400.00',
    fiscal_subsidy: '600.00',
    major_illness: '60.00',
    ...controllable,
  });
  expect(CONTROLLABLE_ITEMS.map((item) => items[item])).toEqual(cut);
  expect(short).toBe('');
});

test('step by step: what is dropped, set to 0, replaced and raised', () => {
  const version = {
    premium: '400.00',
    fiscal_subsidy: '600.00',
    interest: '-5.00', // negative → 0
    advertising: '12.00', // unknown → dropped
    total_income: '1000.00', // a total → dropped
    superior_grant: '7.00', // stays, in neither I nor X
    inpatient: '800.00',
    major_illness: '10.00', // raised to 6 % of 1000
    levy_to_superior: '1.00', // := prepaid
    'personal_account/premium': '3.00', // stays
    'personal_account/interest': '-3.00', // negative → 0
  };
  expect(directed(version)).toEqual({
    items: {
      'personal_account/premium': '3.00',
      'personal_account/interest': '0.00',
      premium: '400.00',
      fiscal_subsidy: '600.00',
      interest: '0.00',
      superior_grant: '7.00',
      inpatient: '800.00',
      major_illness: '60.00',
      levy_to_superior: '50.00',
    },
    short: '',
  });
});

// prettier-ignore
test.each([
  // income      floor
  ['1000.00',    '60.00'],
  ['1000.01',    '60.01'], // 60.0006, up to the fen
  ['1000.17',    '60.02'],
  [   '0.00',     '0.00'],
])('of an income of %s major illness gets at least %s', (premium, floor) => {
  expect(directed({ premium, major_illness: '0.00' }, { ...resident, prepaid: decimal('0') }).items.major_illness).toBe(floor);
});

test('employees have no major illness: its row is unknown, and nothing is raised', () => {
  const employee = { ...resident, scheme: 'employee' as const };
  expect(directed({ premium: '100.00', major_illness: '1.00' }, employee).items).toEqual({
    premium: '100.00',
    levy_to_superior: '50.00',
  });
});

// The slight surplus is kept back, rounded up to the fen: income 100.01 at 1 % keeps 1.01.
// prettier-ignore
test.each([
  ['0',    '50.01'],
  ['0.01', '49.00'], // 100.01 − 50 − 1.01
])('with a slight surplus of %s inpatient may spend %s', (slightSurplus, inpatient) => {
  const by = { ...resident, scheme: 'employee' as const, slightSurplus: decimal(slightSurplus) };
  expect(directed({ premium: '100.01', inpatient: '500.00' }, by).items.inpatient).toBe(inpatient);
});

// Premium 100, levy 50: transfers out that leave nothing, and one fen more.
// what is shown                                       transfer out   inpatient   short by
// prettier-ignore
test.each([
  ['a fen is left',                                    '49.99',       '0.01',     ''],
  ['nothing is left, and nothing is lacking',          '50.00',       '0.00',     ''],
  ['even without controllable expenditure a deficit',  '50.01',       '0.00',     '-0.01'],
])('%s', (_what, transfer_out, inpatient, short) => {
  const found = directed({ premium: '100.00', inpatient: '80.00', transfer_out }, { ...resident, scheme: 'employee' });
  expect([found.items.inpatient, found.short]).toEqual([inpatient, short]);
});

test('a slight surplus that is missed without a deficit is not short', () => {
  const by = { ...resident, scheme: 'employee' as const, slightSurplus: decimal('0.10') };
  const found = directed({ premium: '100.00', inpatient: '80.00', transfer_out: '45.00' }, by);
  expect([found.items.inpatient, found.short]).toEqual(['0.00', '']);
});

describe('whatever was submitted', () => {
  const any = fc.record({
    scheme: fc.constantFrom(...SCHEMES),
    rows: anyVersion,
    prepaid: fc.oneof(amount, smallAmount),
    slightSurplus: rate,
    majorIllnessFloor: rate,
  });

  test('a directed budget has no deficit, or says by how much it is short', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const { items, shortBy } = directBudget(inputs);
        const { surplus } = pooledTotals(
          items.map((row) => ({ ...row, reason: '' })),
          inputs.scheme,
        );
        if (shortBy === null) expect(surplus.gte(0)).toBe(true);
        else expect([yuanText(surplus), shortBy.lt(0)]).toEqual([yuanText(shortBy), true]);
      }),
    );
  });

  test('it keeps the slight surplus unless there is nothing left to cut', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const items = directBudget(inputs).items.map((row) => ({ ...row, reason: '' }));
        const { amount: of, income, surplus } = pooledTotals(items, inputs.scheme);
        const spent = sum(CONTROLLABLE_ITEMS.map(of));
        expect(spent.isZero() || surplus.gte(inputs.slightSurplus.times(income))).toBe(true);
      }),
    );
  });

  test('levy, major illness, signs and items are in order, and nothing is cut upwards', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const { scheme, rows, prepaid, majorIllnessFloor } = inputs;
        const items = directBudget(inputs).items.map((row) => ({ ...row, reason: '' }));
        const failed = checkBudget(items, { ...yardstick(scheme), prepaid, majorIllnessFloor })
          .filter(({ result, figure }) => result === 'fail' && figure !== '')
          .map(({ check }) => check);
        for (const check of [
          'levy_included',
          'major_illness_floor',
          'negative_amount',
          'unknown_item',
          'identity',
        ] as const)
          expect(failed).not.toContain(check);

        const submitted = pooledTotals(rows, scheme).amount;
        const stands = pooledTotals(items, scheme).amount;
        for (const item of CONTROLLABLE_ITEMS) {
          const before = submitted(item).gt(0) ? submitted(item) : decimal('0');
          expect(stands(item).lte(before)).toBe(true);
        }
        expect(items.every(({ item }) => itemsOf(scheme).includes(item))).toBe(true);
      }),
    );
  });
});
