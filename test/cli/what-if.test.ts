/** What if: years run under other values of law on a real database, and how the difference is described. */
import type { ResultFile } from '../../db/results';
import { type Pack, readOverlay } from '../../pack';
import type { Override } from '../../parameters';
import { type Comparison, type ComparableResults, compareYears } from '../../figures/what-if';
import { FILES, RESULT_FILES } from '../../scripts/client/result-files';
import { comparableResults } from '../../scripts/what-if';
import { CHAIN, NOT_COMPARED } from '../../scripts/what-if/figures';
import { comparisonText } from '../../scripts/what-if/text';
import { overlayFaultLines } from '../../scripts/words/faults';
import { runThrough } from '../activities/run-through';
import { testDatabase } from '../database';
import { removePacks, writePack, packFrom } from '../pack/builder';
import { caseNamed } from '../year/cases';

let pack: Pack;
let plain: ComparableResults;

async function resultsUnder(overrides: Record<string, Override>, of: Pack = pack): Promise<ComparableResults> {
  const database = await testDatabase();
  try {
    await runThrough(database.pool, { ...of, overrides });
    return await comparableResults(database.pool, of.year);
  } finally {
    await database.drop();
  }
}
async function packOfCase(name: string): Promise<Pack> {
  const { pack: folder, year } = caseNamed(name);
  return await packFrom(folder, year);
}
beforeAll(async () => {
  pack = await packOfCase('two-areas-2028');
  plain = await resultsUnder({});
});
afterAll(() => removePacks());

const assumed = (values: Record<string, Override['value']>): Record<string, Override> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: '假设' }]));
async function whatIf(values: Record<string, Override['value']>): Promise<Comparison> {
  const overlay = assumed(values);
  return compareYears(plain, await resultsUnder(overlay), Object.keys(overlay));
}
const fundOf = ({ areas }: Comparison, scheme: string, area: string) =>
  areas.find((compared) => compared.scheme === scheme && compared.area === area)!;
const text = (comparison: Comparison): string => comparisonText(comparison, () => '某地');

test('an overlay with the same values: nothing changes, and the text says so', async () => {
  const comparison = await whatIf({ 'levy.rate.employee': '0.05', 'share.managerial': true });
  expect(comparison).toMatchObject({ changed: false, parameters: [{ isOther: false }, { isOther: false }] });
  expect(comparison.areas).toHaveLength(4);
  expect(text(comparison)).toContain('nothing changes');
});

test('another rate moves the figures from the rate to the fund’s share, step by step, but none of the other scheme', async () => {
  const comparison = await whatIf({ 'levy.rate.employee': '0.03' });
  const { why, outcome } = fundOf(comparison, 'employee', '150100');
  expect(why[0]).toEqual({
    figure: 'levy.rate',
    subject: '',
    before: '0.05',
    after: '0.03',
    parameters: ['levy.rate.employee'],
  });
  const steps = why.map(({ figure }) => figure).filter((figure) => /^(levy|sharing)\./.test(figure));
  const expected = ['levy.rate', 'levy.uncapped', 'levy.levy', 'sharing.gap', 'sharing.fund_share'];
  expect(steps.filter((figure) => expected.includes(figure))).toEqual(expected);
  // 0.03 × 880.00, below the cap.
  expect(outcome.levy).toEqual({ before: '28.38', after: '26.40' });
  expect(outcome.own_surplus.before).toBe(outcome.own_surplus.after);
  expect(comparison.areas.filter(({ scheme }) => scheme === 'resident').flatMap((compared) => compared.why)).toEqual(
    [],
  );
  expect(text(comparison)).toMatch(/levy\.rate 0\.05 → 0\.03 {2}← levy\.rate\.employee/);
});

test('budgets that no longer pass because of it are named, and the region’s sums stand below its areas', async () => {
  const comparison = await whatIf({ 'levy.rate.employee': '0.03' });
  const employees = comparison.origins.filter(({ scheme }) => scheme === 'employee');
  expect(employees.map(({ before, after, checks }) => [before, after, checks])).toContainEqual([
    'submitted',
    'directed',
    ['levy_included'],
  ]);
  const levies = (when: 'before' | 'after') =>
    comparison.areas
      .filter(({ scheme }) => scheme === 'employee')
      .reduce((all, { outcome }) => all + BigInt((outcome.levy[when] ?? '0.00').replace('.', '')), 0n);
  const total = comparison.totals.find(({ scheme }) => scheme === 'employee')?.outcome.levy;
  expect([total?.before, total?.after].map((sum) => BigInt((sum ?? '').replace('.', '')))).toEqual([
    levies('before'),
    levies('after'),
  ]);
  const words = text(comparison);
  expect(words).toMatch(
    /连带变动：职工医保 \d 个统筹区的预算由报送改为以收定支（150\d00 某地.*）；审核结果改变：.*按测算编列上解/,
  );
  expect(words).toContain('全区合计 region');
});

test('with several values at once each figure names the one that decides it', async () => {
  const { why } = fundOf(await whatIf({ 'levy.rate.employee': '0.03', 'share.alpha0': '0.60' }), 'employee', '150100');
  const causeOf = (name: string) => why.find(({ figure }) => figure === name)?.parameters;
  expect(causeOf('levy.rate')).toEqual(['levy.rate.employee']);
  expect(causeOf('sharing.alpha')).toEqual(['share.alpha0']);
  expect(causeOf('sharing.fund_share')).toEqual([]);
});

test('a scheme before its start year has no levies', async () => {
  const { why, outcome } = fundOf(await whatIf({ 'levy.start_year.resident': '2030' }), 'resident', '150100');
  expect(why[0]).toMatchObject({ figure: 'levy.rate', after: null, parameters: ['levy.start_year.resident'] });
  expect(outcome.fund_share).toEqual({ before: '394.56', after: null });
});

