/** Records and lines of CSV files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Line, lineBatches } from '../../pack/lines';
import { splitRecord } from '../../pack/record';
import { removePacks, writePack } from './builder';

afterAll(removePacks);

// prettier-ignore
const records: [text: string, fields: string[] | string][] = [
  ['a,b', ['a', 'b']],
  ['', ['']],
  [',', ['', '']],
  ['"a",b', ['a', 'b']],
  ['a,""', ['a', '']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a""b"', ['a"b']],
  ['""""', ['"']],
  ['"a\nb"', ['a\nb']],
  ['"a\rb"', ['a\rb']],
  [' "a"', 'stray quote'],
  ['a"b', 'stray quote'],
  ['"a"b', 'stray quote'],
  ['"a" ', 'stray quote'],
  ['"a', 'open quote'],
  ['a,"', 'open quote'],
  ['"a""', 'open quote'],
  ['a\rb', 'control character'],
  ['"a",b\r', 'control character'],
  ['"a\0"', 'control character'],
];
for (const [text, expected] of records) {
  test(`record: ${JSON.stringify(text)}`, () => {
    const split = splitRecord(text);
    expect(split.fields ?? split.flaw).toEqual(expected);
  });
}

test('any text that is quoted is read back unchanged', () => {
  const field = fc.string().map((text) => text.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), (fields) => {
      const text = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',');
      expect(splitRecord(text)).toEqual({ fields });
    }),
  );
});

async function linesOf(content: Buffer | string): Promise<Line[]> {
  const source = { directory: writePack({}), file: 'lines.txt' };
  writeFileSync(join(source.directory, source.file), content);
  const lines: Line[] = [];
  for await (const batch of lineBatches(source)) lines.push(...batch);
  return lines;
}
const texts = async (content: Buffer | string) => (await linesOf(content)).map(({ text }) => text);

// prettier-ignore
const lineCases: [why: string, content: Buffer | string, lines: (string | null)[]][] = [
  ['nothing', '', []],
  ['one line without end', 'a', ['a']],
  ['one line with an end', 'a\n', ['a']],
  ['an empty line is a line', 'a\n\nb', ['a', '', 'b']],
  ['a byte-order mark is taken off the first line alone', '\ufeffa\n\ufeffb', ['a', '\ufeffb']],
  ['a line that is not UTF-8 among others', Buffer.from('a\n\xff\n\xe4\xb8\xad\n\xe4\xb8', 'latin1'), ['a', null, '中', null]],
];
for (const [why, content, lines] of lineCases)
  test(`lines: ${why}`, async () => expect(await texts(content)).toEqual(lines));

test('lines are whole however the file is cut into chunks', async () => {
  const long = '中'.repeat(200_000);
  const content = `a\n${long}\n${'b\n'.repeat(200_000)}${long}`;
  const lines = await linesOf(content);
  expect(lines.map(({ text }) => text).join('\n')).toBe(content);
  expect(lines.at(-1)?.number).toBe(200_003);
});
