/**
 * `fund.decide_payments` decides most rows in sets and only those that meet another one by one; it must come to what the
 * rules say row after row, whatever is in the files and in however many batches they come.
 */
import fc from 'fast-check';
import type { Transaction } from '../../db/connect';
import { attachRoll, newPartition, roomFor } from '../../db/partitions';
import { decidePayments } from '../../db/residents';
import { execute, insertRows, select } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';
import { Collection, type Decision, type Member, type PaymentRow, type Reason, type Term } from './payment-model';

const YEAR = 2028;
const AREAS = ['150100', '150200'];

// What each group owes and when it may pay. 150200 opens later and has an extension; destitute owe nothing in 150100 only.
// prettier-ignore
const TERMS: Record<string, Term> = {
  '150100 ordinary':    { due: '400.00', aid: '0.00',   opens: '2027-09-01', closes: '2027-12-31', exempt: false },
  '150100 subsistence': { due: '120.00', aid: '280.00', opens: '2027-09-01', closes: '2027-12-31', exempt: false },
  '150100 destitute':   { due: '0.00',   aid: '400.00', opens: '2027-09-01', closes: '2027-12-31', exempt: false },
  '150100 newborn':     { due: '400.00', aid: '0.00',   opens: '2027-09-01', closes: '2028-12-31', exempt: true },
  '150200 ordinary':    { due: '400.00', aid: '20.00',  opens: '2027-09-15', closes: '2028-01-31', exempt: false },
  '150200 subsistence': { due: '120.00', aid: '300.00', opens: '2027-09-15', closes: '2028-01-31', exempt: false },
  '150200 destitute':   { due: '120.00', aid: '300.00', opens: '2027-09-15', closes: '2028-01-31', exempt: false },
  '150200 newborn':     { due: '120.00', aid: '300.00', opens: '2027-09-15', closes: '2028-12-31', exempt: true },
};
const termOf = (area: string, group: string): Term => TERMS[`${area} ${group}`] as Term;

/** Moments in Shanghai: the edges of windows and years, and some that several rows share. */
const MOMENTS = [
  '2027-08-31T23:59:59',
  '2027-09-01T00:00:00',
  '2027-09-15T00:00:00',
  '2027-10-10T10:00:00',
  '2027-10-10T10:00:01',
  '2027-11-11T11:11:11',
  '2027-11-11T23:59:59',
  '2027-12-31T23:59:59',
  '2028-01-01T00:00:00',
  '2028-01-31T23:59:59',
  '2028-02-01T00:00:00',
  '2028-12-31T23:59:59',
];
const seconds = (moment: string): number => Date.parse(`${moment}+08:00`) / 1000;

const person = fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5', 'P6');
const receipt = fc.constantFrom(...Array.from({ length: 14 }, (_, n) => `R${n}`));
const roll: fc.Arbitrary<Member[]> = fc.uniqueArray(
  fc.record({
    person,
    area: fc.constantFrom(...AREAS),
    group: fc.constantFrom('ordinary', 'ordinary', 'subsistence', 'destitute', 'newborn'),
  }),
  { selector: ({ person: who, area }) => `${who} ${area}`, minLength: 4, maxLength: 12 },
);
/** Rows that often meet: few persons, few receipts, and refunds that mostly name a row above them as it stands. */
const rows: fc.Arbitrary<PaymentRow[]> = fc
  .array(
    fc.record({
      receipt,
      person,
      area: fc.option(fc.constantFrom(...AREAS), { freq: 12 }),
      amount: fc.constantFrom('400.00', '400.00', '120.00', '399.99'),
      moment: fc.constantFrom(...MOMENTS.slice(3, 7), ...MOMENTS),
      kind: fc.constantFrom('payment' as const, 'payment' as const, 'refund' as const),
      names: fc.record({
        row: fc.nat(40),
        as: fc.constantFrom('it stands', 'it stands', 'it stands', 'of another amount', 'itself'),
      }),
      malformed: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
    }),
    { maxLength: 40, size: 'max' },
  )
  .map((drawn) =>
    drawn.map(({ moment, names, ...row }, i): PaymentRow => {
      const common = { ...row, line: i + 2, instant: seconds(moment), day: moment.slice(0, 10), original: '' };
      const named = drawn[names.row % (i + 1)] as (typeof drawn)[number];
      if (row.kind === 'payment') return common;
      const original = { ...common, original: named.receipt };
      if (names.as === 'itself') return original;
      const target = { ...original, person: named.person, area: named.area };
      return names.as === 'it stands' ? { ...target, amount: named.amount } : target;
    }),
  );