test('the bounds of the risk levels move levels and what rests on them, but no money', async () => {
  const comparison = await whatIf({ 'risk.employee': ['0', '0', '0', '1'] });
  const moved = new Set(comparison.areas.flatMap(({ why }) => why.map(({ figure }) => figure.split('.')[0])));
  expect(comparison.changed).toBe(true);
  // The green bound is a target as well, and below it a fund is tight, which is a ground for a higher rate.
  const led = ['risk', 'findings', 'evaluation', 'performance', 'rates'];
  expect([...moved].filter((result) => !led.includes(result!))).toEqual([]);
});

test('another step moves next year’s rate of the employers, and the finding about it', async () => {
  const comparison = await whatIf({ 'rates.step': '0.001' });
  expect(fundOf(comparison, 'employee', '150100').why).toMatchObject([
    { figure: 'rates.next_rate', before: '0.07', after: '0.066', parameters: ['rates.step'] },
    { figure: 'findings.rate_step_up', before: '0.07', after: '0.066', parameters: ['rates.step'] },
  ]);
  expect(comparison.areas.filter(({ why }) => why.length > 0)).toHaveLength(1);
});

test('clearings, burdens and targets are compared as well, each with the value that decides it', async () => {
  const payments = await packOfCase('payments-2028');
  const overlay = assumed({
    ...{
      'payment.retain.institution': '0.5',
      'monitoring.threshold.ordinary': '1',
      'performance.target.expansion': '2',
    },
  });
  const comparison = compareYears(
    await resultsUnder({}, payments),
    await resultsUnder(overlay, payments),
    Object.keys(overlay),
  );
  const moved = (scheme: string, figure: string, subject: string) =>
    fundOf(comparison, scheme, '150100').why.find((moved) => moved.figure === figure && moved.subject === subject);
  // H1 keeps 0.5 × 12.50 instead of 0.6 × 12.50.
  expect(moved('employee', 'total_budget.retained', 'H1')).toMatchObject({
    ...{ before: '7.50', after: '6.25' },
    parameters: ['payment.retain.institution'],
  });
  const flagged = comparison.areas.flatMap(({ why }) => why).filter(({ figure }) => figure === 'monitoring.flagged');
  expect(flagged[0]?.parameters).toEqual(['monitoring.threshold.ordinary']);
  expect(moved('employee', 'performance.target', 'expansion')).toMatchObject({ before: '1', after: '2' });
});

test('every column of every result is compared, or the reason is stated', () => {
  // What names a row, what is reported and no figure, and free text.
  const beside: Partial<Record<ResultFile, string[]>> = {
    'collection.csv': ['tax_rows', 'tax_amount'],
    'budgets.csv': ['version'],
    'total_budget.csv': ['kind', 'weight'],
    'agreement.csv': ['bank'],
    'findings.csv': ['text'],
  };
  const left = RESULT_FILES.filter((file) => !NOT_COMPARED.includes(file)).flatMap((file) => {
    const links = CHAIN.filter((link) => link.file === file);
    const known = links.flatMap(({ columns, named = '', subject = '' }) => `${columns},${named},${subject}`.split(','));
    const all = [...known, 'area', 'scheme', ...(beside[file] ?? [])];
    return FILES[file].columns
      .split(',')
      .filter((column) => !all.includes(column))
      .map((column) => `${file} ${column}`);
  });
  expect(left).toEqual([]);
});

describe('an overlay is judged like a pack’s own parameters.json', () => {
  const refused = async (overlay: object | string, own: Record<string, Override> = {}) => {
    const content = typeof overlay === 'string' ? overlay : JSON.stringify(overlay, null, 1);
    const file = `${writePack({ 'what-if.json': content })}/what-if.json`;
    const read = await readOverlay(file, { ...pack, overrides: own });
    return 'faults' in read ? read.faults.map(({ column, line }) => [column, line]) : [];
  };
  const given = (value: unknown) => ({ value, source: '假设' });

  // prettier-ignore
  test.each<[why: string, overlay: object | string, faults: [string | null, number | null][]]>([
    ['in order', { 'levy.rate.employee': given('0.03') }, []],
    ['an unknown name, a bad value and no source, all at once', { 'levy.rate': given('0.03'), 'share.min': given('6'), 'share.max': { value: '0.9' } }, [['levy.rate', 2], ['share.min', 6], ['share.max', 10]]],
    ['an area that the pack does not have', { 'collection.window.end.159900': given('12-20') }, [['collection.window.end.159900', 2]]],
    ['a name twice', '{"share.min": {"value": "0.5", "source": "a"},\n"share.min": {"value": "0.4", "source": "a"}}', [['share.min', 2]]],
    ['no JSON', '{', [[null, null]]],
  ])('%s', async (_, overlay, faults) => {
    expect(await refused(overlay)).toEqual(faults);
  });

  test('together with the pack’s own values', async () => {
    const own = assumed({ 'share.max': '0.60' });
    expect(await refused({ 'share.min': given('0.55') }, own)).toEqual([]);
    expect(await refused({ 'share.min': given('0.65') }, own)).toEqual([['share.min', 2]]);
  });

  test('a file that is not there: refused as what it is, with the form of one', async () => {
    const read = await readOverlay('/nowhere/what-if.json', pack);
    expect(read).toEqual({ faults: [expect.objectContaining({ file: '/nowhere/what-if.json' })] });
    const last = 'faults' in read ? overlayFaultLines(read.faults, '/nowhere/what-if.json').at(-1) : '';
    expect(last).toMatch(
      /^假设参数 \/nowhere\/what-if.json 有 1 处问题，未运行；写法：\{"levy.rate.employee": \{"value"/,
    );
  });
});
