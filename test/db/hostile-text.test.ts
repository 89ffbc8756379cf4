/**
 * Text that is let in and means something to other programs, through the real database and back: a whole year is run with it, and
 * its result files, workbooks and page hold the text itself and nothing that it was made into.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readWorkbook from 'read-excel-file/node';
import { areasOfYear } from '../../db/areas';
import { select } from '../../db/rows';
import { writeResults } from '../../scripts/client/result-files';
import { writeForms } from '../../scripts/commands/form-files';
import { reportPage } from '../../web/report';
import { type YearFacts, yearFacts } from '../../web/year-facts';
import { runThrough } from '../activities/run-through';
import { testDatabase } from '../database';
import { YEAR, packOf, removePacks, smallPack } from '../pack/builder';
import { readTable } from '../year/result-table';

/** All of them are names that the gate lets in. */
const NAMES = [
  '=1+1',
  '+cmd|A1',
  '@SUM(1)',
  "' or 1=1 --",
  'a,b;c',
  'say "it"',
  '<script>x</script>',
  '&amp;&#13;]]>',
  '${x} {{y}} :year ?1',
  '\\N \\t \\',
  '_x000D_ _x0041_',
  '__proto__',
  'constructor',
  'null',
  '𠀀'.repeat(100),
  'ᠮᠣᠩᠭᠣᠯ 😀 e\u0301',
  '\ue000\u3000 ',
  '\u{10fffd}%s%n',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  removePacks();
});

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const AREAS = ['150000', '150100', '150200'];
const nameOf = (i: number): string => NAMES[i % NAMES.length] as string;

/** Three areas, two banners, nine operators, a reason and a source, each with a text of its own. */
function packWith(first: number) {
  const files = smallPack();
  const swap = (file: string, from: string, i: number): void => {
    const text = files[file] as string;
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    files[file] = text.replace(from, () => cell(nameOf(first + i)));
  };
  ['自治区本级', '东河盟', '西川市'].forEach((name, i) => swap('areas.csv', name, i));
  ['东河左旗', '东河右旗'].forEach((name, i) => swap('banners.csv', name, i + 3));
  ['娜仁', '高志远'].forEach((name, i) => swap('operators.csv', name, i + 5));
  swap('budget_submissions.csv', '"合计，含利息"', 7);
  const source = `文 ${nameOf(first + 8)}`;
  const entry = { 'levy.rate.employee': { value: '0.03', source } };
  return { files: { ...files, 'parameters.json': JSON.stringify(entry) }, source };
}

// Each of them is the name of an area once.
test.each(NAMES.flatMap((name, i) => (i % 3 === 0 ? [[name, i] as const] : [])))(
  '%s and those after it',
  async (_, i) => {
    const year = YEAR;
    const { files, source } = packWith(i);
    const one = await testDatabase();
    try {
      await runThrough(one.pool, await packOf(files, year));
      const given = AREAS.map((area, at) => ({ area, name: nameOf(i + at) }));
      expect((await areasOfYear(one.pool, year)).map(({ area, name }) => ({ area, name }))).toEqual(given);
      const [{ reason } = { reason: '' }] = await select<{ reason: string }>(
        one.pool,
        `select reason from fund.budget_submission where item = 'total_income'`,
      );
      expect(reason).toBe(nameOf(i + 7));

      const out = join(folder, String(i));
      const reader = one.as('reader');
      for (const file of await writeResults(reader, year, out)) {
        const text = readFileSync(join(out, file), 'utf8');
        if (file.endsWith('.json')) {
          const { parameters } = JSON.parse(text) as { parameters: { name: string; source: string }[] };
          expect(parameters.find(({ name }) => name === 'levy.rate.employee')?.source).toBe(source);
        } else expect(readTable(join(out, file)).rows.every((row) => !('undefined' in row))).toBe(true);
      }
      for (const name of await writeForms(reader, year, out)) {
        const sheets = (await readWorkbook(join(out, name))) as unknown as { data: (string | null)[][] }[];
        const area = given.find((known) => name.includes(known.area));
        const shown = sheets
          .map(({ data }) =>
            data
              .flat()
              .map((value) => String(value))
              .join('\n'),
          )
          .join('\n');
        // The region has workbooks of its own, which name no area.
        if (!name.includes('region')) expect(shown).toContain(area?.name.trim());
        // A clearing table names the values of its own law alone.
        if (!name.includes('clearing')) expect(shown).toContain(source.trim());
      }
      const facts = (await yearFacts(reader, year)) as YearFacts;
      expect(reportPage(facts)).not.toContain('<script>x');
    } finally {
      await one.drop();
    }
  },
);
