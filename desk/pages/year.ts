/** 年度: the calendar and where it stands, how far each area has come, and what was found. */
import { type StatutoryDate, statutoryDates } from '../../audit/statutory-dates';
import { whyNotPaid } from '../../db/adjustment-fund';
import { type AreaStage, areaStages } from '../../db/area-stages';
import { type FindingLine, findingLines } from '../../db/findings';
import { type YearFacts, businessDate, yearFacts } from '../../db/fund-year';
import type { WaitingTask } from '../../db/tasks';
import { cycleStartOf } from '../../parameters';
import { FINDINGS } from '../../rules/findings';
import { approvalKindOf } from '../../rules/decisions';
import { budgetId, clearingId, collectionId, fundYearId } from '../../rules/keys';
import { shownText } from '../../rules/text';
import { standingText } from '../../scripts/words/standing-text';
import { spaced } from '../../scripts/words/value-text';
import { levelHtml, SCHEME_TEXT } from '../../web/section';
import { type Html, markup, same, text } from '../../web/text';
import { NotHere, type OwnDesk, type Request, viewerOf, yearOf } from '../desk';
import type { Page } from '../frame';
import { taskLink, whyLink, yearLink } from '../links';
import { dueCell, sectionHtml, yearTabs } from '../page-parts';
import { chartsHtml } from '../charts';
import { languageOf } from '../cookies';
import { type Cell, tableHtml } from '../table';
import { linked, stepLinked, workflowHtml, workflowOfFinding } from '../workflow-link';
import { cellWords, roleText } from '../words';
import { yearNotices } from '../year-notices';
import { nameHtml, tasksSeen } from './tasks';

const MOST_FINDINGS = 200;

export async function yearPage(desk: OwnDesk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  const year = yearOf(request);
  const area = viewer.areaIn(year);
  const facts = await yearFacts(desk.database, year);
  if (facts === undefined || area === undefined) throw new NotHere();
  const today = await businessDate(desk.database, year, cycleStartOf(year));
  const dates = await statutoryDates(desk.region, year);
  const stages = await areaStages(desk.database, year, area);
  const tasks = (await tasksSeen(desk, viewer)).filter(({ fund_year }) => fund_year === year);
  const findings = await findingLines(desk.database, year, area, MOST_FINDINGS);
  const body = markup`${yearTabs(viewer.years, year, yearLink)}
${standingHtml(facts, today, await whyNotPaid(desk.database, year))}
${await yearNotices(desk, viewer, year)}
${overdueHtml(tasks)}
${sectionHtml(text('工作日历', 'Calendar'), calendarHtml(desk, facts, dates, today), { id: 'calendar' })}
${sectionHtml(text('各统筹区进度', 'How far each area has come'), stagesHtml(desk, year, stages, tasks), { id: 'areas' })}
${sectionHtml(text('图表', 'Charts'), markup`${await chartsHtml(desk, year, area, languageOf(request))}${viewer.sees(year, null) ? reportLink(year) : ''}`, { id: 'charts' })}
${sectionHtml(text(`发现问题（${findings.length}${findings.length === MOST_FINDINGS ? '+' : ''}）`, `Findings (${findings.length}${findings.length === MOST_FINDINGS ? '+' : ''})`), findingsHtml(desk, year, findings), { id: 'findings' })}`;
  return { title: text(`${year} 年度`, `Fund year ${year}`), body };
}

const reportLink = (year: number): Html =>
  markup`<p><a href="/report?year=${year}" target="_blank">${text('年度报告：全部图表和逐项数字', 'The report of the year: every chart, with its figures')}</a></p>`;

function inEnglish({ status, workflow_id, closed_on, abandoned_on }: YearFacts): string {
  if (status === 'closed') return `closed on ${closed_on ?? ''}`;
  if (status === 'abandoned') return `abandoned on ${abandoned_on ?? ''}`;
  return workflow_id === null ? 'its cycle has not started' : 'under way';
}

/** What is overdue of what the person may see. */
function overdueHtml(tasks: readonly WaitingTask[]): Html {
  const over = tasks.filter(({ overdue }) => overdue);
  if (over.length === 0) return markup``;
  const lines = over.map((task) => markup`<li>${nameHtml(task)} ${dueCell(task)}</li>`);
  return sectionHtml(text(`逾期事项（${over.length}）`, `Overdue (${over.length})`), markup`<ul>${lines}</ul>`);
}

/** `held`: why the adjustment funds of a live year do not pay yet. */
function standingHtml(facts: YearFacts, today: string, held: string | null): Html {
  const { mode, simulation } = facts;
  const kind = mode === 'live' ? text('正式年度', 'a live year') : text('模拟运行', 'a run in compressed time');
  return markup`<p class="lead">${kind}，${text(standingText(facts), inEnglish(facts))}；${text('业务日期', 'business date')} <strong>${today}</strong></p>
${
  simulation === true && (mode === 'run' || held !== null)
    ? markup`<p class="notice">${text('模拟测算：上解或分担参数尚未由文件确定，有关数字仅供测算，不作拨付依据。', 'Simulation: values of levy or sharing are not decided by any document; nobody owes what follows from them.')}</p>`
    : ''
}`;
}

