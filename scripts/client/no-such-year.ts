/** A year that the database does not have, refused with those that it has. */
import type { Database } from '../../db/connect';
import { fundYears } from '../../db/fund-year';
import { Refusal } from '../words/refusal';

export async function noSuchYear(pool: Database, year: number): Promise<Refusal> {
  const there = (await fundYears(pool)).map((one) => one.year).join('、');
  const remedy = there === '' ? '：请先运行 fund run' : `；现有 ${there}`;
  return new Refusal(`数据库中没有 ${year} 年度${remedy} (fund year ${year} is not in the database)`);
}