/** How many of the rows come with each batch; the last one brings the rest. */
const cuts = fc.array(fc.nat(15), { maxLength: 4 });
function inBatches(payments: readonly PaymentRow[], sizes: readonly number[]): PaymentRow[][] {
  let begin = 0;
  return [...sizes, payments.length].map((size) => payments.slice(begin, (begin += size)));
}

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const trx = database.pool;
  await execute(trx, `insert into fund.fund_year (year, mode) values (${YEAR}, 'run')`);
  await insertRows(
    trx,
    'area',
    AREAS.map((area) => ({
      fund_year: YEAR,
      area,
      name_zh: area,
      name_en: area,
      schemes: ['resident'],
      subsidy_class: 1,
      line: 2,
    })),
  );
  await insertRows(
    trx,
    'collection_term',
    Object.entries(TERMS).map(([key, { due, aid, ...window }]) => {
      const [area, group] = key.split(' ') as [string, string];
      const standard = (Number(due) + Number(aid)).toFixed(2);
      return { fund_year: YEAR, area, group, standard, due, aid, ...window, because: {} };
    }),
  );
});
afterAll(async () => {
  await database.drop();
});

/** Where what is counted as rows come is not what the rows are: persons paid by the days so far, and rows in quarantine by reason. */
const COUNTS_THAT_DIFFER = `
  select area, 'paid' as what, coalesce(d.n, 0) as counted, coalesce(g.n, 0) as found
  from (select area, sum(case kind when 'payments' then persons when 'refunds' then -persons else 0 end) as n
        from fund.collection_day group by area) d
  full join (select area, sum(paid) as n from fund.collection_group group by area) g using (area)
  where coalesce(d.n, 0) <> coalesce(g.n, 0)
  union all
  select area, reason, coalesce(q.rows, 0), coalesce(p.n, 0)
  from fund.collection_quarantine q
  full join (select coalesce(area, 'unknown') as area, reason, count(*) as n from fund.resident_payment
             where outcome = 'quarantined' group by 1, 2) p using (area, reason)
  where coalesce(q.rows, 0) <> coalesce(p.n, 0)`;

/** What the database decides, batch after batch, in a transaction that is rolled back. */
async function decidedBy(members: readonly Member[], batches: readonly PaymentRow[][]): Promise<Decision[]> {
  const trx = await database.pool.transaction();
  try {
    await loadRoll(trx, members);
    await execute(trx, 'select fund.enrol_by_full_aid(:year)', { year: YEAR });
    for (const payments of batches) {
      await (await roomFor(trx, 'received_payment', YEAR)).attach();
      await insertRows(trx, 'received_payment', payments.map(received));
      expect(await decidePayments(trx, YEAR)).toBe(String(payments.length));
    }
    expect(await select(trx, COUNTS_THAT_DIFFER)).toEqual([]);
    return await select<Decision>(
      trx,
      'select line, reason, aid, refund_line as "refundOf" from fund.resident_payment order by line',
    );
  } finally {
    await trx.rollback();
  }
}

async function loadRoll(trx: Transaction, members: readonly Member[]): Promise<void> {
  const roll = await newPartition(trx, 'resident_roll', YEAR);
  await execute(
    trx,
    `insert into ${roll?.table} (fund_year, person, area, "group", file, line)
     select ${YEAR}, person, area, "group", 'resident_roll.csv', line
     from jsonb_to_recordset(:members::jsonb) as m (person text, area text, "group" text, line int)`,
    { members: JSON.stringify(members.map((member, i) => ({ ...member, line: i + 2 }))) },
  );
  await attachRoll(trx, YEAR);
}

const received = ({ instant, day, original, malformed, ...row }: PaymentRow) => ({
  fund_year: YEAR,
  file: 'resident_payments.csv',
  ...row,
  named_area: row.area ?? '159999',
  paid_instant: String(instant),
  paid_on: day,
  original_receipt: original,
  reason: malformed ? 'malformed' : null,
});

const met = new Set<string>();

test('any file is decided as row after row, at once and batch after batch', async () => {
  await fc.assert(
    fc.asyncProperty(roll, rows, cuts, async (members, payments, sizes) => {
      const expected = new Collection(YEAR, members, termOf).decide(payments);
      expect(await decidedBy(members, [payments])).toEqual(expected);
      const onPaper = new Collection(YEAR, members, termOf);
      const batches = inBatches(payments, sizes);
      expect(await decidedBy(members, batches)).toEqual(batches.map((batch) => onPaper.decide(batch)).at(-1));
      for (const { line, reason } of expected) met.add(`${payments[line - 2]?.kind ?? ''} ${reason ?? 'accepted'}`);
    }),
    // The same files every time: every reason is to occur among them (below).
    { numRuns: 100, seed: 14 },
  );
});

test('and among these files was every reason there is', () => {
  const payments: (Reason | 'accepted')[] = [
    'malformed',
    'unknown_area',
    'unknown_person',
    'out_of_window',
    'amount_mismatch',
    'duplicate_receipt',
    'duplicate_enrolment',
    'accepted',
  ];
  const refunds: (Reason | 'accepted')[] = [
    'malformed',
    'unknown_area',
    'refund_without_payment',
    'refund_after_period_start',
    'amount_mismatch',
    'duplicate_receipt',
    'accepted',
  ];
  const reasons = [...payments.map((reason) => `payment ${reason}`), ...refunds.map((reason) => `refund ${reason}`)];
  expect([...met].sort()).toEqual(reasons.sort());
});

