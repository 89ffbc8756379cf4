/** 统筹区 as a person names it: by its code, its name, or what its name alone begins with. */
import type { Pool } from 'pg';
import { areasOfYear } from '../db/year';
import { UNKNOWN_AREA } from '../rules/vocabulary';
import { Refusal } from './refusal';
import { codeOfWord } from './value-text';

/** The code of the area, refused with those that the year has; rows of no known area are asked for as `unknown`. */
export async function areaNamed(pool: Pool, year: number, word: string): Promise<string> {
  const areas = await areasOfYear(pool, year);
  if (word === UNKNOWN_AREA || areas.some(({ area }) => area === word)) return word;
  const named = codeOfWord(
    word,
    areas.map(({ area, name }) => [area, name]),
  );
  if (named !== undefined) return named;
  const there = areas.map(({ area, name }) => `${area} ${name}`).join('、') || '（尚未导入）';
  throw new Refusal(`${year} 年度没有统筹区 ${word}。有：${there} (no such area)`);
}
