/** The ways out of a version that is not balanced: the least change of one amount, to the fen (RULES 6, docs/decisions/0005). */
import fc from 'fast-check';
import { type BudgetCheck, type BudgetYardstick, type SubmittedRow, checkBudget } from '../../rules/budget-checks';
import { type Decimal, decimal, yuanText, zero } from '../../rules/money';
import { type CheckName, type Item, SCHEMES, type Scheme } from '../../rules/vocabulary';
import { isWayOut } from '../../rules/returned-version';
import { type WayOut, leversOf, waysOut, withAmount } from '../../rules/way-out';
import { rate } from './arbitraries';
import { RESIDENT, anyVersion, line, lines, resident, withLines, yardstick } from './budgets';

/** A surplus of 10. */
const EMPLOYEE = { premium: '1000.00', inpatient: '700.00', outpatient: '290.00' };

const employee = yardstick('employee', EMPLOYEE);
const onePercent = { slightSurplus: decimal('0.01') };

const foundIn = (rows: readonly SubmittedRow[], by: BudgetYardstick, item: Item): string => {
  const { to, change, against } = waysOut(rows, by).find((way) => way.item === item) as WayOut;
  const moved = to === null ? '—' : `${change?.startsWith('-') ? '' : '+'}${change} → ${to}`;
  return [moved, ...against].join(' ');
};

// what is shown                                  lines that differ                 lever            change → new amount, and what stands against it
// prettier-ignore
const residents: [what: string, changed: Record<string, string>, lever: Item, found: string][] = [
  ['a deficit of 30: cut what is spent',          { inpatient: '740.00' },           'inpatient',       '-30.00 → 710.00'],
  ['more income needs more major illness',        { inpatient: '740.00' },           'premium',         '— major_illness_floor'],
  ['the same with the subsidy',                   { inpatient: '740.00' },           'fiscal_subsidy',  '— subsidy_equals_due major_illness_floor'],
  ['a cut by more than 15 % needs a reason',      { inpatient: '740.00' },           'outpatient',      '-30.00 → 150.00 deviation'],
  ['major illness is at its floor',               { inpatient: '740.00' },           'major_illness',   '— major_illness_floor deviation'],
  ['what is not spent cannot be cut',             { inpatient: '740.00' },           'maternity',       '— deviation negative_amount'],
  ['a deficit of one fen',                        { inpatient: '710.01' },           'inpatient',       '-0.01 → 710.00'],
  ['with major illness above its floor',          { inpatient: '720.00', major_illness: '60.60' }, 'premium', '— major_illness_floor'],
  ['income may rise up to that floor',            { inpatient: '719.40', major_illness: '60.60' }, 'premium', '+10.00 → 410.00'],
  ['and no further',                              { inpatient: '719.41', major_illness: '60.60' }, 'premium', '— major_illness_floor'],
  ['a subsidy below what is due may rise',        { fiscal_subsidy: '580.00' },      'fiscal_subsidy',  '+10.00 → 590.00'],
  ['even to just what is due',                    { fiscal_subsidy: '590.00', inpatient: '710.00' }, 'fiscal_subsidy',  '+10.00 → 600.00'],
  ['major illness a fen too low',                 { major_illness: '59.99' },        'major_illness',   '+0.01 → 60.00'],
  ['of less income the same amount is 6 %',       { major_illness: '59.99' },        'premium',         '-0.17 → 399.83'],
  ['the subsidy is to be what is due',            { major_illness: '59.99' },        'fiscal_subsidy',  '-0.17 → 599.83 subsidy_equals_due'],
  ['other expenditure has no part in it',         { major_illness: '59.99' },        'inpatient',       '— major_illness_floor'],
  ['more major illness and no deficit',           { major_illness: '52.00', inpatient: '708.00' }, 'major_illness', '+8.00 → 60.00'],
  ['more major illness, and a deficit of a fen',  { major_illness: '52.00', inpatient: '710.01' }, 'major_illness', '— no_deficit slight_surplus'],
  ['major illness left out: it comes in anew',    { major_illness: '', inpatient: '708.00' }, 'major_illness', '+60.00 → 60.00'],
  ['without income nothing spent helps',          { premium: '', fiscal_subsidy: '', major_illness: '' }, 'inpatient', '— slight_surplus major_illness_floor deviation negative_amount'],
];
test.each(residents)('%s', (_what, changed, lever, found) => {
  expect(foundIn(withLines(RESIDENT, changed), resident, lever)).toBe(found);
});

