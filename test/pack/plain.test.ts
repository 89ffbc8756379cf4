/** Plain lines are read as bytes and all others strictly: together they come to what the strict reader makes of every line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PAYMENT_COLUMNS, type PaymentRow, paymentRows, readPaymentLine, rollRows } from '../../pack';
import { FaultList } from '../../pack/fault';
import type { PaymentPlaces } from '../../pack/payment-row';
import { rowBatches } from '../../pack/read-table';
import { reportRepeatedPersons } from '../../pack/repeated-persons';
import { judgeRoll } from '../../pack/roll';
import { ROLL, type RollRow } from '../../pack/tables';
import { GROUPS } from '../../rules/vocabulary';

const YEAR = 2028;
const directory = mkdtempSync(join(tmpdir(), 'plain-'));
afterAll(() => rmSync(directory, { recursive: true }));

const written = (file: string, content: string | Buffer): { directory: string; file: string } => {
  writeFileSync(join(directory, file), content);
  return { directory, file };
};

/** Cells that are nearly always in order, and now and then of every other kind. */
const odd = fc.constantFrom(
  '',
  ' ',
  '"',
  '"a,b"',
  'a"b',
  '\t',
  'x\ry',
  '\0',
  '中',
  '\u200b',
  '\x7f',
  ',',
  '\\',
  '\\N',
  'x'.repeat(501),
);
const mostly = (good: fc.Arbitrary<string>, strange: fc.Arbitrary<string> = odd): fc.Arbitrary<string> =>
  fc.oneof({ weight: 30, arbitrary: good }, { weight: 1, arbitrary: strange });
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\r');
const file = (header: readonly string[], cells: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.shuffledSubarray([...header], { minLength: header.length }),
      fc.array(fc.tuple(fc.record(cells), lineEnd), { maxLength: 12 }),
      fc.constantFrom('', '\ufeff'),
    )
    .map(([columns, rows, mark]) => {
      const lines = rows.map(([row, end]) => `${columns.map((column) => row[column]).join(',')}${end}`);
      return `${mark}${columns.join(',')}\n${lines.join('')}`;
    });

describe('payments', () => {
  const residentAreas = new Set(['150100', '150200']);
  const amounts = [
    '0',
    '0.00',
    '1',
    '400.00',
    '0.01',
    '1.',
    '.5',
    '1.234',
    '1e5',
    '-1',
    `${'9'.repeat(16)}.99`,
    '9'.repeat(17),
    '01.50',
  ];
  const times = [
    '2027-02-29',
    '2028-02-29',
    '2027-10-03',
    '0001-01-01',
    '9999-12-31',
    '2027-13-01',
    '0000-01-01',
  ].flatMap((date) =>
    [
      'T00:00:00+08:00',
      'T23:59:59+08:00',
      'T24:00:00+08:00',
      'T09:60:00+08:00',
      't09:15:00+08:00',
      'T23:59:59.5+08:00',
      'T09:15:00Z',
      'T23:00:00-05:00',
      ' 09:15:00+08:00',
      'T09:15:00+08.00',
      'T1 :15:00+08:00',
    ].map((time) => date + time),
  );
  const rows = file(PAYMENT_COLUMNS, {
    receipt: mostly(fc.constantFrom('R1', 'R2', '票3')),
    person: mostly(fc.constantFrom('P1', 'P2')),
    area: mostly(fc.constantFrom('150100', '150900', '盟')),
    coverage_year: mostly(fc.constantFrom('2028', '2027', '20 8', '028')),
    amount: mostly(fc.constant('400.00'), fc.oneof(odd, fc.constantFrom(...amounts))),
    paid_at: fc.oneof(
      { weight: 3, arbitrary: fc.constant('2027-10-03T09:15:00+08:00') },
      { weight: 1, arbitrary: fc.constantFrom(...times) },
    ),
    kind: mostly(fc.constantFrom('payment', 'refund'), fc.constantFrom('', 'Payment', 'refunds')),
    original_receipt: mostly(fc.constantFrom('', 'R1')),
  });

  /** Line by line, as the contract says it. */
  function strictly(content: string): PaymentRow[] {
    const [header = '', ...lines] = content.replace(/^\ufeff/, '').split('\n');
    const places = Object.fromEntries(header.split(',').map((column, place) => [column, place])) as PaymentPlaces;
    return lines.flatMap((line, i) => readPaymentLine(line, i + 2, { year: YEAR, residentAreas, places }) ?? []);
  }

  async function read(content: string): Promise<{ rows: PaymentRow[]; plain: number }> {
    const found: PaymentRow[] = [];
    let plain = 0;
    const batches = paymentRows(
      written('resident_payments.csv', content),
      { year: YEAR, residentAreas },
      ({ cells, places, line, isKnownArea, paidInstant, paidOn }) => {
        plain += 1;
        const text = (column: keyof PaymentPlaces): string => cells.text(places[column]);
        found.push({
          line,
          receipt: text('receipt'),
          person: text('person'),
          named_area: text('area'),
          area: isKnownArea ? text('area') : null,
          amount: text('amount'),
          paid_instant: String(paidInstant),
          paid_on: paidOn,
          kind: text('kind') as 'payment',
          original_receipt: text('original_receipt'),
          malformed: false,
        });
      },
      () => undefined,
    );
    for await (const batch of batches) found.push(...batch);
    return { rows: found.sort((a, b) => a.line - b.line), plain };
  }

  test('come to the same rows', async () => {
    let plain = 0;
    let others = 0;
    await fc.assert(
      fc.asyncProperty(rows, async (content) => {
        const result = await read(content);
        expect(result.rows).toEqual(strictly(content));
        plain += result.plain;
        others += result.rows.length - result.plain;
      }),
      { numRuns: 500 },
    );
    // Both ways were taken, and often.
    expect(Math.min(plain, others)).toBeGreaterThan(100);
  });
});

