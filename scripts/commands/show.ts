/** `fund show`: where a year stands, what it waits for, who must act by when. While Temporal is down it shows what is stored. */
import { Client } from '@temporalio/client';
import type { Command } from 'commander';
import type { Database } from '../../db/connect';
import { type StatutoryDate, overdueDates, statutoryDates } from '../../audit/statutory-dates';
import { collectionsToday } from '../../activities/collection/today';
import { alertsNow, concerns } from '../../activities/watch/alerts-now';
import type { Alert } from '../../db/alerts';
import { areasOfYear } from '../../db/areas';
import { findingCounts } from '../../db/findings';
import { frozenBecause } from '../../db/freezes';
import { type YearFacts, businessDate, yearFacts } from '../../db/fund-year';
import { type FundFigures, lastFigures } from '../../db/overview';
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import type { Wait } from '../../db/waits';
import {
  type CollectionToday,
  LOW_INCOME_CLASSES,
  percentText,
  rateText,
  wordsOf,
} from '../../figures/collection/today';
import { cycleStartOf } from '../../parameters';
import { beijingDate, beijingTime } from '../../rules/beijing-time';
import { shownText } from '../../rules/text';
import { withThousands } from '../../rules/thousands';
import { BURDEN_CLASS_NAMES, RISK_LEVELS, RISK_LEVEL_NAMES, SCHEME_NAMES, officeName } from '../../rules/vocabulary';
import { connectTemporal, places } from '../../servers';
import { FUND_DEADLINE, FUND_STAGE, FUND_WAITING_FOR, FUND_WAITING_ROLE } from '../../workflows/search-attributes';
import { type ImportUnderWay, importsUnderWay } from '../client/imports';
import { waitsToday } from '../client/waits';
import { onDatabase } from '../client/with-database';
import { waitLines } from '../words/joint-text';
import { standingText } from '../words/standing-text';
import { tableText } from '../words/table-text';
import { commandsOf } from '../words/task-text';
import { type UiLink, uiLinks } from '../words/ui-links';
import { cellText } from '../words/value-text';
import { WATCHDOG, fundYearId } from '../../rules/keys';
import { areaNamed, noSuchYear, yearOption } from './options';

interface Options {
  year: number;
  area?: string;
  json?: true;
}
interface Stage {
  workflow: string;
  stage: string;
  waitsFor: string;
  office: string; // 办理人
  until: string;
}
interface Shown extends YearFacts {
  /** Why nothing is booked and nobody decides today (冻结期). */
  frozen: string | null;
  /** What waits without a task: for the first files, for two people, for the second of them. */
  waits: Wait[];
  today: string; // business date
  /** These two are null while Temporal does not answer. */
  stages: Stage[] | null;
  imports: ImportUnderWay[] | null;
  /** When the watchdog last looked at Temporal (RFC 3339): what it found there may have changed since. */
  lookedAt: string | null;
  waiting: WaitingTask[];
  next: StatutoryDate | null;
  overdue: StatutoryDate[];
  /** Unsolved problems that the watchdog (巡查) has found, of this year or of the whole service. */
  alerts: Alert[];
  /** 征缴日报: the collections that are not reconciled yet. */
  collection: CollectionToday[];
  figures: FundFigures[];
  findings: { code: string; count: string }[];
  links: UiLink[];
}

/** The stages that are shown of an area; of the whole region only the year's own is shown. */
const MOST_STAGES = 50;
const MOST_TASKS = 20;
const MOST_ALERTS = 20;
const TEMPORAL_ANSWERS_WITHIN = 5000; // milliseconds

