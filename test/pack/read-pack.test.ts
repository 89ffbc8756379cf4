/** What a pack may look like without being refused, and how faults are reported. */
import { join } from 'node:path';
import { faultText, readPack } from '../../pack';
import { YEAR, faultsOf, packOf, removePacks, smallPack, spoiled, without, writePack } from './builder';

afterAll(removePacks);

const OPTIONAL = [
  'collection_totals.csv',
  'medical_aid.csv',
  'subsidy_arrivals.csv',
  'conduct.csv',
  'premium_basis.csv',
  'benefit_basis.csv',
  'payment_units.csv',
  'unit_accounts.csv',
  'targets.csv',
  'resident_roll.csv',
  'resident_payments.csv',
  'parameters.json',
];

test('optional files may be missing', async () => {
  const pack = await packOf(without(smallPack(), ...OPTIONAL));
  expect([pack.conduct, pack.rollFiles, pack.paymentFiles, pack.overrides]).toEqual([[], [], [], {}]);
  expect([pack.premiumBasis, pack.benefitBasis, pack.targets]).toEqual([[], [], []]);
});

test('optional columns may be missing', async () => {
  const conduct =
    'area,scheme,year,levy_days_late,own_policy_above,audit_refused,irregular_expenditure,performance_score\n';
  const files = {
    ...smallPack(),
    'areas.csv': smallPack()['areas.csv']!.replace(/,[^,\n]*$/gm, ''),
    'conduct.csv': `${conduct}150100,employee,2028,,,,,\n`,
  };
  const { areas, conduct: rows } = await packOf(files);
  expect(areas.map(({ employer_rate }) => employer_rate)).toEqual([null, null, null]);
  expect(rows[0]).toMatchObject({
    cause: null,
    unpaid_claims: null,
    policy_reimbursement: null,
    transition_document: null,
  });
});

test('a file with a header alone has no rows', async () => {
  const header = (file: string): string => smallPack()[file]!.split('\n')[0] as string;
  const files = { ...smallPack(), 'actuals.csv': header('actuals.csv'), 'opening.csv': `${header('opening.csv')}\r\n` };
  const { actuals, opening } = await packOf(files);
  expect([actuals, opening]).toEqual([[], []]);
});

test('byte-order mark, CRLF, empty lines and another column order change nothing', async () => {
  const asExported = (text: string): string => `\ufeff${text.replace(/\n/g, '\r\n\r\n')}`;
  const plain = smallPack();
  const columnsTurned = plain['opening.csv']!.replace(/^(.*),([^,\n]*)$/gm, '$2,$1');
  const files = Object.entries({ ...plain, 'opening.csv': columnsTurned }).map(([name, text]) => [
    name,
    asExported(text),
  ]);
  const exported = await packOf(Object.fromEntries(files));
  const withoutLines = (rows: readonly object[]) => rows.map((row) => ({ ...row, line: 0 }));
  const { opening, areas, budgetSubmissions, conduct, overrides } = await packOf(plain);
  expect(withoutLines(exported.opening)).toEqual(withoutLines(opening));
  expect(withoutLines(exported.areas)).toEqual(withoutLines(areas));
  expect(withoutLines(exported.budgetSubmissions)).toEqual(withoutLines(budgetSubmissions));
  expect(withoutLines(exported.conduct)).toEqual(withoutLines(conduct));
  expect(exported.overrides).toEqual(overrides);
});

test('line numbers are those of the file, even after a cell that spans three lines', async () => {
  const { budgetSubmissions } = await packOf(
    spoiled('budget_submissions.csv', '870.00,,', '870.00,"一\r\n\r\n""二"""'.concat(',')),
  );
  expect(budgetSubmissions.map(({ line, reason }) => [line, reason])).toEqual([
    [2, '一\r\n\r\n"二"'],
    [5, '合计，含利息'],
  ]);
});

