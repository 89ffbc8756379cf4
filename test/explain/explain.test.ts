/**
 * `fund explain` lets a reader check every figure. For each column of each result it reaches lines of input files, values of law
 * and an article, and the formula gives the figure when it is evaluated with the inputs shown. A new column of a result
 * file without an explanation fails here.
 *
 * Each figure is recomputed from its own inputs; figures among these are explained in turn, down to lines and values of law.
 * Lines are compared with the files of the pack.
 */
import { Fraction } from 'fraction.js';
import { type FigureOf, type Node, type RowsOf } from '../../explain/tree';
import { explainFigure } from '../../explain/explanation';
import { quotesOf } from '../../explain/articles';
import { RESULTS } from '../../explain/results';
import type { ShareOverview } from '../../explain/share-overview';
import { pinnedParameters } from '../../db/parameters';
import type { ResultFile } from '../../db/results';
import { FINDINGS, type FindingCode } from '../../rules/findings';
import { decimal, sum, yuanText } from '../../rules/money';
import { FILES, sortedRows } from '../../scripts/client/result-files';
import type { TestDatabase } from '../database';
import { type Exact, type Quantity, evaluate, quantity } from '../rules/evaluate';
import { caseNamed } from '../year/cases';
import { finishedDatabase } from '../year/finished-year';
import { recordsOf } from './pack-lines';

type Row = Record<string, string | number | null>;
interface Question {
  figure: string;
  key: Record<string, string>;
  /** The value in the result file; intermediate figures stand in none. */
  printed?: string;
}

/** Columns that are no figures: they name the row, or are free text. */
const NO_FIGURES: Partial<Record<ResultFile, string[]>> = {
  'journal.csv': ['entry', 'date', 'fund_year', 'entity', 'scheme', 'part', 'account', 'key', 'basis'],
  'findings.csv': ['code', 'area', 'scheme', 'month', 'text'],
};
/** Of longer files every n-th row is explained, from a place that depends on the case's name, and one row of each kind. */
const EVERY: Partial<Record<ResultFile, number>> = {
  'journal.csv': 100,
  'risk.csv': 9,
  'budgets.csv': 9,
  'budget_checks.csv': 15,
  'subsidy.csv': 15,
  'evaluation.csv': 5,
  'estimate.csv': 9,
  'performance.csv': 9,
  'findings.csv': 10,
  'balances.csv': 6,
  'collection.csv': 3,
  'quarantine.csv': 3,
  'levy.csv': 3,
  'sharing.csv': 3,
  'region_budget.csv': 3,
  'adjusted_budgets.csv': 5,
  'execution.csv': 40,
  'final_accounts.csv': 30,
  'agreement.csv': 10,
};
/** The kind of a row: each kind is explained at least once, whatever the sample. */
const KIND: Record<ResultFile, (row: Row) => unknown[]> = {
  'collection.csv': (row) => [
    row.area === 'unknown',
    row.quarantined_rows === '0',
    row.aid === '0.00',
    row.difference === '0.00',
  ],
  'quarantine.csv': (row) => [row.reason],
  'subsidy.csv': (row) => [row.level, row.missing === '0.00', row.arrived === '0.00'],
  'budget_checks.csv': (row) => [row.check, row.result, row.scheme, row.figure === ''],
  'budgets.csv': (row) => [row.origin, row.scheme, row.part, row.item],
  'risk.csv': (row) => [row.level, row.scheme, row.month === 1, row.month === 12, row.months_payable === 'inf'],
  'levy.csv': (row) => [row.scheme, row.levy === row.uncapped, String(row.true_up).startsWith('-')],
  'sharing.csv': (row) => [
    row.scheme,
    row.gap === '0.00',
    row.alpha,
    row.managerial === '0.00',
    row.fund_share === row.entitled,
    row.cause,
  ],
  'journal.csv': (row) => [
    String(row.key).split('/')[0],
    String(row.key).split('/').at(-1),
    row.account,
    row.debit === '0.00',
  ],
  'balances.csv': (row) => [row.entity === 'region', row.scheme, row.part, row.account],
  'evaluation.csv': (row) => [row.indicator, row.scheme, row.score === '0.00', row.value === 'unpaid'],
  'estimate.csv': (row) => [row.scheme, row.part, row.item, row.trend === null, row.factors === null],
  'rates.csv': (row) => [row.grounds],
  'performance.csv': (row) => [row.indicator, row.scheme, row.reached, row.value === 'inf', row.value === 'unpaid'],
  'premium_sources.csv': (row) => [row.source],
  'enrolment.csv': (row) => [row.class],
  'monitoring.csv': (row) => [row.class, row.flagged === '0', row.answered === '0', row.overdue === '0'],
  'findings.csv': (row) => [row.code, row.code === 'missing_data' ? row.figure : ''],
  'total_budget.csv': (row) => [
    row.kind,
    row.retained === '0.00',
    row.fund_share === row.entitled,
    row.unit === 'reserve',
  ],
  'agreement.csv': (row) => [
    row.account,
    row.area === 'region',
    row.difference === '0.00',
    String(row.date).endsWith('12-31'),
  ],
  'region_budget.csv': (row) => [row.scheme, row.part],
  'adjusted_budgets.csv': (row) => [row.scheme, row.part, row.version],
  'execution.csv': (row) => [row.item, row.part, row.ratio === '', row.budget === row.budget_in_force],
  'final_accounts.csv': (row) => [row.line, row.scheme, row.part, row.amount === '0.00'],
};