export function showCommand(program: Command): void {
  program
    .command('show')
    .summary('where a year stands, what it waits for, who must act by when')
    .description(
      'Where a fund year stands, what it waits for, and who must act by when; last figures, findings, overdue dates.\n' +
        '年度进展：阶段、待办、截止、最新数字、发现问题、逾期事项。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .option('--area <area>', 'one area (统筹区)')
    .option('--json', 'print it as JSON')
    .action(({ year, area: asked, json }: Options) =>
      onDatabase(async (pool) => {
        const facts = await yearFacts(pool, year);
        if (facts === undefined) throw await noSuchYear(pool, year);
        const area = asked === undefined ? undefined : areaNamed(await areasOfYear(pool, year), year, asked);
        const shown = await standingOf(pool, facts, area);
        console.log(json ? JSON.stringify(shown, null, 1) : yearText(shown, area));
      }),
    );
}

async function standingOf(pool: Database, facts: YearFacts, area: string | undefined): Promise<Shown> {
  const { year } = facts;
  const today = await businessDate(pool, year, cycleStartOf(year));
  const { uiUrl, temporalNamespace: namespace } = places();
  const waiting = await waitingTasks(pool, cycleStartOf, year);
  const dates = await statutoryDates(pool, year);
  return {
    ...facts,
    frozen: await frozenBecause(pool, year),
    waits: (await waitsToday(pool)).filter(({ fund_year }) => fund_year === year),
    today,
    ...(await standingInTemporal(year, area)),
    waiting: area === undefined ? waiting : waiting.filter((task) => task.of_area === area),
    next: dates.find(({ date, due, done }) => due && !done && date >= today) ?? null,
    overdue: facts.status === 'open' ? await overdueDates(pool, year, today) : [],
    alerts: await alertsAbout(pool, year, area),
    collection: facts.status === 'open' ? await collectionsToday(pool, { year, area: area ?? null, today }) : [],
    figures: await lastFigures(pool, year, area),
    findings: await findingCounts(pool, year, area),
    links: uiLinks({ uiUrl, namespace }, { year, area, today }),
  };
}

/** The unsolved problems of a year and of the service; of one area, without those of others. */
async function alertsAbout(pool: Database, year: number, area: string | undefined): Promise<Alert[]> {
  const alerts = (await alertsNow(pool, beijingDate(new Date()))).filter(
    ({ fund_year }) => fund_year === null || fund_year === year,
  );
  if (area === undefined) return alerts;
  const all = (await areasOfYear(pool, year)).map((known) => known.area);
  return alerts.filter((alert) => concerns(alert, area, all));
}

/** What the workflows report about themselves; null when Temporal does not answer. */
async function standingInTemporal(
  year: number,
  area: string | undefined,
): Promise<Pick<Shown, 'stages' | 'imports' | 'lookedAt'>> {
  const silent = { stages: null, imports: null, lookedAt: null };
  const { temporalAddress, temporalNamespace: namespace } = places();
  if (temporalAddress === null) return silent;
  const asked = async () => {
    const connection = await connectTemporal(temporalAddress);
    try {
      const client = new Client({ connection, namespace });
      return {
        stages: await stagesOf(client, year, area),
        imports: await importsUnderWay(client, year),
        lookedAt: await lastLook(client),
      };
    } finally {
      await connection.close();
    }
  };
  const late = new Promise<typeof silent>((tell) => setTimeout(() => tell(silent), TEMPORAL_ANSWERS_WITHIN).unref());
  return Promise.race([asked().catch(() => silent), late]);
}

/** When the hourly watchdog last began to look; null where it never has. */
async function lastLook(client: Client): Promise<string | null> {
  const description = await client.schedule
    .getHandle(WATCHDOG)
    .describe()
    .catch(() => null);
  return description?.info.recentActions.at(-1)?.takenAt.toISOString() ?? null;
}

/** The newest run of each workflow comes first; its earlier runs under the same id are skipped. */
async function stagesOf(client: Client, year: number, area: string | undefined): Promise<Stage[]> {
  const query =
    area === undefined ? `WorkflowId = '${fundYearId(year)}'` : `FundYear = ${year} AND FundArea = '${area}'`;
  const stages = new Map<string, Stage>();
  for await (const { workflowId: workflow, typedSearchAttributes: attributes } of client.workflow.list({ query })) {
    const keys = { stage: FUND_STAGE, waitsFor: FUND_WAITING_FOR, office: FUND_WAITING_ROLE, until: FUND_DEADLINE };
    const shown = Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, attributes.get(key) ?? '']));
    if (!stages.has(workflow)) stages.set(workflow, { workflow, ...shown } as Stage);
    if (stages.size === MOST_STAGES) break;
  }
  return [...stages.values()].sort((a, b) => (a.workflow < b.workflow ? -1 : 1));
}

