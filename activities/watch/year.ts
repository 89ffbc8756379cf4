/**
 * What is wrong with the years, as the database shows it: not begun, behind the calendar, or waiting for people who do not
 * exist.
 */
import type { Queryable } from '../../db/connect';
import type { Problem } from '../../db/alerts';
import { areasOfYear } from '../../db/areas';
import { type DatedResult, type Missing, missingChecks, missingResults } from '../../db/done';
import { type LiveYear, isClaimed, isForRunsOnly, openLiveYears } from '../../db/fund-year';
import { pinnedParameters } from '../../db/parameters';
import { type WatchedTask, overdueTasks, unanswerableTasks } from '../../db/tasks';
import { type Wait, openWaits } from '../../db/waits';
import { collectionsToday } from '../collection/today';
import { type Calendar, calendarOf, fundYearOn } from '../../parameters';
import { rateText } from '../../figures/collection/today';
import { waitDates } from '../../parameters/waits';
import { isInPhase, startYearName } from '../../parameters/phase';
import { daysBetween, monthEnd, monthsTo } from '../../rules/calendar-day';
import { waitText } from '../../rules/joint-matters';
import { fundYearId, problemKey } from '../../rules/keys';
import { BURDEN_CLASS_NAMES, ROLE_NAMES, SCHEMES, SCHEME_NAMES, type Scheme, officeName } from '../../rules/vocabulary';

/** Everything wrong on a date (in China) with the years in the database. */
export async function yearProblems(db: Queryable, today: string): Promise<Problem[]> {
  const years = await openLiveYears(db);
  const waits = (await openWaits(db, waitDates(today))).filter(({ matter }) => matter !== null); // those for files have a date of the calendar
  const dates: Problem[] = [];
  for (const year of years) dates.push(...(await overdueDates(db, year, today)), ...(await lowRates(db, year, today)));
  return [
    ...(await notStarted(db, today)),
    ...(await overdueTasks(db, today)).map((task) => overdueTask(task, today)),
    ...(await unanswerableTasks(db)).map(unanswerable),
    ...waits.filter(({ overdue }) => overdue).map(overdueWait),
    ...waits.filter(({ operators }) => operators.length === 0).map(unanswerableWait),
    ...dates,
  ];
}

/** 年度未启动: the year whose cycle should have begun by now has none. Not asked of a database of compressed runs. */
async function notStarted(db: Queryable, today: string): Promise<Problem[]> {
  const year = fundYearOn(today);
  if ((await isForRunsOnly(db)) || (await isClaimed(db, year))) return [];
  return [
    {
      key: problemKey('not_started', year),
      fund_year: year,
      problem: `${year} 年度应于 ${calendarOf(year).cycleStart} 启动，至今没有流程`,
      remedy: `npm run fund -- start --year ${year}；定时启动见 npm run fund -- schedule`,
    },
  ];
}

const overdueTask = (task: WatchedTask, today: string): Problem => ({
  key: problemKey('overdue_task', task.task),
  fund_year: task.fund_year,
  problem: `${task.subject}：应于 ${task.due_on} 前办理，已逾期 ${daysBetween(task.due_on, today)} 天`,
  remedy: `请${officeName(task)}办理 ${task.task}`,
});

const unanswerable = (task: WatchedTask): Problem => ({
  key: problemKey('unanswerable', task.task),
  fund_year: task.fund_year,
  problem: `${task.subject}：等待${officeName(task)}，但没有可办理的人员（无人任此职，或任此职者都已办理过本事项的其他环节）`,
  remedy: `在 operators.csv 中补充${officeName(task)}的人员并导入，由自治区医保局两人任命（npm run fund -- operators、appoint）`,
});

const overdueWait = (wait: Wait): Problem => ({
  key: problemKey('overdue_task', wait.name),
  fund_year: wait.fund_year,
  problem: `${waitText(wait)}：应于 ${wait.due_on} 前办理，已逾期 ${wait.days_over} 天`,
  remedy: `请${ROLE_NAMES[wait.role]}两人办理：npm run fund -- tasks，或办事台“双人办理”`,
});

const unanswerableWait = (wait: Wait): Problem => ({
  key: problemKey('unanswerable', wait.name),
  fund_year: wait.fund_year,
  problem: `${waitText(wait)}，但${ROLE_NAMES[wait.role]}没有可办理的人员`,
  remedy: `任命${ROLE_NAMES[wait.role]}至少两人；新系统的首任两人由数据库属主登录指定（npm run fund -- appoint --first）`,
});

