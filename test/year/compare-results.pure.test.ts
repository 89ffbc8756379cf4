/** The comparison must find differences, or the golden cases prove nothing. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseNamed } from './cases';
import { compareResults } from './compare-results';

const { expected } = caseNamed('two-areas-2028');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-'));
  cpSync(expected, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The differences found after `from` was replaced by `to` in a result file. */
function spoiled(file: string, from: string | RegExp, to: string): string[] {
  const text = readFileSync(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(join(folder, file), changed);
  return compareResults(expected, folder);
}

test('equal folders: no difference', () => {
  expect(compareResults(expected, folder)).toEqual([]);
});

test('a file that is missing', () => {
  rmSync(join(folder, 'risk.csv'));
  expect(compareResults(expected, folder)).toEqual(['risk.csv: the file is missing']);
});

test.each<[string, string, string | RegExp, string, string]>([
  ['a cell', 'sharing.csv', '43.79', '43.78', 'sharing.csv: employee 150100: entitled is 43.78, expected 43.79'],
  ['a column', 'subsidy.csv', 'missing,settlement', 'settlement,missing', 'subsidy.csv: the header is'],
  ['a missing row', 'evaluation.csv', /\n150100,.*/, '', 'evaluation.csv: 150100 employee'],
  ['the order of rows', 'risk.csv', /\n(.*)\n(.*)/, '\n$2\n$1', 'risk.csv: not sorted by area,scheme,month'],
  ['a posting', 'journal.csv', '98.64', '98.65', 'journal.csv: '],
  ['a state', 'cycle.json', '"closed"', '"open"', 'cycle.json: the cycle: status is open, expected closed'],
])('a difference in %s is found', (_, file, from, to, difference) => {
  expect(spoiled(file, from, to)[0]).toContain(difference);
});

test('an entry that does not balance is found even when the sums agree', () => {
  const [, entry] = /\n(\d+),2028-01-01/.exec(readFileSync(join(folder, 'journal.csv'), 'utf8')) ?? [];
  expect(spoiled('journal.csv', `\n${entry},`, '\n999999,')).toEqual(
    expect.arrayContaining([expect.stringMatching(/entry 999999 is out by/)]),
  );
});

test.each<[string, string, string | RegExp, string]>([
  ['the text of a finding', 'findings.csv', /,[^,\n]*\n$/, ',in other words\n'],
  ['how a rate is written', 'levy.csv', ',0.05,', ',0.0500,'],
  ['the key and the basis of an entry', 'journal.csv', /,[^,\n]*,[^,\n]*\n$/, ',another key,another basis\n'],
])('%s may differ', (_, file, from, to) => {
  expect(spoiled(file, from, to)).toEqual([]);
});
