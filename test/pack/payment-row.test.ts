/** One line of payments: rows in order and malformed ones, in pairs, and what is still readable of a malformed row. */
import { PAYMENT_COLUMNS, type PaymentRow, readPaymentLine } from '../../pack';
import type { PaymentPlaces } from '../../pack/payment-row';

const places = Object.fromEntries(PAYMENT_COLUMNS.map((name, place) => [name, place])) as PaymentPlaces;
const context = { year: 2027, places, residentAreas: new Set(['150100', '150200']) };
const read = (line: string): PaymentRow | null => readPaymentLine(line, 7, context);

const GOOD = 'R1,P1,150100,2027,400.00,2026-10-22T10:00:00+08:00,payment,';
const REFUND = 'R2,P1,150100,2027,400.00,2026-10-22T10:00:00+08:00,refund,R1';
const changed = (from: string, to: string, line = GOOD): string => {
  if (!line.includes(from)) throw new Error(`nothing to change: ${from}`);
  return line.replace(from, () => to);
};

test('a good row is read whole', () => {
  expect(read(GOOD)).toEqual({
    line: 7,
    receipt: 'R1',
    person: 'P1',
    named_area: '150100',
    area: '150100',
    amount: '400.00',
    paid_instant: '1792634400',
    paid_on: '2026-10-22',
    kind: 'payment',
    original_receipt: '',
    malformed: false,
  });
});

// Each line: what is tested, a row that is in order, and a malformed one beside it.
// prettier-ignore
const pairs: [what: string, good: string, malformed: string][] = [
  ['receipt', changed('R1', '0', GOOD), changed('R1', '')],
  ['person', changed('P1', ' '), changed('P1', '')],
  ['receipt of at most 500 characters', changed('R1', '9'.repeat(500)), changed('R1', '9'.repeat(501))],
  ['area', changed('150100', '159999'), changed('150100', '')],
  ['year, four digits', GOOD, changed(',2027,', ',2O27,')],
  ['year, no sign', GOOD, changed(',2027,', ',+2027,')],
  ['amount without decimals', changed('400.00', '400'), changed('400.00', '400.')],
  ['amount with one decimal', changed('400.00', '400.5'), changed('400.00', '.5')],
  ['amount with two decimals', changed('400.00', '400.55'), changed('400.00', '400.555')],
  ['amount above 0', changed('400.00', '0.01'), changed('400.00', '0.00')],
  ['amount without sign', GOOD, changed('400.00', '-400.00')],
  ['amount without plus', GOOD, changed('400.00', '+400.00')],
  ['amount of digits', GOOD, changed('400.00', '4OO')],
  ['amount without exponent', GOOD, changed('400.00', '4e2')],
  ['amount without blank', GOOD, changed('400.00', ' 400.00')],
  ['amount with one point', GOOD, changed('400.00', '4.0.0')],
  ['amount of 16 digits', changed('400.00', '1234567890123456.78'), changed('400.00', '12345678901234567.78')],
  ['time with seconds', GOOD, changed('T10:00:00', 'T10:00')],
  ['time with offset', changed('+08:00', 'Z'), changed('+08:00', '')],
  ['time with a colon in the offset', GOOD, changed('+08:00', '+0800')],
  ['time with a fraction', changed('10:00:00', '10:00:00.123456789012'), changed('10:00:00', '10:00:00.')],
  ['time with T', changed('T10', 't10'), changed('T10', ' 10')],
  ['a date alone', GOOD, changed('T10:00:00+08:00', '')],
  ['29 February of a leap year', changed('2026-10-22', '2028-02-29'), changed('2026-10-22', '2027-02-29')],
  ['31 days', changed('2026-10-22', '2026-10-31'), changed('2026-10-22', '2026-09-31')],
  ['month 12', changed('2026-10-22', '2026-12-22'), changed('2026-10-22', '2026-13-22')],
  ['hour 23', changed('T10:00:00', 'T23:59:59'), changed('T10:00:00', 'T24:00:00')],
  ['second 59', changed('T10:00:00', 'T10:00:59'), changed('T10:00:00', 'T10:00:60')],
  ['kind', changed('payment', 'refund', REFUND.replace('refund', 'payment')), changed('payment', 'reversal')],
  ['kind in small letters', GOOD, changed('payment', 'Payment')],
  ['original receipt of a refund', REFUND, changed(',R1', ',', REFUND)],
  ['eight fields', GOOD, `${GOOD},`],
  ['eight fields, not seven', GOOD, GOOD.slice(0, -1)],
  ['quoted fields', '"R1","P1","150100","2027","400.00","2026-10-22T10:00:00+08:00","payment",""', '"R1,P1,150100,2027,400.00,2026-10-22T10:00:00+08:00,payment,'],
  ['a quote inside quotes', changed('R1', '"R""1"'), changed('R1', 'R"1')],
  ['quotes around the whole field', changed('R1', '"R1"'), changed('R1', '"R"1')],
  ['a comma inside quotes', changed('R1', '"R,1"'), changed('R1', 'R,1')],
  ['carriage return at the end', `${GOOD}\r`, changed('R1', 'R\r1')],
  ['a NUL byte', GOOD, changed('R1', 'R\x001')],
];

