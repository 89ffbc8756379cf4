/**
 * Small worlds of a collection, drawn at random: a few persons, a few receipts, and rows that meet. Many of them, each with ids of
 * its own, make one pack.
 */
import fc from 'fast-check';
import { GROUPS } from '../../rules/vocabulary';
import { smallPack } from '../pack/builder';
import type { Cells, Columns, Law, Line, Member, Terms } from './collection-reference';

export interface World {
  roll: (Member & { file: string })[];
  lines: (Line & { text: string })[];
}

/** 1504 has employees only, and nobody knows 1599. */
const WITH_RESIDENTS = ['1501', '1502', '1503'];
const AREAS = [...WITH_RESIDENTS, '1504', '1599'];
const COLUMNS: readonly Columns[] = [
  ...(['receipt', 'person', 'area', 'coverage_year', 'amount', 'paid_at', 'kind', 'original_receipt'] as const),
];
const ROLL_FILES = ['resident_roll.csv', 'resident_roll_2.csv'];
/** In another order by name than here; each ends its lines in its own way. */
const PAYMENT_FILES = {
  'resident_payments.csv': '\n',
  'resident_payments-b.csv': '\r\n',
  'resident_payments_2.csv': '\n',
};
const RECEIPTS = ['R1', 'R10', 'R2', 'r1', '\u{ff21}1', '\u{20000}1']; // the last two change places when compared by UTF-16

/** Aid by its table, and what is due then, by hand, in yuan: 400 in 1501 and 1503, 420 in 1502. */
const AID = [
  ',destitute,full,,medical_aid',
  ',orphan,full,,fiscal',
  ',subsistence,percent,0.70,medical_aid',
  ',subsistence,fixed,30,fiscal',
  ',monitored,percent,0.50,medical_aid',
  ',poverty_relieved,fixed,100,fiscal',
  ',severe_disability,fixed,500,medical_aid',
  ',aid_new,fixed,150,medical_aid',
  '1503,destitute,percent,0.70,medical_aid',
  '1503,monitored,full,,medical_aid',
];
const DUE: Record<string, [in1501: number, in1502: number, in1503: number]> = {
  destitute: [0, 0, 120],
  orphan: [0, 0, 0],
  subsistence: [90, 96, 90],
  monitored: [200, 210, 0],
  poverty_relieved: [300, 320, 300],
  severe_disability: [0, 0, 0],
  aid_new: [250, 270, 250],
};

const lawOf = (year: number): Law => ({
  year,
  areas: WITH_RESIDENTS,
  terms(area: string, group: string): Terms {
    const standard = area === '1502' ? 420 : 400;
    const due = DUE[group]?.[WITH_RESIDENTS.indexOf(area)] ?? standard;
    const money = { due: due * 100, aid: (standard - due) * 100 };
    if (group === 'newborn' || group === 'aid_new') return { ...money, opens: '0000-01-01', closes: `${year}-12-31` };
    if (area === '1502') return { ...money, opens: `${year - 1}-09-15`, closes: `${year}-01-31` };
    return { ...money, opens: `${year - 1}-09-01`, closes: `${year - 1}-12-${area === '1503' ? '20' : '31'}` };
  },
});
const overridesOf = (year: number): object => {
  const values = {
    [`collection.individual.${year}.1502`]: '420',
    'collection.window.start.1502': '09-15',
    'collection.window.extension.1502': `${year}-01-31`,
    'collection.window.end.1503': '12-20',
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: '测试文件' }]));
};

/** The edges of windows, days and years, and moments that several rows share, in their order. */
const momentsOf = (year: number): string[] => [
  `${year - 1}-08-31T23:59:59+08:00`,
  `${year - 1}-09-01T00:00:00+08:00`,
  `${year - 1}-09-14T15:59:59.999999Z`,
  `${year - 1}-09-15T00:00:00+08:00`,
  `${year - 1}-10-10T10:00:00+08:00`,
  `${year - 1}-10-10T02:00:00Z`,
  `${year - 1}-10-10T04:00:00.000+02:00`,
  `${year - 1}-10-10T10:00:00.25+08:00`,
  `${year - 1}-10-10T10:00:00.250001+08:00`,
  `${year - 1}-11-11T11:11:11+08:00`,
  `${year - 1}-11-11T11:11:11+08:00`,
  `${year - 1}-11-11T11:11:12+08:00`,
  `${year - 1}-12-20T23:59:59+08:00`,
  `${year - 1}-12-21T00:00:00+08:00`,
  `${year - 1}-12-31T15:59:59Z`,
  `${year - 1}-12-31T16:00:00Z`,
  `${year}-01-31T23:59:59+08:00`,
  `${year}-02-01T00:00:00+08:00`,
  `${year}-12-31T23:59:59+08:00`,
  `${year + 1}-01-01T00:00:00+08:00`,
];