/** Citations of other pages than the two documents. */
const CITED = /(RULES|READINGS) \d|先例|〔\d{4}〕|会计制度|社会保险法/;

/** At most half a unit of the last decimal shown. */
const near = (exact: Exact, shown: string): boolean => {
  const places = shown.split('.')[1]?.length ?? 0;
  return exact
    .sub(quantity(shown) as Exact)
    .abs()
    .lte(new Fraction(1, 2 * 10 ** places));
};

/** Small years that together fill every column of every result; the demonstration year adds length, not kinds. */
const CASES = ['two-areas-2028', 'collection-2027', 'budgets-2027', 'budget-2027', 'books-2027', 'payments-2028'];

/** The kinds of steps, and the files with long selections, that occurred in any case. */
const worked = new Set<string>();
const long = new Set<string>();
/** The columns that were explained in any case. */
const explained = new Set<string>();

/** The cells that are not empty, as text. */
const cellsOf = (row: Readonly<Record<string, Row[string] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(row).flatMap(([column, cell]) => (cell ? [[column, String(cell)]] : [])));
const keyColumns = (result: string): readonly string[] => (RESULTS[result] as (typeof RESULTS)[string]).key;
const same = (a: Quantity, b: Quantity): boolean =>
  a !== null && b !== null && typeof a === 'object' && typeof b === 'object' && 'equals' in a && 'equals' in b
    ? a.equals(b)
    : JSON.stringify(a) === JSON.stringify(b);

jest.setTimeout(600_000);