describe('row by row, by hand', () => {
  const members: Member[] = [
    { person: 'P1', area: '150100', group: 'ordinary' },
    { person: 'P1', area: '150200', group: 'ordinary' },
    { person: 'P2', area: '150100', group: 'destitute' },
    { person: 'P2', area: '150200', group: 'destitute' },
    { person: 'P3', area: '150100', group: 'newborn' },
  ];
  const row = (line: number, of: Partial<PaymentRow> & { moment?: string } = {}): PaymentRow => {
    const { moment = '2027-10-10T10:00:00', ...cells } = of;
    return {
      line,
      receipt: `R${line}`,
      person: 'P1',
      area: '150100',
      amount: '400.00',
      instant: seconds(moment),
      day: moment.slice(0, 10),
      kind: 'payment',
      original: '',
      malformed: false,
      ...cells,
    };
  };
  const refund = (line: number, original: string, of: Partial<PaymentRow> & { moment?: string } = {}): PaymentRow =>
    row(line, { kind: 'refund', original, moment: '2027-11-11T11:11:11', ...of });

  // what is shown, the rows, what becomes of them
  // prettier-ignore
  const files: [what: string, rows: PaymentRow[], reasons: (Reason | null)[]][] = [
    ['at one moment the lower receipt comes first', [row(2, { receipt: 'R9' }), row(3, { receipt: 'R8' })],                  ['duplicate_enrolment', null]],
    ['with one receipt too, the lower line',        [row(2), row(3, { receipt: 'R2', person: 'P3' })],                       [null, 'duplicate_receipt']],
    ['the first on either roll holds',              [row(2, { area: '150200' }), row(3)],                                    [null, 'duplicate_enrolment']],
    ['a receipt is compared with accepted rows only', [row(2, { amount: '1.00' }), row(3, { receipt: 'R2' })],               ['amount_mismatch', null]],
    ['after a refund the person may pay again',     [row(2), refund(3, 'R2'), row(4, { moment: '2027-11-12T00:00:00' })],    [null, null, null]],
    ['a refund that comes first finds nothing',     [refund(2, 'R3', { moment: '2027-10-10T09:59:59' }), row(3)],            ['refund_without_payment', null]],
    ['one payment is refunded once',                [row(2), refund(3, 'R2'), refund(4, 'R2')],                              [null, null, 'refund_without_payment']],
    ['a refund names person and area too',          [row(2), refund(3, 'R2', { person: 'P3' }), refund(4, 'R2', { area: '150200' })], [null, 'refund_without_payment', 'refund_without_payment']],
    ['a refund with the receipt of its payment',    [row(2), refund(3, 'R2', { receipt: 'R2' })],                            [null, 'duplicate_receipt']],
    ['the last second before the year',             [row(2), refund(3, 'R2', { moment: '2027-12-31T23:59:59' })],            [null, null]],
    ['the first second of the year',                [row(2), refund(3, 'R2', { moment: '2028-01-01T00:00:00' })],            [null, 'refund_after_period_start']],
    ['a quarantined payment may be given back',     [row(2, { amount: '1.00' }), refund(3, 'R2', { amount: '1.00' })],       ['amount_mismatch', null]],
    ['the accepted payment is given back before it', [row(2, { amount: '1.00' }), row(3, { receipt: 'R2' }), refund(4, 'R2')], ['amount_mismatch', null, null]],
    ['a duplicate receipt is the same money: no',   [row(2), row(3, { receipt: 'R2' }), refund(4, 'R2'), refund(5, 'R2')],   [null, 'duplicate_receipt', null, 'refund_without_payment']],
    ['fully aided in the same area: nothing is due', [row(2, { person: 'P2' })],                                             ['amount_mismatch']],
    ['fully aided elsewhere: enrolled already',     [row(2, { person: 'P2', area: '150200', amount: '120.00' })],            ['duplicate_enrolment']],
    ['a newborn may pay before the window',         [row(2, { person: 'P3', moment: '2027-08-31T23:59:59' })],               [null]],
    ['and until 31 December of the year',           [row(2, { person: 'P3', moment: '2028-12-31T23:59:59' })],               [null]],
    ['others may not',                              [row(2, { moment: '2027-08-31T23:59:59' }), row(3, { moment: '2028-01-01T00:00:00' })], ['out_of_window', 'out_of_window']],
    ['an extension',                                [row(2, { area: '150200', moment: '2028-01-31T23:59:59' })],             [null]],
    ['the first reason counts',                     [row(2, { malformed: true, area: null }), row(3, { area: null, person: 'P9' }), row(4, { person: 'P9', amount: '1.00' })], ['malformed', 'unknown_area', 'unknown_person']],
  ];
  test.each(files)('%s', async (_what, payments, reasons) => {
    const found = await decidedBy(members, [payments]);
    expect(found.map(({ reason }) => reason)).toEqual(reasons);
    expect(found).toEqual(new Collection(YEAR, members, termOf).decide(payments));
  });
});
