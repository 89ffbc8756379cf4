/** `fund export`, `fund report` and `fund verify`: they show what is stored and compute nothing anew. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { checkInvariants } from '../../audit/invariants';
import { archivedInWords } from '../../db/archive';
import { fundYears } from '../../db/fund-year';
import { reportPage } from '../../web/report';
import type { WhatIf } from '../../web/sections/what-if';
import { yearFacts } from '../../web/year-facts';
import { typedPath } from '../../servers/typed-path';
import { Refusal } from '../words/refusal';
import { writeForms } from './form-files';
import { writing } from '../client/out-folder';
import { writeResults } from '../client/result-files';
import { withDatabase } from '../client/with-database';
import { noSuchYear, yearOption } from './options';

export function resultCommands(program: Command): void {
  program
    .command('export')
    .summary('write the result files of a fund year, and its budget forms as XLSX')
    .description(
      'Writes the result files of a fund year from the database, and below xlsx/ each area’s budget and, from ' +
        '31 January of the next year on, its final accounts (cash on 31 December) in the form of 社会保险基金预算.\n导出年度结果文件，以及各统筹区的预算表、决算表（XLSX；决算表为12月31日数，次年1月31日起）。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--out <dir>', 'folder for the result files (结果)')
    .option('--json', 'print the names of the files as JSON')
    .action(exportResults);
  program
    .command('report')
    .summary('write the region’s year as one page with charts')
    .description(
      'Writes the year as one self-contained HTML page in Chinese and English, with charts, sortable tables and a print form.\n' +
        '生成年度报告：一个自带图表的网页，可打印为 A4，不访问网络。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--out <file>', 'the HTML file to write (网页文件)', htmlFileOption)
    .option('--what-if <file>', 'what-if.json of a run with --what-if: adds a chapter (假设测算)')
    .option('--json', 'print the name and size of the file as JSON')
    .addHelpText('after', '\nExample:\n  npm run fund -- report --year 2028 --out report-2028.html')
    .action(report);
  program
    .command('verify')
    .summary('check every invariant of the books')
    .description(
      'Checks every invariant on the stored rows, one line each; exit code 1 when one fails.\n核验账务，逐条列示。',
    )
    .option('--year <year>', 'fund year (年度); without it every year in the database', yearOption)
    .option('--json', 'print the results as JSON')
    .action(verify);
}

function exportResults({ year, out, json }: { year: number; out: string; json?: true }): Promise<void> {
  return withDatabase('reader', async (pool) => {
    const known = await fundYears(pool);
    if (!known.some((fundYear) => fundYear.year === year)) throw await noSuchYear(pool, year);
    const folder = typedPath(out);
    const files = [...(await writeResults(pool, year, folder)), ...(await writeForms(pool, year, folder))];
    const archived = await archivedInWords(pool, year);
    if (archived !== null) console.error(`${archived}；quarantine.csv 未写出 (not written)`);
    console.log(
      json ? JSON.stringify({ year, out: folder, files }) : `已导出 ${files.length} 个文件到 ${folder} (exported)`,
    );
  });
}

/** The comparison that `run --what-if` has written for the same year. */
function comparisonIn(file: string, year: number): WhatIf {
  let content: Partial<WhatIf> = {};
  try {
    content = JSON.parse(readFileSync(typedPath(file), 'utf8')) as Partial<WhatIf>;
  } catch {
    // Refused below, like any other file that no run has written.
  }
  if (content.year === year && content.areas !== undefined && content.parameters !== undefined)
    return content as WhatIf;
  throw new Refusal(
    `--what-if ${typedPath(file)}：应为 fund run --what-if 为 ${year} 年度写出的 what-if.json (the what-if.json of a run of ${year})`,
  );
}

function htmlFileOption(name: string): string {
  if (!/\.html?$/i.test(name)) throw new Refusal(`--out ${name}：应为 .html 文件 (a file ending in .html)`, 2);
  return name;
}

interface ReportOptions {
  year: number;
  out: string;
  whatIf?: string;
  json?: true;
}

function report({ year, out, whatIf, json }: ReportOptions): Promise<void> {
  const compared = whatIf === undefined ? undefined : comparisonIn(whatIf, year);
  return withDatabase('reader', async (pool) => {
    const facts = await yearFacts(pool, year);
    if (facts === undefined) throw await noSuchYear(pool, year);
    const file = typedPath(out);
    const page = reportPage(facts, compared);
    await writing(file, () => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, page);
    });
    const { simulation, status } = facts.cycle;
    console.log(
      json
        ? JSON.stringify({ year, out: file, bytes: Buffer.byteLength(page), status, simulation })
        : `已生成 ${year} 年度报告${simulation ? '（模拟测算）' : ''}：${file} (report written)`,
    );
  });
}

function verify({ year, json }: { year?: number; json?: true }): Promise<void> {
  return withDatabase('reader', async (pool) => {
    const years = (await fundYears(pool)).filter((fundYear) => year === undefined || fundYear.year === year);
    if (years.length === 0) throw new Refusal('数据库中没有该年度 (no such fund year in the database)');
    const checked: object[] = [];
    for (const { year: fundYear, status } of years) {
      const archived = await archivedInWords(pool, fundYear);
      if (archived !== null && !json) console.log(`– ${archived}`);
      if (status === 'abandoned' && !json) console.log(`– ${fundYear} 年度已作废：核验所存数据 (abandoned)`);
      for (const invariant of await checkInvariants(pool, fundYear, status === 'closed')) {
        const { name, zh, broken } = invariant;
        if (invariant.archived) {
          checked.push({ year: fundYear, status, name, holds: null, archived });
          if (!json) console.log(`– ${fundYear} ${name} ${zh}：归档时核验通过，现无明细可核 (held when archived)`);
          continue;
        }
        checked.push({ year: fundYear, status, name, holds: broken.length === 0, broken });
        if (broken.length > 0) process.exitCode = 1;
        if (json) continue;
        console.log(
          `${broken.length === 0 ? '✓' : '✗'} ${fundYear} ${name} ${zh}${broken.length === 0 ? '' : `：${broken.slice(0, 5).join('；')}`}`,
        );
      }
    }
    if (json) console.log(JSON.stringify(checked, null, 1));
  });
}
