/** `fund quarantine`: the quarantined payment rows of an area, by reason; all of them into a file. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify';
import { archivedInWords } from '../../db/archive';
import type { Database } from '../../db/connect';
import {
  type QuarantinedReason,
  type QuarantinedRow,
  quarantinedByReason,
  quarantinedPages,
  quarantinedRows,
} from '../../db/quarantine';
import { type Release, releasesOf } from '../../db/releases';
import { QUARANTINE_REASON_NAMES } from '../../rules/payment-row';
import { shownText } from '../../rules/text';
import { UNKNOWN_AREA } from '../../rules/vocabulary';
import { Refusal } from '../words/refusal';
import { typedPath } from '../../servers/typed-path';
import { writing } from '../client/out-folder';
import { onDatabase } from '../client/with-database';
import { areaNamed, yearOption, yearWithAreas } from './options';

interface Options {
  area: string;
  year?: number;
  reason?: string;
  out?: string;
  json?: true;
}

const MOST_ROWS = 1000;

export function quarantineCommand(program: Command): void {
  program
    .command('quarantine')
    .summary('the quarantined payment rows of an area, by reason')
    .description(
      `The quarantined payment rows of an area, by reason; area \`${UNKNOWN_AREA}\` holds the rows that name no known area.\n` +
        'Below them the requests to release some: who, when, why.\n待核对缴费流水，按原因列示；其下为核实受理的申请与结果。不含个人信息。',
    )
    .requiredOption('--area <area>', 'area, by code or name (统筹区)')
    .option('--year <year>', 'fund year (年度); without it the newest one', yearOption)
    .option('--reason <reason>', `only this reason (原因): ${Object.keys(QUARANTINE_REASON_NAMES).join(', ')}`)
    .option('--out <file>', 'writes all rows to this file, in CSV (全部写入文件)')
    .option('--json', 'print the counts and rows as JSON')
    .action(quarantine);
}

function quarantine({ area: asked, year: named, reason, out: typed, json }: Options): Promise<void> {
  const out = typed === undefined ? undefined : typedPath(typed);
  if (reason !== undefined && !Object.hasOwn(QUARANTINE_REASON_NAMES, reason)) {
    throw new Refusal(`--reason ${shownText(reason)}：应为 ${Object.keys(QUARANTINE_REASON_NAMES).join('、')} 之一`, 2);
  }
  return onDatabase(async (pool) => {
    const { year, areas } = await yearWithAreas(pool, named);
    const area = asked === UNKNOWN_AREA ? asked : areaNamed(areas, year, asked);
    const archived = await archivedInWords(pool, year);
    if (archived !== null) throw new Refusal(archived);
    const ofArea = area === UNKNOWN_AREA ? null : area;
    const reasons = await quarantinedByReason(pool, year, ofArea);
    if (out !== undefined) {
      const rows = await writing(out, () => writeAll(pool, out, { year, area: ofArea, reason: reason ?? null }));
      console.log(
        json
          ? JSON.stringify({ year, area, reasons, rows, file: out }, null, 1)
          : `${year} 年度 ${area}：${rows} 笔待核对缴费流水，已写入 ${out} (written)`,
      );
      return;
    }
    const rows = await quarantinedRows(pool, year, ofArea, reason ?? null, MOST_ROWS);
    const releases = await releasesOf(pool, { year, area });
    const what = `${year} 年度 ${area}`;
    console.log(
      json
        ? JSON.stringify({ year, area, reasons, rows, releases }, null, 1)
        : [listText(what, reasons, rows), ...releasesText(releases)].join('\n'),
    );
  });
}

const COLUMNS = ['file', 'line', 'receipt', 'kind', 'paid_on', 'amount', 'reason'];

/** Writes every row and returns their number. */
async function writeAll(
  pool: Database,
  out: string,
  { year, area, reason }: { year: number; area: string | null; reason: string | null },
): Promise<number> {
  let written = 0;
  const rows = async function* (): AsyncGenerator<QuarantinedRow> {
    for await (const page of quarantinedPages(pool, year, area, reason)) {
      written += page.length;
      yield* page;
    }
  };
  await pipeline(Readable.from(rows()), stringify({ header: true, columns: COLUMNS }), createWriteStream(out));
  return written;
}

function listText(what: string, reasons: readonly QuarantinedReason[], rows: readonly QuarantinedRow[]): string {
  if (reasons.length === 0) return `${what} 没有待核对的缴费流水 (nothing is quarantined)`;
  const style = { head: [], border: [], compact: true };
  const counts = new Table({
    head: ['原因 reason', '笔数 rows', '票号数 receipts', '缴费 payments', '退费 refunds'],
    style,
  });
  for (const count of reasons) {
    counts.push([
      `${QUARANTINE_REASON_NAMES[count.reason]} ${count.reason}`,
      count.rows,
      count.receipts,
      count.payments,
      count.refunds,
    ]);
  }
  const list = new Table({
    head: ['文件 file', '行 line', '票号 receipt', '类型', '日期', '金额', '原因 reason'],
    style,
  });
  for (const row of rows) {
    const kind = row.kind === null ? '' : { payment: '缴费', refund: '退费' }[row.kind];
    list.push([row.file, row.line, row.receipt, kind, row.paid_on ?? '', row.amount ?? '', row.reason]);
  }
  const more =
    rows.length === MOST_ROWS
      ? `\n只列前 ${MOST_ROWS} 笔；加 --out 文件 写出全部 (the first ${MOST_ROWS}; --out writes all)`
      : '';
  return `${what} 待核对缴费流水\n${counts.toString()}\n${list.toString()}${more}`;
}

/** 核实受理: what was asked for, row by row, and what came of it. */
function releasesText(releases: readonly Release[]): string[] {
  if (releases.length === 0) return [];
  const table = new Table({
    head: ['第 号', '文件 file', '行 line', '提出 asked', '理由 reason', '结果 outcome', '财政局 decided'],
    style: { head: [], border: [], compact: true },
  });
  for (const release of releases) {
    table.push([
      release.number,
      release.file,
      release.line,
      `${release.requested_on} ${release.asked_by}`,
      shownText(release.reason),
      outcomeText(release),
      release.decided_by ?? '—',
    ]);
  }
  return ['核实受理', table.toString()];
}

function outcomeText({ quarantined_as, released_on, open, decision, note }: Release): string {
  if (quarantined_as !== null) return `${released_on ?? ''} 受理（原 ${QUARANTINE_REASON_NAMES[quarantined_as]}）`;
  if (open) return '待办';
  return decision === 'return' ? `退回：${shownText(note ?? '')}` : '作废';
}