describe.each(CASES)('%s', (name) => {
  const golden = caseNamed(name);
  const { pack: folder, year } = golden;
  let database: TestDatabase;
  let reader: ReturnType<TestDatabase['as']>;
  beforeAll(async () => {
    database = await finishedDatabase(golden);
    reader = database.as('reader');
    journal = await sortedRows(database.pool, 'journal.csv', year);
  });
  afterAll(() => database.drop());

  const lines = recordsOf(folder);
  let journal: Row[];
  const asked = new Map<string, Question>();
  const reaches = new Map<string, { figures: string[]; leaves: number; article: boolean }>();
  const identity = ({ figure, key }: Question): string => `${figure} ${JSON.stringify(Object.entries(key).sort())}`;

  /** Explains a figure, recomputes it, and notes the figures that it rests on. */
  async function faultsOf(question: Question): Promise<string[]> {
    const { figure, key, printed } = question;
    const nodes = await explainFigure(reader, { year, figure, key, depth: 0 });
    const faults: string[] = [];
    const matching =
      printed === undefined ? nodes : nodes.filter(({ value }) => same(quantity(value ?? ''), quantity(printed)));
    if (matching.length === 0)
      faults.push(`is explained as ${nodes.map(({ value }) => String(value)).join(' | ')}, printed ${printed}`);
    for (const node of matching) {
      const from = node.from as FigureOf;
      const scope = Object.fromEntries(from.inputs.map(({ name, value }) => [name, value]));
      const found = evaluate(from.formula, scope);
      if (!same(found, quantity(node.value)))
        faults.push(`${from.formula} = ${String(found)}, shown as ${String(node.value)}`);
      if (from.now !== undefined) faults.push(`is said to be ${from.now} now`);
      faults.push(...workingFaults(from, scope), ...lawFaults(from));
      const [figures, leaves] = [[] as string[], { count: 0 }];
      for (const input of from.inputs) faults.push(...leafFaults(input, figures, leaves));
      reaches.set(identity(question), { figures, leaves: leaves.count, article: from.article.length > 3 });
    }
    return faults.map((fault) => `${figure} ${JSON.stringify(key)}: ${fault}`);
  }

  /** Each step is what its part of the formula gives, rounded as it is shown. */
  function workingFaults({ workings = [] }: FigureOf, scope: Record<string, unknown>): string[] {
    const known = { ...scope };
    return workings.flatMap(({ kind, name, formula, value }) => {
      const found = evaluate(formula, known);
      if (name !== undefined) known[name] = found;
      worked.add(kind);
      const isSame = found instanceof Fraction ? near(found, value) : found === value;
      return isSame ? [] : [`${formula} = ${String(found)}, shown as ${value}`];
    });
  }

  /** What the article cites stands in docs/, word by word. */
  function lawFaults({ article, quotes }: FigureOf): string[] {
    const quoting = article.split('；').filter((part) => /[AB](\(| [一二三四五])/.test(part) && part.includes('“'));
    const unsaid = article.split('；').filter((part) => CITED.test(part) && quotesOf(part).length === 0);
    return [
      ...(quotes.length < quoting.length && quotes.length === 0 ? [`${article} is not found in docs/law`] : []),
      ...unsaid.map((part) => `${part} is not found in docs`),
    ];
  }

  /** Compares rows with the pack, and adds the figures found to those to be explained. */
  function leafFaults(node: Node, figures: string[], leaves: { count: number }): string[] {
    const { from } = node;
    if (from.kind === 'list') {
      // An empty list is an answer too.
      if (from.places.length === 0) leaves.count += 1;
      return from.places.flatMap((place) => leafFaults(place, figures, leaves));
    }
    if (from.kind === 'figure') {
      const question = { figure: from.figure, key: from.key };
      figures.push(identity(question));
      if (!asked.has(identity(question))) asked.set(identity(question), question);
      return [];
    }
    leaves.count += 1;
    if (from.kind !== 'rows') return [];
    for (const figure of from.figures ?? []) leafFaults(figure, figures, leaves);
    return rowFaults(node, from);
  }

  function rowFaults({ name, value }: Node, from: RowsOf): string[] {
    const faults: string[] = [];
    if (from.differs) faults.push(`${name} is ${String(value)}, its rows add up to ${from.sum}`);
    if (from.lines.length > Number(from.count)) faults.push(`${name} shows more lines than there are`);
    const file = from.file.replace('.csv', '');
    faults.push(...rangeFaults(name, from));
    if (['budgets', 'adjusted_budgets', 'journal'].includes(file)) return faults;
    for (const line of from.lines) {
      const record = lines(line.file, line.line as number);
      if (record === undefined) faults.push(`${name}: ${line.file} has no line ${line.line}`);
      else if (from.column in record && record[from.column] !== '' && line.value !== null) {
        const cell = record[from.column] as string;
        if (!same(quantity(line.value), quantity(cell)))
          faults.push(`${name}: ${line.file}:${line.line} is ${cell}, shown as ${line.value}`);
      }
    }
    return faults;
  }

  /** The ranges cover as many lines as are counted, and their cells in the files add up to the sum. */
  function rangeFaults(name: string, { file, column, count, sum, lines: first, ranges }: RowsOf): string[] {
    if (ranges === undefined) return first.length === Number(count) ? [] : [`${name} leaves lines out`];
    if (['budgets.csv', 'adjusted_budgets.csv'].includes(file)) return [];
    const numbers = ranges.flatMap((range) =>
      Array.from({ length: range.to - range.from + 1 }, (_, at) => [range.file, range.from + at] as const),
    );
    long.add(file);
    if (numbers.length !== Number(count)) return [`${name} has ${count} rows, its ranges ${numbers.length}`];
    const records = numbers.map(([of, line]) => (file === 'journal.csv' ? journal[line - 2] : lines(of, line)));
    if (records.includes(undefined)) return [`${name}: a range of ${file} names a line that does not exist`];
    // A malformed amount counts 0, and some columns stand in no file.
    if (sum === null || !records.every((record) => /^-?\d+(\.\d+)?$/.test(String(record?.[column])))) return [];
    const found = evaluate('sum(cells)', { cells: records.map((record) => record?.[column]) });
    return same(found, quantity(sum))
      ? []
      : [`${name}: the lines of its ranges add up to ${String(found)}, shown as ${sum}`];
  }

  /** Figures that rest on no line, value of law or stated fact, and those without an article. */
  function notReached(): string[] {
    const grounded = new Set([...reaches].filter(([, { leaves }]) => leaves > 0).map(([figure]) => figure));
    for (let before = -1; before !== grounded.size;) {
      before = grounded.size;
      for (const [figure, { figures }] of reaches)
        if (figures.some((below) => grounded.has(below))) grounded.add(figure);
    }
    return [...reaches].filter(([figure, { article }]) => !grounded.has(figure) || !article).map(([figure]) => figure);
  }

  async function faultsOfAll(): Promise<string[]> {
    const faults: string[] = [];
    const answered = new Set<string>();
    // Each answer adds the figures that it rests on to the questions, so they are answered in rounds.
    for (let open = [...asked]; open.length > 0 && faults.length <= 12;) {
      for (const [one] of open) answered.add(one);
      for (let at = 0; at < open.length && faults.length <= 12; at += 8) {
        const found = await Promise.all(
          open
            .slice(at, at + 8)
            .map(([, question]) =>
              faultsOf(question).catch((error: unknown) => [`${identity(question)}: ${(error as Error).message}`]),
            ),
        );
        faults.push(...found.flat());
      }
      open = [...asked].filter(([one]) => !answered.has(one));
    }
    return faults;
  }

  test('a value that no row has is refused, with the values there are', async () => {
    const ask = (figure: string, key: Record<string, string>) => explainFigure(reader, { year, figure, key, depth: 0 });
    await expect(ask('risk.level', { area: 'nowhere', month: '13' })).rejects.toThrow(
      /--area nowhere 没有：有 .*--month 13 没有：有 1、2/,
    );
    const [levied] = await sortedRows(database.pool, 'levy.csv', year);
    const [area, scheme, month] = [String(levied?.area), String(levied?.scheme), '1'];
    await expect(ask('risk.wealth', { area, scheme, month })).rejects.toThrow(/没有列“wealth”.*level 风险等级/);
    for (const inherited of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      await expect(ask(`levy.${inherited}`, { scheme, area })).rejects.toThrow(/没有列“.*有 .*上解额/);
      await expect(ask(`risk.${inherited}`, { scheme, area, month })).rejects.toThrow(/没有列“/);
      await expect(ask(`budgets.${inherited}`, { scheme, area })).rejects.toThrow(/没有列“/);
      await expect(ask(`balances.${inherited}`, {})).rejects.toThrow(/没有列“/);
      await expect(ask(`quarantine.${inherited}`, {})).rejects.toThrow(/没有列“/);
      await expect(ask(`execution.${inherited}`, {})).rejects.toThrow(/没有列“/);
      await expect(ask(`cycle.${inherited}`, {})).rejects.toThrow(/没有参数“/);
      await expect(ask(`${inherited}.levy`, {})).rejects.toThrow(/没有名为“.*”的结果/);
      await expect(ask(inherited, {})).rejects.toThrow(/没有名为“.*”的结果/);
    }
  });

  test('the figure of a finding is named by its code', async () => {
    const asking = new Map<string, Row[]>();
    for (const row of await sortedRows(database.pool, 'findings.csv', year)) {
      const key = JSON.stringify(cellsOf({ code: row.code, area: row.area, scheme: row.scheme }));
      asking.set(key, [...(asking.get(key) ?? []), row]);
    }
    for (const [asked, found] of asking) {
      const key = JSON.parse(asked) as Record<string, string>;
      const nodes = await explainFigure(reader, { year, figure: 'findings.figure', key, depth: 0 });
      expect(nodes.map(({ value }) => value)).toEqual(expect.arrayContaining(found.map(({ figure }) => figure)));
      expect(new Set(nodes.map(({ zh }) => zh))).toEqual(new Set([FINDINGS[key.code as FindingCode].figure.zh]));
    }
  });

  test('a share is shown with how the whole gap was borne, to the fen', async () => {
    for (const { area, scheme, ...row } of await sortedRows(database.pool, 'sharing.csv', year)) {
      const key = { area: String(area), scheme: String(scheme) };
      const [node] = await explainFigure(reader, { year, figure: 'sharing.area_share', key, depth: 0 });
      const { parts, unused, disqualified, alpha, ...amounts } = ((node as Node).from as FigureOf)
        .share as ShareOverview;
      expect(row).toMatchObject(amounts);
      expect(decimal(alpha)).toEqual(decimal(String(row.alpha)));
      expect(yuanText(sum(Object.values(parts).map(decimal)))).toBe(row.area_share);
      if (disqualified !== '') expect(alpha).toBe('0');
      const pinned = new Map((await pinnedParameters(database.pool, year)).map(({ name: one, value }) => [one, value]));
      const switches = ['share.managerial', 'share.match_area', 'share.scope_overspend'];
      expect(unused.map(({ parameter }) => parameter).sort()).toEqual(
        switches.filter((name) => [null, false].includes(pinned.get(name) as null)),
      );
    }
  });

  test('a share is shown with every finding of its area and scheme, each of which can be explained', async () => {
    const found = await sortedRows(database.pool, 'findings.csv', year);
    for (const { area, scheme } of await sortedRows(database.pool, 'sharing.csv', year)) {
      const key = { area: String(area), scheme: String(scheme) };
      const [node] = await explainFigure(reader, { year, figure: 'sharing.gap', key, depth: 0 });
      const { findings = [] } = (node as Node).from as FigureOf;
      const own = found.filter((row) => row.area === area && row.scheme === scheme);
      expect(findings.map(({ code, figure }) => `${code} ${figure}`).sort()).toEqual(
        own.map((row) => `${row.code} ${row.figure}`).sort(),
      );
      for (const { ask, figure } of findings.slice(0, 3)) {
        const [answer] = await explainFigure(reader, { year, ...ask, depth: 0 });
        expect(answer?.value).toBe(figure);
      }
    }
  });

  test('every figure of every result is recomputed from what is shown, down to lines and values of law', async () => {
    for (const file of Object.keys(FILES) as ResultFile[]) {
      const result = file.replace('.csv', '');
      const rows: Row[] = await sortedRows(database.pool, file, year);
      const kinds = new Set<string>();
      rows.forEach((row, at) => {
        const kind = KIND[file](row).join(' ');
        if ((at + name.length) % (EVERY[file] ?? 1) !== 0 && kinds.has(kind)) return;
        kinds.add(kind);
        const key = cellsOf(Object.fromEntries(keyColumns(result).map((column) => [column, row[column]])));
        const free = NO_FIGURES[file] ?? keyColumns(result);
        for (const column of FILES[file].columns.split(',').filter((candidate) => !free.includes(candidate))) {
          if (row[column] === undefined || (result === 'levy' && row[column] === null)) continue;
          const question = { figure: `${result}.${column}`, key, printed: String(row[column] ?? '') };
          asked.set(`${identity(question)} ${question.printed}`, question);
          explained.add(`${file} ${column}`);
        }
      });
    }
    const faults = await faultsOfAll();
    expect(faults).toEqual([]);
    expect(notReached()).toEqual([]);
  });
});

test('every column of every result was explained', () => {
  const columns = (Object.keys(FILES) as ResultFile[]).flatMap((file) =>
    FILES[file].columns
      .split(',')
      .filter((column) => !(NO_FIGURES[file] ?? keyColumns(file.replace('.csv', ''))).includes(column))
      .map((column) => `${file} ${column}`),
  );
  expect(columns.filter((column) => !explained.has(column))).toEqual([]);
});

test('every kind of step occurred', () => {
  expect([...worked].sort()).toEqual(['growth', 'line', 'place', 'ratio', 'share', 'sum']);
});

test('long selections of several files were shown by ranges of lines', () => {
  expect([...long].sort()).toEqual(
    expect.arrayContaining(['actuals.csv', 'journal.csv', 'resident_payments.csv', 'resident_roll.csv']),
  );
});
