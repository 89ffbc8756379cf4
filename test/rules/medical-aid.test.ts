/** What a registered resident owes: the standard less medical aid (RULES 4). */
import fc from 'fast-check';
import {
  type AidRow,
  aidAmount,
  aidPerHead,
  applicableAid,
  duePerHead,
  fiscalAidPerHead,
  medicalAidPerHead,
} from '../../rules/medical-aid';
import { type Decimal, decimal, yuanText } from '../../rules/money';
import { amount, rate } from './arbitraries';

const full: AidRow = { kind: 'full', value: null };
const percent = (value: string): AidRow => ({ kind: 'percent', value: decimal(value) });
const fixed = (value: string): AidRow => ({ kind: 'fixed', value: decimal(value) });

function aidAndDue(standard: Decimal, rows: readonly AidRow[]): [aid: Decimal, due: Decimal] {
  const aid = aidPerHead({ standard, aids: rows.map((row) => aidAmount(row, standard)) });
  return [aid, duePerHead({ standard, aid })];
}

// what is shown                             standard   aid rows                              aid        due
// prettier-ignore
const table: [what: string, standard: string, rows: AidRow[], aid: string, due: string][] = [
  ['no aid',                                 '400.00', [],                                     '0.00', '400.00'],
  ['the vector of RULES 4: 400 with 70 %',   '400.00', [percent('0.70')],                    '280.00', '120.00'],
  ['a third that ends in tenths',            '400.00', [percent('0.333')],                   '133.20', '266.80'],
  ['half a fen is rounded up',               '400.01', [percent('0.5')],                     '200.01', '200.00'],
  ['less than half a fen is not',            '400.01', [percent('0.49')],                    '196.00', '204.01'],
  ['each row is rounded by itself',            '0.01', [percent('0.5'), percent('0.4')],       '0.01',   '0.00'],
  ['a percentage and a fixed amount add up', '400.00', [percent('0.50'), fixed('50')],       '250.00', '150.00'],
  ['one fen is left to pay',                 '400.00', [fixed('399.99')],                    '399.99',   '0.01'],
  ['just the standard',                      '400.00', [percent('0.70'), fixed('120')],      '400.00',   '0.00'],
  ['never more than the standard',           '400.00', [percent('0.70'), fixed('120.01')],   '400.00',   '0.00'],
  ['a fixed amount above a small standard',    '9.00', [fixed('30')],                          '9.00',   '0.00'],
  ['full aid',                               '400.00', [full],                               '400.00',   '0.00'],
  ['full aid and more',                      '400.00', [full, percent('0.1')],               '400.00',   '0.00'],
];
test.each(table)('%s', (_what, standard, rows, aid, due) => {
  expect(aidAndDue(decimal(standard), rows).map(yuanText)).toEqual([aid, due]);
});

describe('rows that name the area replace the default rows of the group', () => {
  const rows = [
    { area: null, line: 2 },
    { area: null, line: 3 },
    { area: '150100', line: 4 },
  ];
  // area, the lines that apply
  test.each([
    ['150100', [4]],
    ['150200', [2, 3]],
  ])('%s', (area, lines) => {
    expect(applicableAid(rows, area).map(({ line }) => line)).toEqual(lines);
  });
});

test('aid and due are never negative and make up the standard', () => {
  const row: fc.Arbitrary<AidRow> = fc.oneof(
    fc.constant(full),
    rate.map((value): AidRow => ({ kind: 'percent', value })),
    amount.map((value): AidRow => ({ kind: 'fixed', value })),
  );
  fc.assert(
    fc.property(amount, fc.array(row, { maxLength: 4 }), (standard, rows) => {
      const [aid, due] = aidAndDue(standard, rows);
      expect(aid.plus(due).eq(standard)).toBe(true);
      expect(aid.gte(0) && due.gte(0)).toBe(true);
    }),
  );
});

test('paid row by row, medical aid first, whatever exceeds the standard is cut from the last', () => {
  const aid = fc.record({
    kind: fc.constantFrom('full' as const, 'percent' as const, 'fixed' as const),
    value: rate.map((value) => value as Decimal | null),
    isMedical: fc.boolean(),
  });
  fc.assert(
    fc.property(amount, fc.array(aid, { maxLength: 5 }), (standard, rows) => {
      const ordered = [...rows.filter(({ isMedical }) => isMedical), ...rows.filter(({ isMedical }) => !isMedical)];
      const [borne, paid] = [{ medical: decimal('0'), fiscal: decimal('0') }, { total: decimal('0') }];
      for (const row of ordered) {
        const wanted = aidAmount(row, standard);
        const left = standard.minus(paid.total);
        const part = wanted.lt(left) ? wanted : left;
        const source = row.isMedical ? 'medical' : 'fiscal';
        borne[source] = borne[source].plus(part);
        paid.total = paid.total.plus(part);
      }
      const medical = rows.filter(({ isMedical }) => isMedical);
      const medical_aid = medicalAidPerHead({
        standard,
        kind: medical.map(({ kind }) => kind),
        aid: medical.map(({ value }) => value),
      });
      const all = aidPerHead({ standard, aids: rows.map((row) => aidAmount(row, standard)) });
      expect([medical_aid, fiscalAidPerHead({ aid: all, medical_aid })].map(yuanText)).toEqual(
        [borne.medical, borne.fiscal].map(yuanText),
      );
    }),
  );
});
