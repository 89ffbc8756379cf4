/** What the Temporal UI shows of a workflow: search attributes for the list, current details for its page. */
import {
  defineSignal,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { fitting } from '../rules/text';
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
import { ABOUT, BESIDE_DESCRIPTION, NOTHING_TO_DO } from './wording';

/** Temporal ends a workflow whose attribute is longer than its limit. */
const inAttribute = (text: string): string => fitting(text, 'searchAttribute');

/** How a workflow is found in the list: by its year, area and scheme. */
export const belonging = (year: number, { area, scheme }: { area?: string; scheme?: Scheme } = {}) => [
  { key: FUND_YEAR, value: year },
  { key: FUND_AREA, value: inAttribute(area ?? '全区') },
  { key: FUND_SCHEME, value: scheme === undefined ? '全部' : SCHEME_NAMES[scheme] },
];

/** Where a workflow stands, for the list and for its page. */
export interface Status {
  stage: string; // 阶段
  waitsFor?: string; // 等待：什么、谁
  role?: Role; // 办理人
  until?: string; // 截止
  todo?: string; // 办理：点什么、输入什么
  figures?: Record<string, string>; // 最新数字
  level?: string; // 风险等级
}

/** 另待办理: what waits for two people beside the workflow, told by the watchdog. It changes the page alone. */
export const beside = defineSignal<[{ waits: string }]>('beside');
let besideIt = '';
let last: Status | null = null;

/** Lets the page of a year show what waits beside its workflow; `before` is what an earlier run of it has shown. */
export function showsWhatWaitsBeside(before = ''): void {
  besideIt = before;
  setHandler(
    beside,
    ({ waits }) => {
      besideIt = waits;
      if (last !== null) updatePageOnly(last);
    },
    { description: BESIDE_DESCRIPTION },
  );
}

export const whatWaitsBeside = (): string => besideIt;

/** Shows where the workflow stands. Never empty: a wait that nobody can see is a wait that nobody ends. */
export function updateListAndPage(status: Status): void {
  const { stage, waitsFor, role, until, level } = status;
  upsertSearchAttributes([
    { key: FUND_STAGE, value: inAttribute(stage) },
    { key: FUND_WAITING_FOR, value: inAttribute(waitsFor ?? '—') },
    { key: FUND_WAITING_ROLE, value: role === undefined ? '—' : ROLE_NAMES[role] },
    { key: FUND_DEADLINE, value: inAttribute(until ?? '—') },
    ...(level === undefined ? [] : [{ key: FUND_LEVEL, value: inAttribute(level) }]),
  ]);
  updatePageOnly(status);
}

/**
 * The page without the list: for what a workflow does before its first wait. Search attributes are an event in the history, so
 * that another update of them would no longer replay for years in flight; the page is not an event.
 */
export function updatePageOnly(status: Status): void {
  last = status;
  const { stage, waitsFor, role, until, todo, figures, level } = status;
  const standing: [name: string, text: string][] = [
    ['阶段', stage],
    ['等待', waitsFor ?? '无'],
    ...(role === undefined ? [] : [['办理人', ROLE_NAMES[role]] as [string, string]]),
    ['截止', until ?? '无'],
    ...(waitsFor === undefined ? [] : [['办理', todo ?? NOTHING_TO_DO] as [string, string]]),
    ...(besideIt === '' ? [] : [['另待办理', besideIt] as [string, string]]),
  ];
  const { workflowType, continuedFromExecutionRunId } = workflowInfo();
  // A run that continues another has neither summary nor details: the server does not carry them over.
  const about = continuedFromExecutionRunId === undefined ? {} : { 流程: ABOUT[workflowType as keyof typeof ABOUT] };
  const figuresAndLevel = Object.entries({ ...(level === undefined ? {} : { 风险等级: level }), ...figures, ...about });
  const page = [
    '| 项目 | 内容 |',
    '|---|---|',
    ...standing.map(([name, text]) => `| **${unbroken(name)}** | ${inOneCell(text)} |`),
    ...figuresAndLevel.map(([name, text]) => `| ${unbroken(name)} | ${inOneCell(text)} |`),
  ].join('\n');
  setCurrentDetails(fitting(page, 'details'));
}

/** A line break or a bar would end the cell; outside of code the UI turns the two hyphens of an option into a dash. */
const inOneCell = (text: string): string =>
  text
    .replaceAll('\n', '；')
    .replaceAll('|', '／')
    .replace(/(`[^`]*`)|npm run fund -- [^；，。（）]+/g, (command, code?: string) => code ?? `\`${command}\``);

/**
 * The UI squeezes the column of names to one character and puts the text right beside it. Word joiners keep a name on one
 * line; the no-break space keeps it apart from the text.
 */
const unbroken = (name: string): string => [...Array.from(name), '\u00a0', ''].join('\u2060');
