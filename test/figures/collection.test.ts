/** The resident collection of an area: what a head owes, the entries of its days, and the reconciliation (RULES 4, 9). */
import type { BookableDay } from '../../db/collection-days';
import { type Booking, bookedDays } from '../../figures/collection/days';
import {
  type Counted,
  collectionRow,
  differenceFindings,
  enrolmentFindings,
} from '../../figures/collection/reconciliation';
import { aidFunding, premiumSources } from '../../figures/collection/premium-sources';
import { type AidTableRow, collectionTerms } from '../../figures/collection/terms';
import { decimal, yuanText, zero } from '../../rules/money';
import { UNKNOWN_AREA } from '../../rules/vocabulary';
import { lawWith } from './laws';

const [YEAR, AREA] = [2028, '150100'];

describe('terms of a group', () => {
  const LAW = lawWith(YEAR, { [`collection.individual.${YEAR}`]: '400' });
  const aid = (kind: AidTableRow['kind'], value: string | null, area: string | null = null): AidTableRow => ({
    area,
    group: 'subsistence',
    funding: 'medical_aid',
    kind,
    value: value === null ? null : decimal(value),
    line: 2,
  });
  const terms = (aids: AidTableRow[], group = 'subsistence') =>
    collectionTerms(LAW, YEAR, AREA, aids).find((term) => term.group === group)!;

  // what is shown, the rows of the aid table, aid and due a head
  // prettier-ignore
  test.each<[string, AidTableRow[], string, string]>([
    ['no aid',                              [],                                              '0.00',   '400.00'],
    ['70 %',                                [aid('percent', '0.70')],                        '280.00', '120.00'],
    ['a fixed amount',                      [aid('fixed', '399.99')],                        '399.99', '0.01'],
    ['more than the standard',              [aid('fixed', '500.00')],                        '400.00', '0.00'],
    ['all of it',                           [aid('full', null)],                             '400.00', '0.00'],
    ['two rows add up',                     [aid('percent', '0.50'), aid('fixed', '50.00')], '250.00', '150.00'],
    ['a row of the area replaces defaults', [aid('full', null), aid('fixed', '1.00', AREA)], '1.00',   '399.00'],
    ['a row of another area does not',      [aid('fixed', '1.00', '150200')],                '0.00',   '400.00'],
  ])('%s', (_what, aids, amount, due) => {
    const term = terms(aids);
    expect([term.aid, term.due]).toEqual([amount, due]);
  });

  test('the window is that of the law; newborns may pay until the end of the year', () => {
    expect([terms([]).opens, terms([]).closes, terms([]).exempt]).toEqual(['2027-09-01', '2027-12-31', false]);
    const newborn = terms([], 'newborn');
    expect([newborn.closes, newborn.exempt]).toEqual(['2028-12-31', true]);
  });

  test('an extension that the region has decided moves the last day, and is its source', () => {
    const extended = lawWith(YEAR, { 'collection.window.extension': '2028-02-29' });
    const term = collectionTerms(extended, YEAR, AREA, []).find(({ group }) => group === 'ordinary')!;
    expect(term.closes).toBe('2028-02-29');
    expect(term.because.closes.inputs.value?.from).toMatchObject({ parameter: 'collection.window.extension' });
  });
});

