/** Persons whose ids are recognised wherever they stand: a pack is given them, and what its year leaves behind is searched for them. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Database } from '../../db/connect';
import { execute, select } from '../../db/rows';

/** Part of every person's id; nothing else holds it. */
export const MARK = 'ZQ7X';

/** Marks the persons of a file. */
export function withMarkedPersons(text: string): string {
  const [header = '', ...rows] = text.split('\n');
  const at = header.split(',').indexOf('person');
  if (at < 0) return text;
  const marked = rows.map((row) => {
    const cells = row.split(',');
    return cells.length === 1 ? row : cells.map((cell, i) => (i === at ? `${MARK}-${cell}` : cell)).join(',');
  });
  return [header, ...marked].join('\n');
}

/**
 * Adds the optional files about persons to a pack: earlier enrolment, two who are flagged for what they bore themselves, and the
 * answer about one of them; nobody answers for the other.
 */
export function addMarkedPersons(pack: string, year: number, area: string): void {
  const files: Record<string, string[]> = {
    'enrolment_history.csv': ['person,coverage_year', `P1,${year - 1}`, `P2,${year - 3}`],
    'burdens.csv': [
      'person,area,group,month,self_paid',
      `P1,${area},ordinary,2,26000.01`,
      `P2,${area},orphan,5,10000.01`,
    ],
    'recognitions.csv': ['person,area,date,outcome,help', `P1,${area},${year}-03-15,recognised,800.00`],
  };
  for (const [file, rows] of Object.entries(files))
    writeFileSync(join(pack, file), withMarkedPersons(`${rows.join('\n')}\n`));
}

/** The tables of a database that hold a text in any row. */
export async function tablesWith(pool: Database, text: string): Promise<string[]> {
  const tables = await select<{ name: string }>(
    pool,
    `select table_name as name from information_schema.tables where table_schema = 'fund' and table_type = 'BASE TABLE' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = `select from fund.${name} t where to_jsonb(t)::text like :text limit 1`;
    if ((await execute(pool, rows, { text: `%${text}%` })) > 0) found.push(name);
  }
  return found;
}

/** The files below a folder that hold a text, by their paths from there; `but` are folders that are left out. */
export function filesWith(folder: string, text: string, but: readonly string[]): string[] {
  const search = (below: string): string[] =>
    readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return but.includes(path) ? [] : search(path);
      return entry.isFile() && readFileSync(path).includes(text) ? [relative(folder, path)] : [];
    });
  return search(folder).sort();
}
