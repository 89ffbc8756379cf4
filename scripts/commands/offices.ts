/** `operators`, `appoint` and `end-office`: who holds an office in a live year, and since when. */
import Table from 'cli-table3';
import type { Command } from 'commander';
import { proposals } from '../../activities/joint-acts';
import { type OfficeHolding, appointFirst, officesOf } from '../../db/appointments';
import { inTransaction } from '../../db/connect';
import type { PackOperator } from '../../db/operators';
import { shownText } from '../../rules/text';
import { officeName } from '../../rules/vocabulary';
import { signFor } from '../client/joint-acts';
import { onDatabase } from '../client/with-database';
import { signWithKeyFile } from '../client/signing';
import { jointText } from '../words/joint-text';
import { Refusal } from '../words/refusal';
import { dateOption, noSuchYear, reasonOption, yearOption } from './options';

interface Output {
  year: number;
  json?: true;
}
type Acting = Output & { as: string; reason: string };
type Appointing = Output & { as?: string; reason?: string; list?: string; first?: string[] };

export function officeCommands(program: Command): void {
  program
    .command('operators')
    .summary('who holds an office, and with which keys')
    .description(
      'Everybody whom operators.csv names, whether appointed, until when, and with which keys.\n经办人员：任职、离任与签名密钥。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .option('--json', 'print them as JSON')
    .action(operators);
  program
    .command('appoint')
    .summary('appoint those whom operators.csv proposes, by two of the region’s security bureau')
    .description(
      'Appoints everybody who is proposed in a live year, once two of the region’s security bureau have done it. The first two of a\n' +
        'new system are named with --first by the login that owns the database.\n' +
        '任命 operators.csv 所列人员：自治区医保局两人先后办理后生效；新系统的首任两人由数据库属主登录以 --first 指定。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .option('--as <operator>', 'who acts, of the region’s security bureau (工号)')
    .option('--reason <text>', 'on what grounds (依据)', reasonOption)
    .option('--list <hash>', 'the list that you have seen, as this command prints it (所见名单)', listOption)
    .option('--first <operators...>', 'the first of the region’s security bureau, at most two (首任工号)')
    .option('--json', 'print the outcome as JSON')
    .action(appointThem);
  program
    .command('end-office <operator>')
    .summary('give an operator a last day in office, by two of the region’s security bureau')
    .description(
      'Gives an operator a last day in office, once two of the region’s security bureau have done it.\n离任：自治区医保局两人先后办理后生效，次日起不能再办理。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--until <date>', 'the last day in office (任职至)', dateOption('--until'))
    .requiredOption('--as <operator>', 'who acts (工号)')
    .requiredOption('--reason <text>', 'why (原因)', reasonOption)
    .option('--json', 'print the outcome as JSON')
    .action(endOffice);
}

function listOption(text: string): string {
  if (/^[0-9a-f]{8,64}$/.test(text)) return text;
  throw new Refusal(`--list ${shownText(text)}：请照抄 appoint 所印的 (as appoint prints it)`, 2);
}

function operators({ year, json }: Output): Promise<void> {
  return onDatabase(async (pool) => {
    const offices = await officesOf(pool, year);
    if (offices.length === 0) throw await noSuchYear(pool, year);
    if (json) {
      console.log(JSON.stringify(offices, null, 1));
      return;
    }
    const table = new Table({ head: ['工号', '姓名', '单位', '任职', '密钥'], style: { head: [], border: [] } });
    for (const holding of offices) {
      const { operator, name, keys } = holding;
      table.push([
        shownText(operator),
        shownText(name),
        officeName(holding),
        tenureOf(holding),
        keys.join('\n') || '无',
      ]);
    }
    console.log(table.toString());
  });
}

const tenureOf = ({ appointed_on, until }: OfficeHolding): string =>
  appointed_on === null ? '待任命' : `自 ${appointed_on}${until === null ? '' : ` 至 ${until}`}`;

/** Whoever signs has seen the list: without it, it is printed with the command that signs it. */
async function appointThem({ year, first, json, ...acting }: Appointing): Promise<void> {
  if (first !== undefined) return nameTheFirst(year, first, json);
  const proposed = await onDatabase((pool) => proposals(pool, year), 'worker');
  const { as: operator, reason, list } = acting;
  if (proposed === null) {
    console.log(json ? JSON.stringify({ year, list: null }) : `${year} 年度没有待任命的人员 (nobody is proposed)`);
  } else if (operator === undefined || reason === undefined || list === undefined) {
    console.log(json ? JSON.stringify({ year, ...proposed }) : proposedText(year, proposed));
  } else {
    const matter = { what: 'appoint', year, list } as const;
    const standing = await onDatabase(
      (pool) => signFor(pool, matter, { operator, reason }, signWithKeyFile(pool)),
      'worker',
    );
    console.log(json ? JSON.stringify({ year, ...standing }) : jointText(standing, matter));
  }
}

const proposedText = (
  year: number,
  { list, appointees }: { list: string; appointees: readonly PackOperator[] },
): string =>
  [
    `${year} 年度待任命 ${appointees.length} 人：`,
    ...appointees.map((one) => `  ${shownText(one.operator)} ${shownText(one.name)}（${officeName(one)}）`),
    `  → npm run fund -- appoint --year ${year} --as 工号 --reason 依据 --list ${list.slice(0, 12)}`,
  ].join('\n');

/** By the owner's login; all of them, or none. */
async function nameTheFirst(year: number, first: readonly string[], json?: true): Promise<void> {
  await onDatabase(
    (owner) =>
      inTransaction(owner, async (trx) => {
        for (const operator of first) await appointFirst(trx, year, operator);
      }),
    'owner',
  );
  console.log(
    json ? JSON.stringify({ year, first }) : `已指定首任：${first.map(shownText).join('、')} (the first are named)`,
  );
}

async function endOffice(
  leaver: string,
  { year, until: last, as: operator, reason, json }: Acting & { until: string },
): Promise<void> {
  const matter = { what: 'end_office', year, leaver, last } as const;
  const standing = await onDatabase(
    (pool) => signFor(pool, matter, { operator, reason }, signWithKeyFile(pool)),
    'worker',
  );
  console.log(
    json ? JSON.stringify({ year, operator: leaver, until: last, ...standing }) : jointText(standing, matter),
  );
}