// prettier-ignore
const employees: [what: string, changed: Record<string, string>, by: Partial<BudgetYardstick>, lever: Item, found: string][] = [
  ['a deficit of 10: more premium',               { outpatient: '310.00' },          {},                'premium',        '+10.00 → 1010.00'],
  ['or less expenditure',                         { outpatient: '310.00' },          {},                'outpatient',     '-10.00 → 300.00'],
  ['a subsidy nobody expects has no reason',      { outpatient: '310.00' },          {},                'fiscal_subsidy', '+10.00 → 10.00 deviation'],
  ['1 % of more income is more: 1010 ÷ 0.99',     { outpatient: '310.00' },          onePercent,        'premium',        '+20.21 → 1020.21'],
  ['1 % of the same income is 10',                { outpatient: '310.00' },          onePercent,        'outpatient',     '-20.00 → 290.00'],
  ['all income as surplus: no premium will do',   { outpatient: '310.00' },          { slightSurplus: decimal('1') }, 'premium', '— no_deficit slight_surplus'],
  ['the levy counts like expenditure',            { levy_to_superior: '30.00' },     { prepaid: decimal('30.00') }, 'premium', '+20.00 → 1020.00'],
  ['without income, the least is what is spent',  { premium: '', inpatient: '60.00', outpatient: '39.99' }, { deviation: decimal('1') }, 'premium', '+99.99 → 99.99'],
];
test.each(employees)('employees: %s', (_what, changed, by, lever, found) => {
  expect(foundIn(withLines(EMPLOYEE, changed), { ...employee, ...by }, lever)).toBe(found);
});

test('a line that comes in anew keeps to its estimate, even when less would do', () => {
  const by = yardstick('employee', { ...EMPLOYEE, fiscal_subsidy: '100.00' });
  expect(foundIn(withLines(EMPLOYEE, { outpatient: '310.00' }), by, 'fiscal_subsidy')).toBe('+85.00 → 85.00');
});

test('a line with a reason may stay away from its estimate, and one without may come back to it', () => {
  const explained = [
    line('premium', '800.00', '费率下调'),
    line('inpatient', '805.00'),
    line('outpatient', '5.00', '并入门诊统筹'),
  ];
  expect(foundIn(explained, employee, 'premium')).toBe('+10.00 → 810.00');
  const unexplained = [line('premium', '840.00'), line('inpatient', '700.00'), line('outpatient', '290.00')];
  expect(foundIn(unexplained, employee, 'premium')).toBe('+150.00 → 990.00');
});

test('a balanced version needs no way out, whatever else it fails', () => {
  expect(waysOut(lines(RESIDENT), resident)).toEqual([]);
  expect(waysOut(withLines(RESIDENT, { levy_to_superior: '49.00', advertising: '1.00' }), resident)).toEqual([]);
});

test('the levers are premium, subsidy and what is spent; the levy is not the area’s to change', () => {
  expect(leversOf('employee')).toEqual([
    'premium',
    'fiscal_subsidy',
    'inpatient',
    'outpatient',
    'maternity',
    'transfer_out',
    'other_expenditure',
  ]);
  expect(leversOf('resident')).toEqual(expect.arrayContaining([...leversOf('employee'), 'major_illness']));
});

test('stated totals move with the item', () => {
  const stated = {
    ...EMPLOYEE,
    outpatient: '310.00',
    total_income: '1000.00',
    total_expenditure: '1010.00',
    surplus: '-10.00',
  };
  const amounts = (item: Item, amount: string) =>
    Object.fromEntries(
      withAmount(lines(stated), item, decimal(amount), 'employee').map((row) => [row.item, yuanText(row.amount)]),
    );
  expect(amounts('premium', '1010.00')).toMatchObject({
    total_income: '1010.00',
    total_expenditure: '1010.00',
    surplus: '0.00',
  });
  expect(amounts('outpatient', '300.00')).toMatchObject({
    total_income: '1000.00',
    total_expenditure: '1000.00',
    surplus: '0.00',
  });
  expect(foundIn(lines(stated), employee, 'premium')).toBe('+10.00 → 1010.00');
});

// --- Against the checks themselves -------------------------------------------------------------------------------------------

const BALANCE: readonly CheckName[] = ['no_deficit', 'slight_surplus', 'major_illness_floor'];
const COUNTING: readonly CheckName[] = ['deviation', 'negative_amount', 'unknown_item'];
const worse = { pass: 0, warn: 1, fail: 2 };
/** Whether a changed version is balanced and no other check has a worse result, or counts more lines, than before. */
function isOut(before: readonly BudgetCheck[], after: readonly BudgetCheck[]): boolean {
  return after.every(({ check, result, figure }, place) => {
    const was = before[place] as BudgetCheck;
    if (BALANCE.includes(check)) return result !== 'fail';
    return worse[result] <= worse[was.result] && (!COUNTING.includes(check) || decimal(figure).lte(was.figure));
  });
}

