/**
 * Writes the persons of a region, invented: a roll, and payments as the tax bureau sends them. The same seed gives the same bytes.
 * A row is made from its number, so that no person is kept in memory, however many there are.
 */
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../../servers/home';
import { daysAfter } from '../../../rules/calendar-day';
import { type Random, seeded } from '../campaign/random';
import { yuan } from '../campaign/regions/draw';

const DEMO_PACK = join(CHECKOUT, 'demo', 'pack');
/** The files of the demo pack that are replaced, and its other files about persons. */
const NOT_COPIED = /^(resident_|collection_totals|medical_aid|enrolment_history|burdens|recognitions)/;

/** Members of a group in a thousand, and what each has to pay under the aid below. */
// prettier-ignore
const GROUPS: readonly [group: string, share: number, due: string][] = [
  ['ordinary', 668, '400.00'], ['student', 190, '400.00'], ['newborn', 12, '400.00'], ['destitute', 9, '0.00'],
  ['orphan', 2, '0.00'], ['subsistence', 40, '120.00'], ['monitored', 6, '200.00'], ['poverty_relieved', 32, '300.00'],
  ['severe_disability', 15, '200.00'], ['residence_permit', 20, '400.00'], ['aid_new', 6, '400.00'],
];
const AID = `area,group,kind,value,funding
,destitute,full,,medical_aid
,orphan,full,,medical_aid
,subsistence,percent,0.70,medical_aid
,monitored,percent,0.50,medical_aid
,poverty_relieved,fixed,100,fiscal
,severe_disability,percent,0.50,medical_aid
`;
const BY_DRAW = GROUPS.flatMap(([group, share, due]) => Array.from({ length: share }, () => ({ group, due })));

const UNPAID = 0.055;
/** Shares of the payments: a collision, half of them of a person and half of a receipt; a refund; something wrong. */
const [COLLISIONS, REFUNDS, WRONG] = [0.005, 0.002, 0.01];

const WINDOW_DAYS = 122;
const BIRTHDAYS = Array.from({ length: 30_000 }, (_, i) => daysAfter('1945-01-01', i).replaceAll('-', ''));
const two = (n: number): string => String(n).padStart(2, '0');
const TIMES = Array.from(
  { length: 86_400 },
  (_, i) => `T${two(Math.floor(i / 3600))}:${two(Math.floor(i / 60) % 60)}:${two(i % 60)}+08:00`,
);

interface Region {
  folder: string;
  year: number;
  persons: number; // on the roll
  /** Payments of this many persons are kept for each of two further days. */
  ofOneDay: number;
  seed: number;
}
export interface Written {
  pack: string;
  days: [string, string];
  rollRows: number;
  paymentRows: number;
  rowsOfDays: [number, number];
}

/** A file that is written in large pieces. */
class Lines {
  rows = 0;
  #text: string;
  readonly #file: number;

  constructor(path: string, header: string) {
    this.#file = openSync(path, 'w');
    this.#text = `${header}\n`;
  }

