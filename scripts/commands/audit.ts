/** `fund audit`: the trail (办理记录): who did what, when, on which figures, by which document, for which reason. */
import { writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { areasOfYear } from '../../db/areas';
import { yearFacts } from '../../db/fund-year';
import { type TrailLine, trail } from '../../db/trail';
import { errorText } from '../../servers/refused';
import { typedPath } from '../../servers/typed-path';
import { onDatabase } from '../client/with-database';
import { Refusal } from '../words/refusal';
import { trailCsv, trailLineText } from '../words/trail-text';
import { areaNamed, noSuchYear, yearOption } from './options';

interface Options {
  year?: number;
  area?: string;
  as?: string;
  words?: string;
  csv?: string;
  json?: true;
}

export function auditCommand(program: Command): void {
  program
    .command('audit')
    .summary('the trail: who did what, when, on which figures')
    .description(
      'The trail of a year, or of all: submissions, approvals, returns with their reasons, documents, corrections, extensions, imports;\n' +
        'the latest first.\n办理记录：何人、何时、依何数字、凭何文号、因何原因办理了何事。',
    )
    .option('--year <year>', 'fund year (年度)', yearOption)
    .option('--area <area>', 'only what is about this area (统筹区)')
    .option('--as <operator>', 'only what this operator did (工号)')
    .option('--words <text>', 'only lines with this text (查找)')
    .option('--csv <file>', 'write it to a file for a spreadsheet')
    .option('--json', 'print the lines as JSON')
    .action(audit);
}

function audit({ year, area: asked, as: operator, words, csv, json }: Options): Promise<void> {
  return onDatabase(async (pool) => {
    if (year !== undefined && (await yearFacts(pool, year)) === undefined) throw await noSuchYear(pool, year);
    if (asked !== undefined && year === undefined)
      throw new Refusal('--area 须同时给出 --year (name the year as well)', 2);
    const area =
      asked === undefined || year === undefined ? undefined : areaNamed(await areasOfYear(pool, year), year, asked);
    const lines = await trail(pool, { ...(year === undefined ? {} : { year }), area, operator, words }, { most: null });
    if (csv !== undefined) {
      write(csv, lines);
      return;
    }
    if (json) console.log(JSON.stringify(lines, null, 1));
    else console.log(lines.length === 0 ? '没有办理记录 (nothing was recorded)' : lines.map(trailLineText).join('\n'));
  });
}

function write(file: string, lines: readonly TrailLine[]): void {
  try {
    writeFileSync(typedPath(file), trailCsv(lines));
  } catch (error) {
    throw new Refusal(`--csv ${file} 写不了：${errorText(error)} (the file cannot be written)`);
  }
  console.log(`已写入 ${file}：${lines.length} 条 (written)`);
}
