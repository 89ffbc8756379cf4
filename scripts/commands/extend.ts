/** `fund extend`: the region lets an area collect until a later day. */
import type { Command } from 'commander';
import type { Extension } from '../../activities/collection/extension';
import { extendArea } from '../client/extension';
import { signWithKeyFile } from '../client/signing';
import { onDatabase } from '../client/with-database';
import { areaOf, dateOption, documentOption, yearOption } from './options';

export function extendCommand(program: Command): void {
  program
    .command('extend')
    .summary('extend an area’s collection window')
    .description(
      'Extends the collection window of an area, by a decision of the region, at most to the end of February of the year.\n' +
        '延长统筹区征缴期（自治区医保局），最晚至年度 2 月末；已判定的缴费不变。',
    )
    .requiredOption('--as <operator>', 'who acts, of the region’s security bureau (工号)')
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--area <area>', 'area, by code or name (统筹区)')
    .requiredOption('--until <date>', 'the new last day (延至)', dateOption('--until'))
    .requiredOption('--document <number>', 'document number of the decision (文号)', documentOption)
    .option('--json', 'print the outcome as JSON')
    .action(({ as: operator, json, ...of }: Omit<Extension, 'operator'> & { as: string; json?: true }) =>
      extend({ ...of, operator }, json === true),
    );
}

function extend({ year, area: word, until, operator, document }: Extension, json: boolean): Promise<void> {
  return onDatabase(async (pool) => {
    const area = await areaOf(pool, word, year);
    const extension = { year, area, until, operator, document };
    const { closedBefore, before } = await extendArea(pool, extension, signWithKeyFile(pool));
    const outcome = { year, area, until, closedBefore, before: before?.decided_on ?? null };
    if (json) console.log(JSON.stringify(outcome));
    else if (before)
      console.log(
        `此前已于 ${before.decided_on} 办理，未重复办理：${area} 征缴期延至 ${until}（${document}） (done before)`,
      );
    else
      console.log(
        `已延长：${area} ${year} 年度征缴期由 ${closedBefore} 延至 ${until}（${operator}，${document}）；此后的缴费按新期限判定`,
      );
  }, 'worker');
}
