/** What the Temporal UI shows of a workflow: search attributes for the list, current details for its page. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
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
export function show({ stage, waitsFor, role, until, todo, figures, level }: Page): void {
  const whom = role === undefined ? undefined : ROLE_NAMES[role];
  upsertSearchAttributes([
    { key: FUND_STAGE, value: stage },
    { key: FUND_WAITING_FOR, value: waitsFor ?? '—' },
    { key: FUND_WAITING_ROLE, value: whom ?? '—' },
    { key: FUND_DEADLINE, value: until ?? '—' },
    ...(level === undefined ? [] : [{ key: FUND_LEVEL, value: level }]),
  ]);
  const rows = [
    ['**阶段**', stage],
    ['**等待**', waitsFor ?? '无'],
    ...(whom === undefined ? [] : [['**办理人**', whom]]),
    ['**截止**', until ?? '无'],
    ...(todo === undefined ? [] : [['**办理**', todo]]),
    ...Object.entries(figures ?? {}),
  ];
  setCurrentDetails(
    ['| 项目 | 内容 |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n'),
  );
}

/** What a person does about a task: on the command line, or here with More Actions → Send an Update → act. */
export const howToAct = (task: string, decisions: readonly string[]): string =>
  `\`npm run fund -- tasks\` 列出待办及命令；或在本页 More Actions → Send an Update → \`act\`，事项 \`${task}\`，可办理 ${decisions.join('、')}`;