/** What spoils a cell: each of these is malformed. `refund` alone needs an original receipt. */
const SPOILED: Partial<Record<Columns, (year: number) => string[]>> = {
  receipt: () => [''],
  person: () => [''],
  area: () => [''],
  coverage_year: (year) => ['', '28', `${year}.0`],
  amount: () => ['', '0.00', '-400.00', '400.000', '4e2', '12345678901234567', '400,00'],
  paid_at: (year) => [
    `${year - 1}-10-10`,
    `${year - 1}-10-10T10:00+08:00`,
    `${year - 1}-02-30T10:00:00+08:00`,
    `${year - 1}-10-10T10:00:00`,
    `${year - 1}-10-10T24:00:00+08:00`,
  ],
  kind: () => ['', 'Payment', 'refunds'],
  original_receipt: () => [''],
};
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const others = <T>(arbitrary: fc.Arbitrary<T>) => often(1, arbitrary);

const member = fc.record({
  person: fc.constantFrom('P1', 'P2', 'P3'),
  area: fc.constantFrom(...WITH_RESIDENTS),
  group: fc.oneof(often(3, fc.constant('ordinary')), often(2, fc.constantFrom(...GROUPS))),
  file: fc.nat(1),
});
const roll = fc.uniqueArray(member, {
  selector: ({ person, area }) => `${person} ${area}`,
  minLength: 1,
  maxLength: 5,
});

const spoiling = fc.record({ column: fc.constantFrom(...COLUMNS), nth: fc.nat(6) });
const defect = fc.oneof(
  often(24, fc.constant('none' as const)),
  others(fc.constantFrom('a field less' as const, 'a field more' as const, 'a stray quote' as const, 'a NUL' as const)),
  others(spoiling),
);
const drawnRow = fc.record({
  member: fc.nat(4),
  stranger: fc.nat(19).map((n) => n === 0),
  elsewhere: fc.oneof(often(9, fc.constant(null)), others(fc.constantFrom(...AREAS))),
  receipt: fc.constantFrom(...RECEIPTS),
  amount: fc.oneof(often(6, fc.constant('the due' as const)), others(fc.constantFrom('400', '120.0', '0399.99'))),
  moment: fc.oneof(often(3, fc.integer({ min: 3, max: 11 })), others(fc.nat(19))),
  isRefund: fc.nat(4).map((n) => n > 2),
  names: fc.nat(15),
  as: fc.oneof(
    often(5, fc.constant('it stands' as const)),
    others(fc.constantFrom('another amount' as const, 'another person' as const, 'another area' as const)),
  ),
  isLater: fc.nat(3).map((n) => n > 0),
  isOtherYear: fc.nat(15).map((n) => n === 0),
  isQuoted: fc.nat(7).map((n) => n === 0),
  file: fc.nat(2),
  defect,
});
type DrawnRow = typeof drawnRow extends fc.Arbitrary<infer Row> ? Row : never;

/** What is drawn of a world, before it has ids and lines of its own. */
export const drawnWorld = fc.record({ roll, rows: fc.array(drawnRow, { minLength: 1, maxLength: 16, size: 'max' }) });
type DrawnWorld = typeof drawnWorld extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Collects worlds into the files of a pack. */
export class WorldPack {
  readonly worlds: World[] = [];
  readonly law: Law;
  readonly #moments: readonly string[];
  readonly #roll = new Map(ROLL_FILES.map((file) => [file, ['person,area,banner,group,coverage_year']]));
  readonly #payments = new Map(Object.keys(PAYMENT_FILES).map((file) => [file, [COLUMNS.join()]]));

  constructor(private readonly year: number) {
    this.law = lawOf(year);
    this.#moments = momentsOf(year);
  }

  add(drawn: DrawnWorld): void {
    const prefix = `w${this.worlds.length}-`;
    const members = drawn.roll.map(({ file, ...one }) => ({
      ...one,
      person: prefix + one.person,
      file: ROLL_FILES[file] ?? '',
    }));
    for (const { person, area, group, file } of members)
      this.#roll.get(file)?.push([person, area, '', group, this.year].join());
    const written: { cells: Cells; moment: number }[] = [];
    const lines = drawn.rows.map((row) => {
      const { cells, moment } = this.#cells(row, members, written, prefix);
      written.push({ cells, moment });
      return this.#line(row, cells);
    });
    this.worlds.push({ roll: members, lines });
  }

