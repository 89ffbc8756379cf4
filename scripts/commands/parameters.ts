/** `fund parameters`: every value of law of a fund year, with its source, what it decides and what changed. */
import type { Command } from 'commander';
import type { Queryable } from '../../db/connect';
import { overridesOf, pinnedParameters } from '../../db/parameters';
import {
  type Change,
  type LawFault,
  type ListedParameter,
  type ParameterInForce,
  type ParameterList,
  allInForce,
  lawFaultText,
  lawFaults,
  lawValueText,
  listParameters,
} from '../../parameters';
import { Refusal } from '../words/refusal';
import { withDatabase } from '../client/with-database';
import { yearOption } from './options';

interface Options {
  year: number;
  json?: true;
}

export function parametersCommand(program: Command): void {
  program
    .command('parameters')
    .summary('list every value of law of a fund year')
    .description(
      'Lists every value of law of a fund year: value, dates, source, assumed or decided, what it decides, and what changed\n' +
        'since the year before. For a year that was opened, the values are those pinned then; for any other, those that would be in force.\n' +
        '列出年度全部法定参数：取值、起止、来源、是否假定、用于何处、较上年变动。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .option('--json', 'print the list as JSON')
    .action(printParameters);
}

function printParameters({ year, json }: Options): Promise<void> {
  return withDatabase('reader', async (pool) => {
    const list = await listOfYear(pool, year);
    console.log(json ? JSON.stringify(list, null, 1) : listText(list));
  });
}

interface YearlyList extends ParameterList {
  year: number;
  /** The values were fixed when the year was opened; else these would be in force if it were opened now. */
  pinned: boolean;
}

/** The list of a year, refused where the book cannot give every value. */
export async function listOfYear(db: Queryable, year: number): Promise<YearlyList> {
  const before = await valuesOf(db, year - 1);
  const { pinned, values, faults } = await valuesOf(db, year);
  if (values === null) throw new Refusal(faults.map((fault) => lawFaultText(fault, year)).join('\n'));
  return { year, pinned, ...listParameters(year, values, before.values) };
}

interface ValuesOfYear {
  pinned: boolean;
  /** Null where the book lacks a value. */
  values: ParameterInForce[] | null;
  faults: LawFault[];
}

async function valuesOf(db: Queryable, year: number): Promise<ValuesOfYear> {
  const pinned = await pinnedParameters(db, year);
  if (pinned.length > 0) return { pinned: true, values: pinned, faults: [] };
  const overrides = await overridesOf(db, year);
  const faults = lawFaults(year, overrides);
  return { pinned: false, values: faults.length > 0 ? null : allInForce(year, overrides), faults };
}

const GROUPS: Record<string, string> = {
  budget: '预算',
  calendar: '年度工作日历',
  collection: '居民征缴',
  evaluation: '绩效评价',
  levy: '上解',
  method: '调剂金管理办法',
  risk: '风险预警',
  share: '缺口分担',
  standards: '年度公布标准',
  subsidy: '财政补助',
};
const groupOf = ({ name }: ListedParameter): string => name.slice(0, name.indexOf('.'));

export function listText({ year, pinned, parameters, ended }: YearlyList): string {
  const assumed = parameters.filter((parameter) => parameter.assumed).length;
  // Reports and summaries of runs count without the dates of the calendar.
  const counted = parameters.filter((parameter) => groupOf(parameter) !== 'calendar');
  const countedAssumed = counted.filter((parameter) => parameter.assumed).length;
  const changed = parameters.filter(({ change }) => change.kind === 'changed' || change.kind === 'new').length;
  const groups = [...new Set(parameters.map(groupOf))].sort();
  return [
    `${year} 年度法定参数（${pinned ? '年度启动时已固定 pinned' : '年度尚未启动，现行有效值 would be in force'}）：` +
      `共 ${parameters.length} 项，其中假定 assumed ${assumed} 项，较上年变动 ${changed} 项；` +
      `不计工作日历 ${counted.length} 项，假定 ${countedAssumed} 项，年度报告与运行摘要按此计数`,
    ...groups.flatMap((group) => [
      `\n${GROUPS[group] ?? group} ${group}`,
      ...parameters.filter((parameter) => groupOf(parameter) === group).map(parameterText),
    ]),
    ...(ended.length === 0 ? [] : [`\n上年有、本年无 ended：${ended.join('、')}`]),
  ].join('\n');
}

function parameterText({ name, zh, value, from, until, source, assumed, usedBy, change }: ListedParameter): string {
  const facts = [
    lawValueText(value).zh,
    `${from} 起，${until === null ? '至另有规定' : `至 ${until}`}`,
    assumed ? '假定 assumed' : '已定 decided',
    changeText(change),
  ];
  return `  ${name}  ${zh}\n    ${facts.join(' ｜ ')}\n    来源：${source}\n    用于：${usedBy.join('、')}`;
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'same':
      return '较上年未变';
    case 'new':
      return '上年没有 new';
    case 'unknown':
      return '上年无可比数';
    case 'changed': {
      const { value, assumed, source } = change.before;
      return `较上年有变 changed：上年 ${lawValueText(value).zh}（${assumed ? '假定' : '已定'}，${source}）`;
    }
  }
}