describe('who paid the premium', () => {
  const row = (kind: AidTableRow['kind'], value: string | null, funding: AidTableRow['funding'], line: number) => ({
    ...{ area: null, group: 'subsistence', kind, value: value === null ? null : decimal(value), funding, line },
  });
  const term = (aid: string) => ({ group: 'subsistence' as const, standard: decimal('400'), aid: decimal(aid) });
  const split = (aid: string, rows: AidTableRow[]) =>
    aidFunding(YEAR, AREA, [term(aid)], rows).map(({ medical_aid, fiscal }) => [medical_aid, fiscal]);

  // what is shown, the aid a head, the rows of the aid table, what medical aid and the treasury bear
  // prettier-ignore
  test.each<[string, string, AidTableRow[], [string, string]]>([
    ['both within the standard',                    '330.00', [row('percent', '0.70', 'medical_aid', 2), row('fixed', '50', 'fiscal', 3)],  ['280.00', '50.00']],
    ['medical aid counts first, wherever it stands', '400.00', [row('fixed', '150', 'fiscal', 2), row('percent', '0.70', 'medical_aid', 3)], ['280.00', '120.00']],
    ['full aid of the treasury pays what is left',   '400.00', [row('full', null, 'fiscal', 2), row('fixed', '100.01', 'medical_aid', 3)],   ['100.01', '299.99']],
    ['medical aid alone may exceed the standard',    '400.00', [row('fixed', '500', 'medical_aid', 2), row('fixed', '10', 'fiscal', 3)],     ['400.00', '0.00']],
    ['the treasury alone',                           '100.00', [row('fixed', '100', 'fiscal', 2)],                                           ['0.00', '100.00']],
    ['nobody',                                       '0.00',   [],                                                                           ['0.00', '0.00']],
  ])('%s', (_what, aid, rows, [medical, fiscal]) => {
    expect(split(aid, rows)).toEqual([[medical, fiscal]]);
  });

  test('each source has borne its part of the aid for every person paid', () => {
    const rows = [row('percent', '0.70', 'medical_aid', 2), row('fixed', '50', 'fiscal', 3)];
    const funding = aidFunding(YEAR, AREA, [term('330.00'), { ...term('0.00'), group: 'ordinary' }], rows);
    const paid = new Map([
      ['subsistence', decimal('3')],
      ['ordinary', decimal('9')],
      ['student', decimal('0')],
    ]);
    const found = premiumSources(YEAR, AREA, decimal('3810.00'), paid, funding);
    expect(found.map(({ source, amount }) => [source, amount])).toEqual([
      ['individual', '3810.00'],
      ['medical_aid', '840.00'],
      ['fiscal', '150.00'],
    ]);
  });
});

describe('entries of a day', () => {
  const BOOKING: Booking = { year: YEAR, area: AREA, number: 3, byPerson: true, booksAreOpen: false };
  const cash = (kind: BookableDay['kind'], day: string, amount: string, booked_by: string[] = []): BookableDay => ({
    ...{ area: AREA, kind, day, amount, booked_by },
  });
  const entries = (days: BookableDay[], of: Partial<Booking> = {}) =>
    bookedDays({ ...BOOKING, ...of }, days).postings.map(({ date, key, debit, credit, amount }) =>
      [date, key.replace(`collection/${AREA}/`, ''), debit, credit, yuanText(amount)].join(' '),
    );

  // kind, day, the entry
  // prettier-ignore
  test.each<[BookableDay['kind'], string, string]>([
    ['payments',             '2027-12-31', '2027-12-31 2027-12-31/payments 财政专户存款 暂收款 400.00'],
    ['payments',             '2028-01-01', '2028-01-01 2028-01-01/payments 财政专户存款 基本医疗保险费收入 400.00'],
    ['refunds',              '2027-12-31', '2027-12-31 2027-12-31/refunds 暂收款 财政专户存款 400.00'],
    ['quarantined_payments', '2027-12-31', '2027-12-31 2027-12-31/quarantined_payments 财政专户存款 待核对款 400.00'],
    ['quarantined_releases', '2028-01-01', '2028-01-01 2028-01-01/quarantined_releases 待核对款 财政专户存款 400.00'],
    ['quarantined_refunds',  '2028-01-01', '2028-01-01 2028-01-01/quarantined_refunds 待核对款 财政专户存款 400.00'],
  ])('%s of %s', (kind, day, entry) => {
    expect(entries([cash(kind, day, '400.00')])).toEqual([entry]);
  });

  test('what comes late for a booked day is an entry of its own, with the number of its booking', () => {
    const late = cash('payments', '2027-10-01', '400.00', ['collection/150100/2027-10-01/payments']);
    const [posting] = bookedDays(BOOKING, [late]).postings;
    expect(posting!.key).toBe('collection/150100/2027-10-01/payments/3');
    expect(posting!.because.formula).toBe('paid + aid + enrolled - booked_before');
    const refund = bookedDays(BOOKING, [{ ...late, kind: 'refunds' }]).postings[0]!;
    expect(refund.because.formula).toBe('refunded + aid + booked_before');
  });

  test('once the books are open, what comes late for days before the year is income of its first day', () => {
    const days = [
      cash('payments', '2027-10-01', '400.00'),
      cash('refunds', '2027-10-01', '100.00'),
      cash('quarantined_payments', '2027-10-01', '7.00'), // nobody's income yet
      cash('payments', '2028-01-02', '5.00'), // income by itself
    ];
    expect(entries(days, { booksAreOpen: true }).at(-1)).toBe(
      '2028-01-01 advance-to-income/3 暂收款 基本医疗保险费收入 300.00',
    );
  });

  test('the receipt counts each day once, and only payments', () => {
    const days = [cash('payments', '2027-10-01', '400.00'), cash('refunds', '2027-10-01', '100.00')];
    expect(bookedDays(BOOKING, days)).toMatchObject({ days: 1, amount: '400.00' });
    expect(bookedDays(BOOKING, [])).toMatchObject({ days: 0, amount: '0.00' });
  });

  test('without person rows the day is the tax bureau’s total', () => {
    const [posting] = bookedDays({ ...BOOKING, byPerson: false }, [cash('payments', '2027-12-31', '9.00')]).postings;
    expect(posting!.because).toMatchObject({
      formula: 'total',
      inputs: { total: { from: { rows: 'collection_totals.csv' } } },
    });
  });
});

