/** 未办结事项: what is left in a part of the year. The year waits for it, whoever does it and in whichever workflow. */
import type { Database } from '../db/connect';
import { type Left, type LeftWork, type PartOfYear, leftOf } from '../db/done';
import { SCHEME_NAMES } from '../rules/vocabulary';
import { bind } from './bind';

/** The parts of a year that other workflows do. */
export interface Undone {
  year: number;
  what: PartOfYear;
}
interface WorkLeft {
  left: number;
  /** The first of it in words, enough for a line on a page. */
  first: string[];
}

const WORK: Record<LeftWork, string> = {
  budget: '预算未批复',
  reconciliation: '征缴未对账',
  'december check': '12 月运行分析未办结',
  'unknown area': '征缴对账未办结',
  subsidy: '补助结算未办结',
  clearing: '年度清算未生效',
  settlement: '清算未拨付',
  method: '调剂金管理办法文号未登记',
};
const NAMED = 5;

/** How much is left, and the first of it by name. Changes nothing. */
export async function whatIsLeft(database: Database, { year, what }: Undone): Promise<WorkLeft> {
  const left = await leftOf(database, year, what);
  return { left: left.length, first: left.slice(0, NAMED).map(textOf) };
}

const textOf = ({ work, name, scheme, files = [] }: Left): string =>
  `${name ?? ''}${scheme === null ? '' : SCHEME_NAMES[scheme]}${WORK[work]}` +
  (files.length === 0 ? '' : `（待报送 ${files.join('、')}）`);

export const createProgressActivities = (database: Database) => bind(database, { whatIsLeft });
