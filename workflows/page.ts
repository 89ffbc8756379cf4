/** What the Temporal UI shows of a workflow: search attributes for the list, current details for its page. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Act } from '../db/decisions';
import { ROLE_NAMES, type Role, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import {
  FUND_AREA,
  FUND_DEADLINE,
  FUND_LEVEL,
  FUND_SCHEME,
  FUND_STAGE,
  FUND_WAITING_FOR,
  FUND_WAITING_ROLE,
  FUND_YEAR,
} from './search-attributes';

/** How a workflow is found in the list: by its year, area and scheme. */
export const belonging = (year: number, { area, scheme }: { area?: string; scheme?: Scheme } = {}) => [
  { key: FUND_YEAR, value: year },
  { key: FUND_AREA, value: area ?? '全区' },
  { key: FUND_SCHEME, value: scheme === undefined ? '全部' : SCHEME_NAMES[scheme] },
];

export interface Page {
  stage: string; // 阶段
  waitsFor?: string; // 等待：什么、谁
  role?: Role; // 办理人
  until?: string; // 截止
  todo?: string; // 办理：点什么、输入什么
  figures?: Record<string, string>; // 最新数字
  level?: string; // 风险等级
}

/** Shows where the workflow stands. Never empty: a wait that nobody can see is a wait that nobody ends. */
export function show(page: Page): void {
  const { stage, waitsFor, role, until, level } = page;
  upsertSearchAttributes([
    { key: FUND_STAGE, value: stage },
    { key: FUND_WAITING_FOR, value: waitsFor ?? '—' },
    { key: FUND_WAITING_ROLE, value: role === undefined ? '—' : ROLE_NAMES[role] },
    { key: FUND_DEADLINE, value: until ?? '—' },
    ...(level === undefined ? [] : [{ key: FUND_LEVEL, value: level }]),
  ]);
  showOnPage(page);
}

/**
 * The page alone, without the search attributes of the list: for what a workflow does before its first wait. Attributes are a
 * step in a history, and one more would part the code from the years in flight; a page is not.
 */
export function showOnPage({ stage, waitsFor, role, until, todo, figures, level }: Page): void {
  const standing: [name: string, text: string][] = [
    ['阶段', stage],
    ['等待', waitsFor ?? '无'],
    ...(role === undefined ? [] : [['办理人', ROLE_NAMES[role]] as [string, string]]),
    ['截止', until ?? '无'],
    ...(waitsFor === undefined ? [] : [['办理', todo ?? NOTHING_TO_DO] as [string, string]]),
  ];
  const last = Object.entries({ ...(level === undefined ? {} : { 风险等级: level }), ...figures });
  setCurrentDetails(
    [
      '| 项目 | 内容 |',
      '|---|---|',
      ...standing.map(([name, text]) => `| **${unbroken(name)}** | ${inOneCell(text)} |`),
      ...last.map(([name, text]) => `| ${unbroken(name)} | ${inOneCell(text)} |`),
    ].join('\n'),
  );
}

const NOTHING_TO_DO = '到期自动继续，无须人员办理';

/** A line break or a bar would end the cell, and outside of code the UI makes a dash of the two hyphens of an option. */
const inOneCell = (text: string): string =>
  text
    .replaceAll('\n', '；')
    .replaceAll('|', '／')
    .replace(/(`[^`]*`)|npm run fund -- [^；，。（）]+/g, (command, code?: string) => code ?? `\`${command}\``);

/**
 * The UI makes the column of names as narrow as it can, one character wide, and puts the text right beside it: word joiners
 * keep a name on one line, and the space after it inside the cell.
 */
const unbroken = (name: string): string => [...Array.from(name), '\u00a0', ''].join('\u2060');

/** What a person can decide, and what the form of the Temporal UI needs for it beside the task, the person and the figures. */
const DECISIONS: Record<Act['decision'], { zh: string; needs: string }> = {
  submit: { zh: '报送', needs: ',"version":版本号' },
  approve: { zh: '批准', needs: '' },
  return: { zh: '退回', needs: ',"note":"原因"' },
  accept: { zh: '接受', needs: '' },
  record: { zh: '登记文号', needs: ',"document":"文号"' },
};

/** What a person does about a task: on the command line, or here with More Actions → Send an Update → act. */
export function howToAct(task: string, decisions: readonly Act['decision'][], role: Role): string {
  const named = decisions.map((decision) => `${DECISIONS[decision].zh} \`${decision}\``).join('、');
  const [first = 'approve'] = decisions;
  // An area's finance office, and the region's government for an advance, approve by a document of their government.
  const byDocument = role === 'area_finance' || (role === 'region_government' && task.includes('/request/'));
  const needs = first === 'approve' && byDocument ? ',"document":"批准文号"' : DECISIONS[first].needs;
  const json = `{"task":"${task}","operator":"工号","decision":"${first}","figuresHash":"…"${needs}}`;
  return [
    `可${named}。命令：\`npm run fund -- tasks --as 工号\` 列出本事项的数字与可照抄的命令`,
    `或在本页点 More Actions → Send an Update，选 \`act\`，填 \`${json}\`，figuresHash 见 \`npm run fund -- tasks --json\``,
  ].join('；');
}

/** What to do on the page of a workflow that waits for what others do. */
export const seeTheOthers = (year: number): string =>
  `各统筹区、险种的事项在其流程中办理：\`npm run fund -- tasks --year ${year}\` 列出待办及命令；全部流程见列表，筛选 \`FundYear=${year}\``;