  /** A payment of somebody on the roll, or a refund that mostly names a row above as it stands, be it a payment or a refund. */
  #cells(
    row: DrawnRow,
    members: readonly Member[],
    above: readonly { cells: Cells; moment: number }[],
    prefix: string,
  ) {
    const { person, area, group } = members[row.member % members.length] as Member;
    const own: Cells = {
      receipt: prefix + row.receipt,
      person: row.stranger ? `${prefix}P9` : person,
      area: row.elsewhere ?? area,
      coverage_year: String(row.isOtherYear ? this.year - 1 : this.year),
      amount: row.amount === 'the due' ? (this.law.terms(area, group).due / 100).toFixed(2) : row.amount,
      paid_at: '',
      kind: row.isRefund ? 'refund' : 'payment',
      original_receipt: row.isRefund ? prefix + row.receipt : '',
    };
    const named = row.isRefund ? above[row.names % Math.max(above.length, 1)] : undefined;
    const moment = named !== undefined && row.isLater ? Math.max(named.moment, row.moment) : row.moment;
    const at = { paid_at: this.#moments[moment] ?? '' };
    if (named === undefined) return { moment, cells: { ...own, ...at } };
    const { person: payer, area: where, amount, receipt } = named.cells;
    const target = { ...own, ...at, person: payer, area: where, amount, original_receipt: receipt };
    if (row.as === 'another amount') target.amount = own.amount;
    if (row.as === 'another person') target.person = own.person;
    if (row.as === 'another area') target.area = own.area;
    return { moment, cells: target };
  }

  /** Writes a row into its file, with its defect. */
  #line({ defect: flaw, isQuoted, file: nth }: DrawnRow, drawn: Cells): World['lines'][number] {
    const file = Object.keys(PAYMENT_FILES)[nth] ?? '';
    const cells = { ...drawn };
    if (typeof flaw === 'object') {
      const bad = SPOILED[flaw.column]?.(this.year) ?? [];
      cells[flaw.column] = bad[flaw.nth % bad.length] ?? '';
    }
    const fields = COLUMNS.map((column) => cells[column]).map((cell) =>
      isQuoted || cell.includes(',') ? `"${cell}"` : cell,
    );
    if (flaw === 'a field less') fields.pop();
    if (flaw === 'a field more') fields.push('');
    if (flaw === 'a stray quote') fields[0] = `R"${cells.receipt}`;
    if (flaw === 'a NUL') fields[0] = `${cells.receipt}\0`;
    const rows = this.#payments.get(file) ?? [];
    rows.push(fields.join());
    return {
      file,
      line: rows.length,
      cells: typeof flaw === 'object' || flaw === 'none' ? cells : null,
      text: fields.join(),
    };
  }

  /** The files of the pack; those that no collection looks at are as small as they may be. */
  files(): Record<string, string> {
    const header = (file: string): string => `${(smallPack()[file] ?? '').split('\n')[0] ?? ''}\n`;
    const empty = ['banners', 'history', 'opening', 'adjustment_fund', 'insured', 'budget_submissions', 'actuals'];
    const operators = AREAS.slice(0, 4).flatMap((area) => [
      `sec-${area},甲,area_security,${area}`,
      `fin-${area},乙,area_finance,${area}`,
    ]);
    const region = ['security', 'finance', 'government'].map((office) => `r-${office},丙,region_${office},`);
    return {
      ...Object.fromEntries(empty.map((name) => [`${name}.csv`, header(`${name}.csv`)])),
      'areas.csv': [
        'area,name_zh,name_en,schemes,subsidy_class',
        ...WITH_RESIDENTS.map((area) => `${area},市${area},City ${area},resident,1`),
        '1504,市1504,City 1504,employee,',
        '',
      ].join('\n'),
      'operators.csv': ['operator,name,role,area', ...operators, ...region, ''].join('\n'),
      'medical_aid.csv': ['area,group,kind,value,funding', ...AID, ''].join('\n'),
      'parameters.json': JSON.stringify(overridesOf(this.year)),
      ...Object.fromEntries([...this.#roll].map(([file, rows]) => [file, `${rows.join('\n')}\n`])),
      ...Object.fromEntries(
        [...this.#payments].map(([file, rows]) => {
          const end = PAYMENT_FILES[file as keyof typeof PAYMENT_FILES];
          return [file, rows.map((row) => row + end).join('')];
        }),
      ),
    };
  }
}