/** 参保率预警: a class of low income that will not reach its rate unless more persons pay while they still can. */
async function lowRates(db: Queryable, { year }: LiveYear, today: string): Promise<Problem[]> {
  const collections = await collectionsToday(db, { year, today });
  return collections.flatMap((collection) =>
    collection.warnings.map((one) => ({
      key: problemKey('low_rate', year, collection.area, one),
      fund_year: year,
      problem: `${collection.name} ${year} 年度${BURDEN_CLASS_NAMES[one]}参保率 ${rateText(collection, one)}；集中征缴至 ${collection.closes ?? ''}，还有 ${collection.daysLeft ?? 0} 天`,
      remedy: `动员尚未缴费的${BURDEN_CLASS_NAMES[one]}参保；进展见 npm run fund -- show --year ${year} --area ${collection.area}`,
    })),
  );
}

/** 逾期事项: a result with a date of the calendar, and the words for it. */
interface Due {
  name: string;
  zh: string;
  by: string; // the last day
  missing: () => Promise<Missing[]>;
}

async function overdueDates(db: Queryable, { year }: LiveYear, today: string): Promise<Problem[]> {
  const calendar = calendarOf(year);
  if (today <= calendar.cycleStart) return [];
  if ((await areasOfYear(db, year)).length === 0) return [withoutAreas(year, calendar)];
  const problems: Problem[] = [];
  for (const due of await dues(db, year, calendar)) {
    if (today <= due.by) continue;
    for (const missing of await due.missing()) problems.push(overdueDate(year, due, missing, today));
  }
  if (today > calendar.closing) problems.push(notClosed(year, calendar));
  return problems;
}

async function dues(db: Queryable, year: number, calendar: Calendar): Promise<Due[]> {
  const inPhase = await schemesInPhase(db, year);
  const due = (name: DatedResult, zh: string, by: string): Due => ({
    name,
    zh,
    by,
    missing: () => missingResults(db, year, name, inPhase),
  });
  return [
    due('collection_term', '征缴标准', calendar.cycleStart),
    due('levy_estimate', '上解预缴测算', calendar.budgetStart),
    due('budget', '预算批复', calendar.budgetDeadline),
    ...monthsTo(12).map((month) => ({
      name: `risk_${month}`,
      zh: `${month} 月运行分析`,
      by: endOfNextMonth(year, month), // the month's figures are reported after it
      missing: () => missingChecks(db, year, month),
    })),
    due('collection', '征缴对账', calendar.collectionEnd),
    due('subsidy', '补助结算', calendar.finalAccounts),
    due('sharing', '缺口分担方案', calendar.settlementProposal),
  ];
}

/** The schemes whose adjustment fund has begun by the year; none while its values of law are not pinned. */
async function schemesInPhase(db: Queryable, year: number): Promise<Scheme[]> {
  const pinned = new Map((await pinnedParameters(db, year)).map(({ name, value }) => [name, value]));
  return SCHEMES.filter((scheme) => {
    const start = pinned.get(startYearName(scheme));
    return start !== undefined && isInPhase(year, String(start));
  });
}

const endOfNextMonth = (year: number, month: number): string =>
  month === 12 ? monthEnd(year + 1, 1) : monthEnd(year, month + 1);

const overdueDate = (
  year: number,
  { name, zh, by }: Due,
  { area, name: areaName, scheme }: Missing,
  today: string,
) => ({
  key: problemKey('overdue_date', year, name, scheme, area),
  fund_year: year,
  problem: `${areaName} ${SCHEME_NAMES[scheme]} ${year} 年度${zh}：应于 ${by} 前完成，已逾期 ${daysBetween(by, today)} 天`,
  remedy: `在 ${fundYearId(year)} 及其下属流程页面查看所等待的文件或人员`,
});

const withoutAreas = (year: number, { cycleStart }: Calendar): Problem => ({
  key: problemKey('overdue_date', year, 'areas'),
  fund_year: year,
  problem: `${year} 年度自 ${cycleStart} 起征缴，尚未导入统筹区名单`,
  remedy: '导入 areas.csv 与 operators.csv',
});

const notClosed = (year: number, { closing }: Calendar): Problem => ({
  key: problemKey('overdue_date', year, 'closing'),
  fund_year: year,
  problem: `${year} 年度应于 ${closing} 前关账，尚未关账`,
  remedy: `在 ${fundYearId(year)} 流程页面查看停在何处`,
});