for (const [what, good, malformed] of pairs) {
  test(`malformed: ${what}`, () => {
    expect([read(good)?.malformed, read(malformed)?.malformed]).toEqual([false, true]);
  });
}

// prettier-ignore
const readable: [what: string, line: string, of: Partial<PaymentRow>][] = [
  ['an empty receipt leaves cash of a known area', changed('R1', ''), { area: '150100', amount: '400.00', kind: 'payment', paid_on: '2026-10-22' }],
  ['an endless receipt is none', changed('R1', '9'.repeat(3000)), { receipt: '', person: 'P1', amount: '400.00' }],
  ['a bad amount leaves kind and time', changed('400.00', '4OO'), { amount: null, kind: 'payment', paid_on: '2026-10-22' }],
  ['a bad time leaves amount and kind', changed('T10:00:00+08:00', ''), { amount: '400.00', kind: 'payment', paid_instant: null, paid_on: null }],
  ['a bad kind leaves the amount', changed('payment', 'reversal'), { amount: '400.00', kind: null }],
  ['an unknown area is no area', changed('150100', '159999'), { named_area: '159999', area: null, malformed: false }],
  ['a refund without original keeps its kind', changed(',R1', ',', REFUND), { amount: '400.00', kind: 'refund', malformed: true }],
  ['a wrong number of fields leaves nothing', 'R1,P1,150100,2027,400.00', { receipt: '', person: '', named_area: '', area: null, amount: null, kind: null, paid_instant: null }],
  ['no record leaves nothing', changed('R1', '"R1'), { receipt: '', named_area: '', area: null, amount: null, kind: null }],
];
for (const [what, line, of] of readable) test(`readable: ${what}`, () => expect(read(line)).toMatchObject(of));

// prettier-ignore
const otherYears: [what: string, line: string, isLeftOut: boolean][] = [
  ['another year', changed(',2027,', ',2028,'), true],
  ['another year, malformed otherwise', changed(',2027,', ',2028,').replace('400.00', 'x'), true],
  ['an unreadable year is this one', changed(',2027,', ',202,'), false],
  ['no record at all, another year in sight', changed(',2027,', ',2028,').replace('R1', '"R1'), false],
  ['an empty line', '', true],
  ['an empty line of CRLF', '\r', true],
  ['a blank is no empty line', ' ', false],
];
for (const [what, line, isLeftOut] of otherYears)
  test(`left out: ${what}`, () => expect(read(line) === null).toBe(isLeftOut));

test('columns are read in the order of the header', () => {
  const turned = Object.fromEntries(
    [...PAYMENT_COLUMNS].reverse().map((name, place) => [name, place]),
  ) as PaymentPlaces;
  const line = GOOD.split(',').reverse().join(',');
  expect(readPaymentLine(line, 7, { ...context, places: turned })).toEqual(read(GOOD));
});
