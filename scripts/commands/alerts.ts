/** `fund alerts`: the persons whose burden was flagged in a month, as a file for the departments that decide on help. */
import { chmodSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { type FlaggedPerson, flaggedPersons } from '../../db/burdens';
import { BURDEN_CLASS_NAMES, GROUP_NAMES, type Group } from '../../rules/vocabulary';
import { writing } from '../client/out-folder';
import { onDatabase } from '../client/with-database';
import { areaNamed, yearOption, yearWithAreas } from './options';

interface Options {
  area: string;
  month: number;
  out: string;
  year?: number;
  json?: true;
}

export function alertsCommand(program: Command): void {
  program
    .command('alerts')
    .summary('the persons flagged in a month, for the departments')
    .description(
      'Writes the persons whose burden was flagged in a month to a file for the departments that decide on help (RULES 12).\n' +
        '高额医疗费用负担患者推送名单；含个人信息：只写入文件，仅本人可读，用后即删。',
    )
    .requiredOption('--area <area>', 'area, by code or name (统筹区)')
    .requiredOption('--month <month>', 'month, 1 to 12 (标记月份)', monthOption)
    .requiredOption('--out <file>', 'the file to write, in CSV (名单文件)')
    .option('--year <year>', 'fund year (年度); without it the newest one', yearOption)
    .option('--json', 'print the number of persons as JSON')
    .action(alerts);
}

function monthOption(text: string): number {
  if (!/^([1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('应为 1 到 12 的月份 (a month from 1 to 12)');
  return Number.parseInt(text, 10);
}

function alerts({ area: asked, month, out, year: named, json }: Options): Promise<void> {
  return onDatabase(async (pool) => {
    const { year, areas } = await yearWithAreas(pool, named);
    const area = areaNamed(areas, year, asked);
    const persons = await flaggedPersons(pool, year, area, month);
    await writing(out, () => writePrivately(out, persons));
    const { length } = persons;
    console.log(
      json
        ? JSON.stringify({ year, area, month, persons: length, file: out }, null, 1)
        : `${year} 年 ${month} 月 ${area}：${length} 人，已写入 ${out}（仅本人可读，用后即删）(written; only you can read it)`,
    );
  });
}

const COLUMNS = 'person,group,group_zh,class,class_zh,month,self_paid,threshold';

/** An existing file keeps its permissions, so they are restricted before anything is written. */
function writePrivately(out: string, persons: readonly FlaggedPerson[]): void {
  writeFileSync(out, '', { mode: 0o600 });
  chmodSync(out, 0o600);
  const rows = persons.map((person) => ({
    ...person,
    group_zh: GROUP_NAMES[person.group as Group],
    class_zh: BURDEN_CLASS_NAMES[person.class],
  }));
  writeFileSync(out, stringify(rows, { header: true, columns: COLUMNS.split(',') }));
}