function calendarHtml(
  { ui }: OwnDesk,
  { year, status }: YearFacts,
  dates: readonly StatutoryDate[],
  today: string,
): Html {
  const next = dates.find(({ date, due, done }) => due && !done && date >= today);
  const items = dates.map((day) => {
    const passed = day.date < today && status === 'open';
    const state = day.done ? 'done' : passed ? (day.due ? 'over' : 'none') : day === next ? 'next' : 'ahead';
    const words = {
      done: text('已完成', 'done'),
      over: text('逾期', 'overdue'),
      none: text('无须办理', 'nothing due'),
      next: text('下一项', 'next'),
      ahead: text('未到', 'ahead'),
    }[state];
    return markup`<li class="${state}"><span class="date">${day.date}</span><span>${stepLinked(ui, year, day.step, markup`${day.zh}`)}</span><span class="state">${words}</span></li>`;
  });
  return markup`<ol class="calendar">${items}</ol>`;
}

function stagesHtml(desk: OwnDesk, year: number, stages: readonly AreaStage[], tasks: readonly WaitingTask[]): Html {
  const rows = stages.map((stage): Cell[] => [
    `${stage.area} ${shownText(stage.name)}`,
    SCHEME_TEXT[stage.scheme],
    linked(desk.ui, budgetId(year, stage.scheme, stage.area), budgetHtml(stage, tasks)),
    stage.scheme === 'employee' ? null : linked(desk.ui, collectionId(year, stage.area), collectionHtml(stage)),
    stage.level === null
      ? null
      : markup`${levelHtml(stage.level)} <small>${stage.month ?? ''} ${text('月', '')}</small>`,
    stage.cleared_on === null
      ? null
      : linked(desk.ui, clearingId(year, stage.scheme, stage.area), markup`${stage.cleared_on}`),
    stage.gap === null
      ? null
      : { amount: stage.gap, explain: whyLink(year, 'sharing.gap', { area: stage.area, scheme: stage.scheme }) },
  ]);
  return markup`${tableHtml(
    [
      { head: text('统筹区', 'Area'), kind: 'text' },
      { head: text('险种', 'Scheme'), kind: 'text' },
      { head: text('预算', 'Budget'), kind: 'text' },
      { head: text('征缴', 'Collection'), kind: 'text' },
      { head: text('风险等级', 'Risk'), kind: 'text' },
      { head: text('医药机构清算', 'Clearing'), kind: 'text' },
      { head: text('缺口', 'Gap'), kind: 'figure' },
    ],
    rows,
  )}${workflowHtml(desk.ui, fundYearId(year))}`;
}

function budgetHtml(
  { area, scheme, origin, version, adjusted, estimated }: AreaStage,
  tasks: readonly WaitingTask[],
): Html {
  const task = tasks.find(
    ({ of_area, of_scheme, kind, chain }) =>
      of_area === area &&
      of_scheme === scheme &&
      (kind === 'submit' || (kind === 'approve' && ['budget', 'directed_budget'].includes(approvalKindOf(chain)))),
  );
  const waits =
    task === undefined
      ? ''
      : markup`<a href="${taskLink(task.task)}" class="${task.overdue ? 'over' : ''}">${text(
          task.kind === 'submit' ? '待报送' : '待批：',
          task.kind === 'submit' ? 'to be submitted' : 'waits for the ',
        )}${task.kind === 'submit' ? '' : roleText(task.role)}</a>`;
  if (origin === null)
    return task === undefined ? markup`${estimated ? text('已测算', 'estimated') : '—'}` : markup`${waits}`;
  const held =
    origin === 'directed'
      ? text('以收定支', 'directed')
      : text(`第 ${version ?? ''} 版生效`, `version ${version ?? ''} in force`);
  const last = adjusted === null ? '' : text(`，调整第 ${adjusted} 版`, `, adjusted by version ${adjusted}`);
  return markup`${held}${last} ${waits}`;
}

function collectionHtml({ progress, closes }: AreaStage): Html {
  if (progress !== null) return markup`${text('已对账', 'reconciled')} ${progress}`;
  if (closes === null) return markup`—`;
  return markup`${text(`征缴期至 ${closes}`, `until ${closes}`)}`;
}

function findingsHtml({ ui }: OwnDesk, year: number, findings: readonly FindingLine[]): Html {
  if (findings.length === 0) return markup`<p class="note">${text('没有发现问题。', 'Nothing was found.')}</p>`;
  return tableHtml(
    [
      { head: text('问题', 'Finding'), kind: 'text' },
      { head: text('统筹区', 'Area'), kind: 'text' },
      { head: text('险种', 'Scheme'), kind: 'text' },
      { head: text('月份', 'Month'), kind: 'figure' },
      { head: text('数值', 'Figure'), kind: 'figure' },
      { head: text('说明', 'Text'), kind: 'text' },
    ],
    findings.map(({ code, area, area_name, scheme, month, subject, figure, text: words }) => [
      linked(
        ui,
        workflowOfFinding(year, { code, area, scheme, month }),
        markup`${text(FINDINGS[code].zh, FINDINGS[code].en)}`,
      ),
      area_name === null ? cellWords('area', area) : `${area} ${shownText(area_name)}`,
      scheme === null ? null : SCHEME_TEXT[scheme],
      month === null ? null : same(String(month)),
      {
        amount: figure,
        explain: whyLink(year, 'findings.figure', {
          ...{ code, area, subject },
          ...(scheme === null ? {} : { scheme }),
          ...(month === null ? {} : { month }),
        }),
      },
      spaced(words),
    ]),
  );
}