describe('reconciliation', () => {
  const persons = (paid: string, registered: string) => ({ paid: decimal(paid), registered: decimal(registered) });
  const counted = (of: Partial<Counted['counts']> = {}, more: Partial<Counted> = {}): Counted => ({
    year: YEAR,
    area: AREA,
    counts: {
      byPerson: true,
      registered: decimal('1000'),
      paid: decimal('900'),
      due: decimal('400000'),
      collected: decimal('360000'),
      aid: decimal('40000'),
      acceptedRows: decimal('900'),
      quarantinedRows: decimal('2'),
      quarantinedAmount: decimal('800'),
      lowIncome: persons('99', '100'),
      povertyRelieved: persons('99', '100'),
      ...of,
    },
    tax: { rows: decimal('902'), amount: decimal('360800') },
    insured: {
      insured: null,
      in_service: null,
      retired: null,
      aged_60_plus: null,
      target_insured: decimal('950'),
      low_income_registered: null,
      low_income_paid: null,
    },
    ...more,
  });
  const LAW = lawWith(YEAR, { 'collection.low_income_target': '0.99' });
  const found = (of: Counted) => differenceFindings(of).map(({ code, figure }) => [code, figure]);

  test('tax bureau and rows agree', () => {
    expect(found(counted())).toEqual([]);
    expect(collectionRow(counted())).toMatchObject({
      difference: '0.00',
      progress: '0.9474',
      low_income_rate: '0.9900',
    });
  });

  // tax bureau's rows and amount, the findings
  test.each<[string, string, [string, string][]]>([
    ['902', '360800.01', [['collection_amount', '0.01']]],
    ['903', '360800.00', [['collection_rows', '1']]],
    [
      '901',
      '360400.00',
      [
        ['collection_amount', '-400.00'],
        ['collection_rows', '-1'],
      ],
    ],
  ])('the tax bureau has %s rows and %s yuan', (rows, amount, findings) => {
    expect(found(counted({}, { tax: { rows: decimal(rows), amount: decimal(amount) } }))).toEqual(findings);
  });

  // paid and registered of both classes, the findings: 99 % is enough
  test.each<[string, string, [string, string][]]>([
    ['99', '99', []],
    ['98', '99', [['low_income_rate', '0.9800']]],
    ['99', '98', [['poverty_relieved_rate', '0.9800']]],
  ])('of 100 each %s and %s have paid', (low, relieved, findings) => {
    const of = counted({ lowIncome: persons(low, '100'), povertyRelieved: persons(relieved, '100') });
    expect(enrolmentFindings(LAW, of).map(({ code, figure }) => [code, figure])).toEqual(findings);
  });

  test('with nobody registered there is no rate and no finding', () => {
    const nobody = persons('0', '0');
    const of = counted({ lowIncome: nobody, povertyRelieved: nobody });
    expect(enrolmentFindings(LAW, of)).toEqual([]);
    expect(collectionRow(of)).toMatchObject({
      low_income_rate: null,
      because: { low_income_rate: { formula: 'null' } },
    });
  });

  test('without person rows the area’s own report is tested, both classes together', () => {
    const insured = { ...counted().insured, low_income_registered: decimal('100'), low_income_paid: decimal('98') };
    const findings = enrolmentFindings(LAW, counted({ byPerson: false }, { insured }));
    expect(findings.map(({ code, figure }) => [code, figure])).toEqual([['low_income_rate', '0.9800']]);
  });

  test('rows of no known area have no rates', () => {
    const stray = counted({ registered: zero, paid: zero }, { area: UNKNOWN_AREA });
    expect(collectionRow(stray)).toMatchObject({ progress: null, low_income_rate: null });
    expect(enrolmentFindings(LAW, stray)).toEqual([]);
  });
});
