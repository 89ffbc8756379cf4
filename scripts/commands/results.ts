/** `fund export` and `fund verify`: what is stored, told again; nothing is computed anew. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Pool } from 'pg';
import { checkInvariants } from '../../audit/invariants';
import { connect } from '../../db/connect';
import { fundYears } from '../../db/year';
import { Refusal } from '../refusal';
import { writeResults } from '../result-files';
import { withSystem } from '../system';
import { yearOption } from './run';

export function resultCommands(program: Command): void {
  program
    .command('export')
    .summary('write the result files of a fund year')
    .description('Writes the result files of a fund year from the database.\n导出年度结果文件。')
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--out <dir>', 'folder for the result files (结果)')
    .option('--json', 'print the names of the files as JSON')
    .action(exportResults);
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

/** Runs `work` on the stored rows, which it only reads. */
export const asReader = (work: (pool: Pool) => Promise<void>): Promise<void> =>
  withSystem(
    (line) => console.error(line),
    async ({ databaseUrl }) => {
      const pool = connect(databaseUrl, 'reader', 2);
      await work(pool).finally(() => pool.end());
    },
  );

function exportResults({ year, out, json }: { year: number; out: string; json?: true }): Promise<void> {
  return asReader(async (pool) => {
    const known = await fundYears(pool);
    if (!known.some((one) => one.year === year)) {
      throw new Refusal(`数据库中没有 ${year} 年度：请先运行 fund run (fund year ${year} is not in the database)`);
    }
    const files = await writeResults(pool, year, resolve(out));
    console.log(
      json
        ? JSON.stringify({ year, out: resolve(out), files })
        : `已导出 ${files.length} 个文件到 ${resolve(out)} (exported)`,
    );
  });
}

function verify({ year, json }: { year?: number; json?: true }): Promise<void> {
  return asReader(async (pool) => {
    const years = (await fundYears(pool)).filter((one) => year === undefined || one.year === year);
    if (years.length === 0) throw new Refusal('数据库中没有该年度 (no such fund year in the database)');
    const checked: object[] = [];
    for (const { year: fundYear, status } of years) {
      for (const { name, zh, broken } of await checkInvariants(pool, fundYear, status === 'closed')) {
        checked.push({ year: fundYear, name, holds: broken.length === 0, broken });
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
