/** Whatever text stands in whatever field: it is refused in words that show it, or it is text that every way out can take. */
import fc from 'fast-check';
import { type Pack, faultText, readPack } from '../../pack';
import { SMALL_TABLES, ROLL } from '../../pack/tables';
import { isName, isReason, isRemark } from '../../rules/text';
import { type PackFiles, YEAR, faultsOf, removePacks, smallPack, spoiled, writePack } from './builder';

afterEach(removePacks);

const INVISIBLE = /[^\P{C}]|[^\P{Z} ]|\p{Default_Ignorable_Code_Point}/u;

/** The first row of a file with another text in one column. */
function withCell(file: string, column: string, text: string): PackFiles {
  const [header = '', row = '', ...rows] = (smallPack()[file] ?? '').split('\n');
  const place = header.split(',').indexOf(column);
  const cells = row.split(',').map((cell, at) => (at === place ? `"${text.replaceAll('"', '""')}"` : cell));
  return { ...smallPack(), [file]: [header, cells.join(','), ...rows].join('\n') };
}

/** Every field of every file. */
const FIELDS = Object.entries(smallPack())
  .filter(([file]) => file.endsWith('.csv'))
  .flatMap(([file, text]) => (text.split('\n')[0] ?? '').split(',').map((column) => [file, column] as const));

const hostile = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\u001b]0;owned\u0007\u001b[2J',
      '\u009b2J',
      '\u202e',
      '\u200b',
      '\u3000',
      '\ufeff东',
      ' ',
      '\u00ad',
      '\u2028',
      'a\nb',
      'a\r\nb',
      '\t',
      '长'.repeat(700),
      '𠀀'.repeat(101),
      'constructor',
      '__proto__',
      '=1+1',
      '<script>',
      '|',
      '…',
      '\ue000',
      '\uffff',
      '\ud83d',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
);

test('every field of every file', async () => {
  expect(new Set(FIELDS.map(([file]) => file))).toEqual(
    new Set([...Object.values(SMALL_TABLES), ROLL].map(({ file }) => file).concat('resident_payments.csv')),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FIELDS), hostile, async ([file, column], text) => {
      const read = await readPack(writePack(withCell(file, column, text)), YEAR);
      if ('faults' in read) for (const fault of read.faults) expect(faultText(fault)).not.toMatch(INVISIBLE);
      else expect(unfitIn(read.pack)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('every text of parameters.json', async () => {
  const place = fc.constantFrom('name', 'value', 'source');
  await fc.assert(
    fc.asyncProperty(place, hostile, async (where, text) => {
      const [name, value, source] = ['levy.rate.employee', '0.03', '测试文件'];
      const override = { value: where === 'value' ? text : value, source: where === 'source' ? text : source };
      const json = JSON.stringify({ [where === 'name' ? text : name]: override }, null, 1);
      const read = await readPack(writePack({ ...smallPack(), 'parameters.json': json }), YEAR);
      if ('faults' in read) for (const fault of read.faults) expect(faultText(fault)).not.toMatch(INVISIBLE);
      else {
        expect(where).not.toBe('name'); // no hostile text is the name of a parameter
        for (const { source: stored } of Object.values(read.pack.overrides)) expect(isReason(stored)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

/** What was let in and stands in what persons see. */
function unfitIn({ areas, banners, operators, budgetSubmissions, budgetAdjustments }: Pack): string[] {
  const names = [
    ...areas.flatMap(({ area, name_zh, name_en }) => [area, name_zh, name_en]),
    ...banners.flatMap(({ banner, name_zh }) => [banner, name_zh]),
    ...operators.flatMap(({ operator, name }) => [operator, name]),
  ];
  return [
    ...names.filter((name) => !isName(name)),
    ...[...budgetSubmissions, ...budgetAdjustments].map(({ reason }) => reason).filter((reason) => !isRemark(reason)),
  ];
}

test.each([
  '\u001b]0;owned\u0007\u001b[2J',
  '\ufeffname_zh',
  'name_zh\u200b',
  'name_zh ',
  '\u202ename_zh',
  '长'.repeat(700),
])('a column named %j is shown as it is', async (column) => {
  const lines = (await faultsOf(spoiled('areas.csv', 'name_zh', column))).map(faultText);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toMatch(INVISIBLE);
  for (const line of lines) expect(line.length).toBeLessThan(1000);
});

test('a fault shows what cannot be seen', async () => {
  const [line] = (await faultsOf(spoiled('areas.csv', 'name_zh', '\ufeffname_zh\u200b '))).map(faultText);
  expect(line).toContain('[U+FEFF 字节顺序标记 BOM]name_zh[U+200B 零宽空格]␠');
});

test('a reason of blanks is accepted, and counts as none', async () => {
  expect(await faultsOf(spoiled('budget_submissions.csv', '合计，含利息', '\u200b'))).toEqual([]);
});