describe('the roll', () => {
  const schemesOf = new Map<string, readonly ('employee' | 'resident')[] | null>([
    ['150100', ['employee', 'resident']],
    ['150000', ['employee']],
    ['150300', null],
  ]);
  const columns = Object.keys(ROLL.columns);
  const rows = file(columns, {
    person: mostly(fc.constantFrom('P1', 'P2', 'P3', '人4')),
    area: mostly(fc.constant('150100'), fc.constantFrom('150000', '150300', '150900', '')),
    banner: mostly(fc.constantFrom('', '150121', '左旗')),
    group: mostly(fc.constantFrom(...GROUPS), fc.constantFrom('', 'Ordinary', 'constructor')),
    coverage_year: mostly(fc.constantFrom('2028', '2027'), fc.constantFrom('28', '2028 ', '')),
  });

  /** Rows and faults by the strict reader alone, which remembers every key. */
  async function strictly(content: string) {
    const faults = new FaultList();
    const found: RollRow[] = [];
    const context = { known: { schemesOf, year: YEAR }, faults, keys: new Map<string, string>() };
    for await (const batch of rowBatches(written('resident_roll.csv', content), ROLL, context)) found.push(...batch);
    return { faults: faults.all(), rows: found.filter((row) => ROLL.isOf(row, YEAR)) };
  }

  async function read(content: string) {
    const source = written('resident_roll.csv', content);
    const faults = new FaultList();
    const judged = await judgeRoll(source, { schemesOf, year: YEAR }, faults);
    await reportRepeatedPersons([source], faults);
    const found: RollRow[] = [];
    let plain = 0;
    if (faults.isEmpty) {
      const onPlain: Parameters<typeof rollRows>[2] = ({ cells, places, line }) => {
        plain += 1;
        const text = (column: keyof typeof places): string => cells.text(places[column]);
        const group = text('group') as RollRow['group'];
        found.push({
          person: text('person'),
          area: text('area'),
          banner: text('banner'),
          group,
          coverage_year: YEAR,
          line,
        });
      };
      for await (const batch of rollRows(source, YEAR, onPlain, () => undefined)) found.push(...batch);
    }
    return { faults: faults.all(), count: judged.rows, rows: found.sort((a, b) => a.line - b.line), plain };
  }

  test('comes to the same rows and the same faults', async () => {
    let plain = 0;
    let faulty = 0;
    let repeated = 0;
    await fc.assert(
      fc.asyncProperty(rows, async (content) => {
        const wanted = await strictly(content);
        const found = await read(content);
        const isRepeated = ({ column }: { column: string | null }): boolean => column === ROLL.key.join('+');
        const others = wanted.faults.filter((fault) => !isRepeated(fault));
        // A row with a fault of another kind is not looked at for its key.
        if (others.length === 0) expect(found.faults).toEqual(wanted.faults);
        else expect(found.faults.filter((fault) => !isRepeated(fault))).toEqual(others);
        if (wanted.faults.length === 0) expect(found.rows).toEqual(wanted.rows);
        plain += found.plain;
        if (wanted.faults.length > 0) faulty += 1;
        if (others.length === 0 && wanted.faults.length > 0) repeated += 1;
      }),
      { numRuns: 500 },
    );
    expect(Math.min(plain, faulty, repeated)).toBeGreaterThan(20);
  });

  test('a person may be there again in another file, and is found', async () => {
    const header = columns.join(',');
    const sources = [
      written('resident_roll.csv', `${header}\nP1,150100,,ordinary,2028\nP2,150100,,student,2028\n`),
      written(
        'resident_roll_2.csv',
        `${header}\nP3,150100,,ordinary,2028\n"P1",150100,,student,2028\nP2,150100,,student,2027\n`,
      ),
    ];
    const faults = new FaultList();
    await reportRepeatedPersons(sources, faults);
    expect(faults.all()).toEqual([
      expect.objectContaining({ file: 'resident_roll_2.csv', line: 3, found: '… 150100 2028' }),
    ]);
  });
});