test('values are kept as they are: amounts as text, an empty cell as null', async () => {
  const { opening, insured, conduct, areas, medicalAid } = await packOf();
  expect(opening[1]).toEqual({
    area: '150200',
    scheme: 'resident',
    part: 'pooled',
    year: 2028,
    accumulated_surplus: '-5.10',
    basis: null,
    line: 3,
  });
  expect(insured[0]).toMatchObject({ insured: '505', aged_60_plus: null, low_income_paid: null });
  expect(conduct.map(({ levy_days_late, audit_refused }) => [levy_days_late, audit_refused])).toEqual([
    [3, true],
    ['unpaid', null],
  ]);
  expect(areas[1]).toMatchObject({ schemes: ['employee', 'resident'], subsidy_class: '2' });
  expect(medicalAid[0]).toMatchObject({ area: null, kind: 'full', value: null });
});

test('weights and accounts are kept as they are; a month may be negative, and the last column may be missing', async () => {
  const { paymentUnits, unitAccounts } = await packOf();
  expect(paymentUnits.map(({ weight }) => weight)).toEqual(['3', '1.50', '0.5']);
  expect(unitAccounts.map(({ incurred, paid_earlier_years }) => [incurred, paid_earlier_years])).toEqual([
    ['400.00', null],
    ['-12.50', '4.00'],
    ['30.00', null],
  ]);
  const narrow = await packOf({
    ...smallPack(),
    'unit_accounts.csv': smallPack()['unit_accounts.csv']!.replace(/,[^,\n]*$/gm, ''),
  });
  expect(narrow.unitAccounts.map(({ paid_earlier_years }) => paid_earlier_years)).toEqual([null, null, null]);
});

describe('further files of a live year', () => {
  const live = (units: { unit: string; weight: string }[], files: Record<string, string>) =>
    readPack(writePack(files), YEAR, {
      areas: [{ area: '150100', schemes: ['employee', 'resident'] }],
      operators: [],
      overrides: {},
      units: units.map((unit) => ({ area: '150100', scheme: 'employee', ...unit })),
    });
  const UNITS = smallPack()['payment_units.csv']!.split('\n').slice(0, 2).join('\n');
  const ACCOUNTS = smallPack()['unit_accounts.csv']!.split('\n');

  // what the year has, what comes, and which line is refused
  // prettier-ignore
  test.each<[what: string, units: { unit: string; weight: string }[], files: Record<string, string>, refused: number[]]>([
    ['accounts of a unit that was imported before', [{ unit: 'H1', weight: '3' }], { 'unit_accounts.csv': ACCOUNTS.slice(0, 2).join('\n') }, []],
    ['accounts of nobody',                          [{ unit: 'H2', weight: '3' }], { 'unit_accounts.csv': ACCOUNTS.slice(0, 2).join('\n') }, [2]],
    ['a month below 0: the year is added up where it is stored', [{ unit: 'H1', weight: '3' }], { 'unit_accounts.csv': [ACCOUNTS[0], ACCOUNTS[2]].join('\n') }, []],
    ['a weight of 0 beside another unit',           [{ unit: 'H2', weight: '3' }], { 'payment_units.csv': UNITS.replace(',3', ',0') }, []],
    ['a weight of 0 that leaves no sum',            [{ unit: 'H1', weight: '3' }], { 'payment_units.csv': UNITS.replace(',3', ',0') }, [2]],
  ])('%s', async (_what, units, files, refused) => {
    const read = await live(units, files);
    expect('faults' in read ? read.faults.map(({ line }) => line) : []).toEqual(refused);
  });
});

test('rows of other years are left out, and stay in the pack for other cycles', async () => {
  const files = {
    ...smallPack(),
    'history.csv': `${smallPack()['history.csv']}150100,employee,pooled,2024,premium,1.00\n150100,employee,pooled,2028,premium,1.00\n`,
    'opening.csv': `${smallPack()['opening.csv']}150100,employee,pooled,2029,70.00\n`,
    'collection_totals.csv': `${smallPack()['collection_totals.csv']}150100,2029,6,2120.00\n`,
    'subsidy_arrivals.csv': `${smallPack()['subsidy_arrivals.csv']}150100,,central,2029-01-05,1.00\n`,
  };
  const { history, opening, collectionTotals, subsidyArrivals } = await packOf(files);
  expect([history, opening, collectionTotals, subsidyArrivals].map((rows) => rows.length)).toEqual([3, 2, 1, 2]);
});