const right = (content: string): { content: string; hAlign: 'right' } => ({ content, hAlign: 'right' });
const money = (amount: string | null): ReturnType<typeof right> => right(amount === null ? '—' : withThousands(amount));

function yearText(shown: Shown, area: string | undefined): string {
  // One entry for each part of the page; a part without content is empty.
  const parts = [
    heading(shown),
    stagesText(shown),
    importsText(shown),
    overdueText(shown),
    waitingText(shown),
    alertsText(shown),
    collectionText(shown, area),
    figuresText(shown, area),
    findingsText(shown),
    linksText(shown),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function heading(shown: Shown): string {
  const { year, mode, status, simulation, today, next, frozen } = shown;
  const lines = [
    `${year} 年度（${mode === 'live' ? '正式' : '模拟运行'}）${standingText(shown)}；业务日期 ${today}`,
    ...(frozen === null ? [] : [`${frozen}；入账等待，期满自动继续，审批期满后办理`]),
    ...(simulation === true ? ['模拟测算：上解或分担参数尚未由文件确定（assumed）'] : []),
    ...(status !== 'open' || next === null ? [] : [`下一法定日期：${next.date} ${next.zh}`]),
  ];
  return lines.join('\n');
}

function stagesText({ stages }: Shown): string {
  if (stages === null) {
    return 'Temporal 没有应答，流程阶段略；以下为数据库所存。启动：npm run fund -- up (Temporal does not answer)';
  }
  if (stages.length === 0) return '';
  const rows = stages.map(({ workflow, stage, waitsFor, until }) => [workflow, stage, waitsFor, until].map(shownText));
  return tableText({ head: ['流程', '阶段', '等待', '截止'], rows });
}

const overdueText = ({ overdue }: Shown): string =>
  overdue.length === 0 ? '' : ['逾期的法定日期：', ...overdue.map(({ date, zh }) => `  ${date} ${zh}`)].join('\n');

const alertsText = ({ alerts, lookedAt }: Pick<Shown, 'alerts' | 'lookedAt'>): string =>
  alerts.length === 0
    ? ''
    : [
        lookedAt === null
          ? '巡查发现：'
          : `巡查发现（流程与服务的情况为 ${beijingTime(lookedAt)} 巡查所见，其余为现在的情况）：`,
        ...alerts
          .slice(0, MOST_ALERTS)
          .map(({ problem, remedy, since }) => `  ${problem}（自 ${beijingTime(since)}）；办法：${remedy}`),
        ...(alerts.length > MOST_ALERTS ? [`  另有 ${alerts.length - MOST_ALERTS} 项：npm run fund -- watch`] : []),
      ].join('\n');

export function waitingText({ waiting, waits, stages }: Pick<Shown, 'waiting' | 'waits' | 'stages'>): string {
  if (waits.length > 0) {
    const tasks = waiting.length === 0 ? [] : [waitingText({ waiting, waits: [], stages })];
    return [...waits.map((wait) => waitLines(wait).join('\n')), ...tasks].join('\n\n');
  }
  // A year whose law is incomplete has an office that is asked, but no task.
  const asked = (stages ?? []).filter(({ office }) => office !== '' && office !== '—');
  if (waiting.length === 0 && asked.length > 0) {
    return asked.map(({ office, waitsFor }) => `等待${office}：${shownText(waitsFor)}`).join('\n');
  }
  if (waiting.length === 0) return '没有人员待办 (nothing waits for a person)';
  const over = waiting.filter(({ overdue }) => overdue).length;
  const lines = waiting
    .slice(0, MOST_TASKS)
    .flatMap((task) => [
      `  ${task.due_on}${task.overdue ? `【逾期 ${task.days_over} 天】` : ''} ${officeName(task)}：${shownText(task.subject)}`,
      `    → ${commandsOf(task)[0] ?? ''}`,
    ]);
  const more = waiting.length > MOST_TASKS ? [`  另有 ${waiting.length - MOST_TASKS} 项：npm run fund -- tasks`] : [];
  return [`待办 ${waiting.length} 项，其中逾期 ${over} 项：`, ...lines, ...more].join('\n');
}

/** 征缴日报: of one area line by line, of the region a line for each area. */
function collectionText({ collection }: Shown, area: string | undefined): string {
  const [only] = collection;
  if (only === undefined) return '';
  if (area !== undefined) {
    return ['居民征缴：', ...Object.entries(wordsOf(only)).map(([name, text]) => `  ${name} ${text}`)].join('\n');
  }
  const classes = LOW_INCOME_CLASSES.map((one) => BURDEN_CLASS_NAMES[one]);
  const rates = classes.map((zh) => `${zh}参保率`);
  const head = ['统筹区', '应参保', '已缴费', '进度', '上年同日', ...rates, '待核对', '剩余天数'];
  const rows = collection.map((one) => {
    const { registered, paid, progress, lastYear, quarantined, daysLeft } = one;
    return [
      shownText(`${one.area} ${one.name}`),
      ...[registered, paid].map((persons) => right(withThousands(persons))),
      right(percentText(progress)),
      right(lastYear === null ? '—' : percentText(lastYear.progress)),
      ...LOW_INCOME_CLASSES.map((each) => rateText(one, each)),
      right(String(Object.values(quarantined).reduce((sum, rows) => sum + rows, 0))),
      right(String(daysLeft ?? '—')),
    ];
  });
  return `居民征缴（截至 ${only.today}）：\n${tableText({ head, rows })}`;
}

/** For the whole region the number of funds on each level, and those that need attention; for an area all it has. */
function figuresText({ figures }: Shown, area: string | undefined): string {
  const checked = figures.filter(({ level }) => level !== null);
  if (area === undefined && checked.length === 0) return '';
  const counts = RISK_LEVELS.flatMap((level) => {
    const count = checked.filter((fund) => fund.level === level).length;
    return count === 0 ? [] : [`${RISK_LEVEL_NAMES[level]} ${count}`];
  });
  const listed =
    area === undefined
      ? figures.filter(({ level, gap }) => level === 'red' || level === 'orange' || (gap !== null && /[1-9]/.test(gap)))
      : figures;
  const head = [
    ...['统筹区', '险种', '月份', '累计结余', '可支付月数', '等级'],
    ...['全年应预缴', '上解', '缺口', '调剂金', '统筹区政府'],
  ];
  const rows = listed.map((fund) => [
    shownText(`${fund.area} ${fund.name}`),
    SCHEME_NAMES[fund.scheme],
    fund.month ?? '—',
    money(fund.accumulated_surplus),
    right(fund.months_payable ?? '—'),
    fund.level === null ? '—' : RISK_LEVEL_NAMES[fund.level],
    ...[fund.prepaid, fund.levy, fund.gap, fund.fund_share, fund.area_share].map(money),
  ]);
  const heading = counts.length === 0 ? [] : [`风险等级（最近一次检查）：${counts.join('，')} 个基金`];
  return [...heading, ...(listed.length === 0 ? [] : [tableText({ head, rows })])].join('\n');
}

const findingsText = ({ year, findings }: Shown): string =>
  findings.length === 0
    ? '发现问题：无'
    : `发现问题：${findings.map(({ code, count }) => `${cellText('code', code)} ${count}`).join('，')}；逐项见 npm run fund -- export --year ${year} --out 目录 写出的 findings.csv`;

const linksText = ({ links }: Shown): string =>
  ['Temporal 页面：', ...links.map(({ zh, query, url }) => `  ${zh}：${url ?? query}`)].join('\n');

const importsText = ({ imports }: Shown): string =>
  (imports ?? []).map(({ workflow, progress }) => `正在导入（${workflow}）：${shownText(progress)}`).join('\n');