  add(row: string): void {
    this.rows += 1;
    this.#text += `${row}\n`;
    if (this.#text.length > 1 << 20) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#text, null, 'latin1');
    this.#text = '';
  }
}

interface Area {
  area: string;
  first: number; // the number of its first row on the roll
  persons: number;
}

/** The areas with residents, sized like the real ones. */
function areasOf(persons: number): Area[] {
  const real = readFileSync(join(DEMO_PACK, 'insured.csv'), 'utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter(([, scheme]) => scheme === 'resident')
    .map(([area = '', , , insured]) => ({ area, insured: Number(insured) }));
  const all = real.reduce((sum, { insured }) => sum + insured, 0);
  let [before, first] = [0, 0];
  return real.map(({ area, insured }) => {
    before += insured;
    const end = Math.round((persons * before) / all);
    const of = { area, first, persons: end - first };
    first = end;
    return of;
  });
}

interface Person {
  person: string;
  area: string;
  group: string;
  due: string;
  random: Random;
}

class RegionFiles {
  readonly #areas: Area[];
  readonly #days: string[];
  readonly #totals = new Map<string, { rows: number; fen: number }>();
  #receipts = 0;

  constructor(private readonly of: Region) {
    this.#areas = areasOf(of.persons);
    this.#days = Array.from({ length: WINDOW_DAYS + 60 }, (_, i) => daysAfter(`${of.year - 1}-09-01`, i));
  }

  write(): Written {
    const { folder, year, persons, ofOneDay } = this.of;
    const [pack, ...days] = ['pack', 'day-1', 'day-2'].map((name) => join(folder, name)) as [string, string, string];
    for (const each of [pack, ...days]) mkdirSync(each);
    for (const name of readdirSync(DEMO_PACK).filter((file) => !NOT_COPIED.test(file)))
      copyFileSync(join(DEMO_PACK, name), join(pack, name));
    writeFileSync(join(pack, 'medical_aid.csv'), AID);
    const header = 'receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt';
    const files = [pack, ...days].map(
      (where, i) => new Lines(join(where, `resident_payments${i === 0 ? '' : `_${i}`}.csv`), header),
    ) as [Lines, Lines, Lines];
    // Payments come in no order of areas or persons: the step has no divisor in common with the number of persons.
    const step = stepThrough(persons);
    for (let i = 0, n = 0; i < persons; i++, n = (n + step) % persons) {
      const held = persons - i <= ofOneDay ? 2 : persons - i <= 2 * ofOneDay ? 1 : 0;
      this.#pay(this.#person(n), files[held]);
    }
    const roll = new Lines(join(pack, 'resident_roll.csv'), 'person,area,banner,group,coverage_year');
    for (let n = 0; n < persons; n++) {
      const { person, area, group } = this.#person(n);
      roll.add(`${person},${area},,${group},${year}`);
    }
    for (const file of [roll, ...files]) file.close();
    this.#writeTotals(pack);
    const rowsOfDays: [number, number] = [files[1].rows, files[2].rows];
    return { pack, days, rollRows: roll.rows, paymentRows: files[0].rows, rowsOfDays };
  }

  /** The person in a row of the roll. One in a thousand is also on the roll of the preceding area. */
  #person(row: number): Person {
    const next = this.#areas.findIndex(({ first }) => first > row);
    const at = (next === -1 ? this.#areas.length : next) - 1;
    const { area, first } = this.#areas[at] as Area;
    const nth = row - first;
    const before = this.#areas[at - 1];
    const isOnTwo = nth % 1000 === 999 && before !== undefined && nth < before.persons;
    const random = seeded(this.of.seed + row);
    const { group, due } = BY_DRAW[Math.floor(random() * BY_DRAW.length)] as (typeof BY_DRAW)[number];
    return { person: idOf(isOnTwo ? before.area : area, nth), area, group, due, random };
  }

  #pay({ person, area, due, random }: Person, file: Lines): void {
    if (due === '0.00' || random() < UNPAID) return;
    const day = Math.floor(random() * WINDOW_DAYS);
    const paidAt = this.#at(day, random);
    const receipt = this.#receipt(day);
    const draw = random();
    if (draw < WRONG) return this.#add(file, wrong(random, receipt, person, area, due, paidAt, this.#at(170, random)));
    this.#add(file, [receipt, person, area, due, paidAt, 'payment', '']);
    const later = Math.min(day + 20, WINDOW_DAYS - 1);
    if (draw < WRONG + COLLISIONS) {
      const isOfPerson = draw < WRONG + COLLISIONS / 2;
      const [second, at] = isOfPerson ? [this.#receipt(later), this.#at(later, random)] : [receipt, paidAt];
      this.#add(file, [second, person, area, due, at, 'payment', '']);
    } else if (draw < WRONG + COLLISIONS + REFUNDS) {
      this.#add(file, [this.#receipt(later), person, area, due, this.#at(later, random), 'refund', receipt]);
    }
  }

  #at = (day: number, random: Random): string => `${this.#days[day]}${TIMES[Math.floor(random() * 86_400)]}`;

  #receipt = (day: number): string =>
    `1500${(this.#days[day] ?? '').slice(2).replaceAll('-', '')}${String((this.#receipts += 1)).padStart(10, '0')}`;

  #add(file: Lines, [receipt, person, area, amount, at, kind, original]: PaymentCells): void {
    file.add(`${receipt},${person},${area},${this.of.year},${amount},${at},${kind},${original}`);
    const total = this.#totals.get(area) ?? { rows: 0, fen: 0 };
    total.rows += 1;
    if (/^\d+\.\d\d$/.test(amount)) total.fen += (kind === 'refund' ? -1 : 1) * Number(amount.replace('.', ''));
    this.#totals.set(area, total);
  }

  #writeTotals(pack: string): void {
    const rows = this.#areas.map(({ area }) => {
      const { rows: counted, fen } = this.#totals.get(area) ?? { rows: 0, fen: 0 };
      return `${area},${this.of.year},${counted},${yuan(fen)}\n`;
    });
    writeFileSync(join(pack, 'collection_totals.csv'), `area,coverage_year,rows,amount\n${rows.join('')}`);
  }
}

type PaymentCells = [
  receipt: string,
  person: string,
  area: string,
  amount: string,
  paidAt: string,
  kind: string,
  original: string,
];

/** A row with something wrong; each of these has the right number of fields, so that the bare COPY takes the file as well. */
function wrong(
  random: Random,
  receipt: string,
  person: string,
  area: string,
  due: string,
  at: string,
  tooLate: string,
): PaymentCells {
  const flaws: PaymentCells[] = [
    [receipt, person, area, '399.99', at, 'payment', ''],
    [receipt, person, area, due, tooLate, 'payment', ''],
    [receipt, `X${person.slice(1)}`, area, due, at, 'payment', ''],
    [receipt, person, '159999', due, at, 'payment', ''],
    ['', person, area, due, at, 'payment', ''],
    [receipt, person, area, '0.00', at, 'payment', ''],
    [receipt, person, area, due, at.slice(0, 10), 'payment', ''],
    [receipt, person, area, due, at, 'refund', ''],
  ];
  return flaws[Math.floor(random() * flaws.length)] as PaymentCells;
}

/** 18 signs, like a citizen's number: the area, a birthday, four figures. */
const idOf = (area: string, nth: number): string =>
  `${area}${BIRTHDAYS[(nth * 7919) % BIRTHDAYS.length]}${String(Math.floor(nth / BIRTHDAYS.length)).padStart(4, '0')}`;

function stepThrough(persons: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.max(1, Math.round(persons * 0.618));
  while (divisor(step, persons) !== 1) step += 1;
  return step;
}

export const writeRegion = (of: Region): Written => new RegionFiles(of).write();