test('a pack with rows of another year only is refused: the year is wrong', async () => {
  const [fault, ...others] = await faultsOf(without(smallPack(), 'positions.csv', 'bank.csv'), YEAR + 1);
  expect(fault).toMatchObject({ file: 'opening.csv', column: 'year', found: '2028' });
  expect(others).toEqual([]);
});

test('several files of roll and payments are read in name order; unknown tables are named, not refused', async () => {
  const roll = 'person,area,banner,group,coverage_year\nP9,150200,,newborn,2028\n';
  const payments = smallPack()['resident_payments.csv']!;
  const files = {
    ...smallPack(),
    'resident_roll_10.csv': roll,
    'resident_roll_2.csv': roll.replace('P9', 'P8'),
    'resident_payments-b.csv': payments,
    'subsidy_arivals.csv': 'a\n1\n',
    'README.md': 'not a table',
  };
  const { rollFiles, paymentFiles, ignored } = await packOf(files);
  expect(rollFiles).toEqual(['resident_roll.csv', 'resident_roll_10.csv', 'resident_roll_2.csv']);
  expect(paymentFiles).toEqual(['resident_payments-b.csv', 'resident_payments.csv']);
  expect(ignored).toEqual(['subsidy_arivals.csv']);
});

test('a bad payment row does not make the pack refused', async () => {
  const { paymentFiles, files } = await packOf(spoiled('resident_payments.csv', 'R2', '"R2'));
  expect(paymentFiles).toEqual(['resident_payments.csv']);
  expect(files.find(({ file }) => file === 'resident_payments.csv')).toMatchObject({ rows: 2 });
});

test('every file of the pack has its hash and its number of rows', async () => {
  const { files } = await packOf();
  expect(files.map(({ file }) => file).sort()).toEqual(Object.keys(smallPack()).sort());
  expect(files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
});

test('a missing folder is a fault, not an exception', async () => {
  const result = await readPack(join(writePack(), 'nowhere'), YEAR);
  expect('faults' in result && result.faults).toHaveLength(1);
});

test('all faults are reported at once', async () => {
  const files = {
    ...spoiled('opening.csv', '60.00', 'x'),
    'actuals.csv': smallPack()['actuals.csv']!.replace('premium', 'levy_to_superior').replace('2028,12', '2028,13'),
    'medical_aid.csv': smallPack()['medical_aid.csv']!.replace('destitute', 'poor'),
  };
  const faults = await faultsOf(files);
  expect(faults.map(({ file, line, column }) => `${file} ${line} ${column}`)).toEqual([
    'opening.csv 2 accumulated_surplus',
    'medical_aid.csv 2 group',
    'actuals.csv 2 item',
    'actuals.csv 3 month',
  ]);
});

test('for a file that is wrong throughout, a hundred faults are listed and the others counted', async () => {
  const rows = Array.from({ length: 250 }, (_, n) => `150100,employee,pooled,2028,${(n % 12) + 1},item${n},1.00`);
  const faults = await faultsOf({
    ...smallPack(),
    'actuals.csv': `area,scheme,part,year,month,item,amount\n${rows.join('\n')}`,
  });
  expect(faults).toHaveLength(101);
  expect(faultText(faults.at(-1)!)).toContain('150');
});

test('an areas.csv that cannot be read is not blamed on the rows of other files', async () => {
  const faults = await faultsOf(spoiled('areas.csv', 'schemes', 'scheme'));
  expect(new Set(faults.map(({ file }) => file))).toEqual(new Set(['areas.csv']));
});

test('a fault is one line that names the place, what was found, what is expected and what to do', async () => {
  const [fault] = await faultsOf(spoiled('conduct.csv', 'dependency', '"多\n行"'));
  expect(faultText(fault!)).toBe(
    '文件 conduct.csv 第 2 行 cause 列：“多\\n行”；应为policy_change、epidemic、medical_rescue、dependency、other_reasonable 之一' +
      ' (one of policy_change, epidemic, medical_rescue, dependency, other_reasonable)，或留空 (or empty)；办法：改正该格 (correct the cell)',
  );
});