interface Case {
  scheme: Scheme;
  rows: SubmittedRow[];
  by: BudgetYardstick;
}
/** Versions about what was estimated, of a few fen, so that limits and margins meet. */
const fen = fc.integer({ min: 0, max: 9 }).map((count) => decimal(String(count)).div(100));
const amounts = (scheme: Scheme): fc.Arbitrary<Partial<Record<Item, Decimal>>> =>
  fc.record(Object.fromEntries([...leversOf(scheme), 'interest', 'levy_to_superior'].map((item) => [item, fen])), {
    requiredKeys: [],
  });
const small: fc.Arbitrary<Case> = fc.constantFrom(...SCHEMES).chain((scheme) =>
  fc
    .record({
      submitted: amounts(scheme),
      estimated: fc.option(amounts(scheme), { nil: null }),
      reasons: fc.array(fc.constantFrom('', '据实'), { minLength: 12, maxLength: 12 }),
      totals: fc.boolean(),
      slightSurplus: fc.constantFrom('0', '0.1', '0.5').map(decimal),
      majorIllnessFloor: fc.constantFrom('0', '0.06', '0.5').map(decimal),
      deviation: fc.constantFrom('0.15', '0.5', '1').map(decimal),
      standard: fen,
    })
    .map(({ submitted, estimated, reasons, totals, standard, ...limits }) => {
      const rows: SubmittedRow[] = Object.entries(submitted).map(([item, amount], place) => ({
        part: 'pooled',
        item,
        amount,
        reason: reasons[place] ?? '',
      }));
      if (totals) rows.push(line('total_income', '0.10'), line('total_expenditure', '0.10'), line('surplus', '0.00'));
      const estimates = estimated ?? submitted;
      const by = {
        ...yardstick(scheme),
        ...limits,
        estimate: (_part: unknown, item: Item) => estimates[item] ?? zero,
        prepaid: submitted.levy_to_superior ?? zero,
        targetInsured: decimal('1'),
        standard,
      };
      return { scheme, rows, by };
    }),
);
/** Anything that can be handed in. */
const any: fc.Arbitrary<Case> = fc
  .record({
    scheme: fc.constantFrom(...SCHEMES),
    rows: anyVersion,
    slightSurplus: rate,
    majorIllnessFloor: rate,
    deviation: rate,
  })
  .map(({ scheme, rows, ...limits }) => ({ scheme, rows, by: { ...yardstick(scheme), ...limits } }));

test('a way out passes with nothing else worse, and one fen less of it does not', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.oneof(small, any), ({ scheme, rows, by }) => {
      const before = checkBudget(rows, by);
      for (const { item, from, to } of waysOut(rows, by).filter(isWayOut)) {
        const [start, end] = [decimal(from), decimal(to ?? '')];
        const less = end.gt(start) ? end.minus('0.01') : end.plus('0.01');
        const passes = (amount: Decimal) => isOut(before, checkBudget(withAmount(rows, item, amount, scheme), by));
        expect([passes(end), passes(less)]).toEqual([true, false]);
        found += 1;
      }
    }),
    { numRuns: 600 },
  );
  expect(found).toBeGreaterThan(50);
});

test('what is said of a lever is what trying every amount finds', () => {
  let [open, closed] = [0, 0];
  fc.assert(
    fc.property(small, fc.nat(), ({ scheme, rows, by }, pick) => {
      const ways = waysOut(rows, by);
      const before = checkBudget(rows, by);
      expect(ways.length > 0).toBe(before.some(({ check, result }) => BALANCE.includes(check) && result === 'fail'));
      const way = ways[pick % ways.length];
      if (way === undefined) return;
      const tried = Array.from({ length: 300 }, (_, place) => decimal(String(place - 100)).div(100)).filter((amount) =>
        isOut(before, checkBudget(withAmount(rows, way.item, amount, scheme), by)),
      );
      const distance = (amount: Decimal): Decimal => amount.minus(way.from).abs();
      const [nearest] = tried.sort((a, b) => distance(a).comparedTo(distance(b)));
      expect(isWayOut(way) ? way.to : null).toBe(nearest === undefined ? null : yuanText(nearest));
      if (nearest === undefined) closed += 1;
      else open += 1;
    }),
    // Always the same cases: enough of both kinds are among them.
    { numRuns: 60, seed: 6 },
  );
  expect(Math.min(open, closed)).toBeGreaterThan(3);
});
