/** The comparison of a what-if as a table. */
import Table from 'cli-table3';
import { lawValueText } from '../../parameters';
import {
  BUDGET_CHECKS,
  type CheckName,
  RISK_LEVEL_NAMES,
  type RiskLevel,
  SCHEMES,
  SCHEME_NAMES,
} from '../../rules/vocabulary';
import { amount } from '../words/summary';
import { VALUES } from '../words/value-text';
import {
  type AreaComparison,
  type BeforeAfter,
  type ChangedOrigin,
  type ChangedParameter,
  type Comparison,
  type MovedFigure,
  OUTCOME,
  type OutcomeName,
  type SchemeTotal,
} from '../../figures/what-if';

type NameOf = (area: string) => string;

export function comparisonText(comparison: Comparison, nameOf: NameOf): string {
  const { parameters, changed, areas, totals, origins } = comparison;
  const lines = ['', '假设测算 what if：', ...parameters.map(parameterText)];
  if (!changed) return [...lines, '所有数字与原测算相同，没有变动 (nothing changes)'].join('\n');
  for (const scheme of SCHEMES) {
    const own = areas.filter((area) => area.scheme === scheme);
    const moved = own.filter(({ why }) => why.length > 0);
    const total = totals.find((one) => one.scheme === scheme);
    if (moved.length > 0) lines.push(schemeTable(`${SCHEME_NAMES[scheme]} ${scheme}`, moved, total, nameOf));
    const still = own.filter(({ why }) => why.length === 0).map(({ area }) => `${area} ${nameOf(area)}`);
    if (still.length > 0) lines.push(`${SCHEME_NAMES[scheme]}未变 unchanged：${still.join('、')}`);
  }
  lines.push(...originLines(origins, nameOf));
  return lines.join('\n');
}

/** What nobody asked for: budgets that a changed value turns from submitted to directed, or back. */
function originLines(origins: readonly ChangedOrigin[], nameOf: NameOf): string[] {
  const groups = new Map<string, ChangedOrigin[]>();
  for (const one of origins) {
    const key = [one.scheme, one.before, one.after].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const [{ scheme, before, after }] = group as [ChangedOrigin];
    const [was, is] = [before, after].map((origin) => (origin === null ? '无' : (VALUES[origin] ?? origin)));
    const checks = [...new Set(group.flatMap((one) => one.checks))].map(
      (check) => BUDGET_CHECKS[check as CheckName].zh,
    );
    const by = checks.length === 0 ? '' : `；审核结果改变：${checks.join('、')}`;
    const areas = group.map(({ area }) => `${area} ${nameOf(area)}`).join('、');
    return `连带变动：${SCHEME_NAMES[scheme]} ${group.length} 个统筹区的预算由${was}改为${is}（${areas}）${by} (budgets in force by another way)`;
  });
}

function parameterText({ name, zh, before, after, source, isOther }: ChangedParameter): string {
  const value = lawValueText(after).zh;
  const change = isOther ? `${lawValueText(before).zh} → ${value}` : `${value}（取值未变 same value）`;
  return `  ${name} ${zh}：${change}（${source}）`;
}

const HEADS: Record<Exclude<OutcomeName, 'level'>, string> = {
  levy: '上解 levy',
  gap: '缺口 gap',
  own_surplus: '自有结余 own surplus',
  fund_share: '调剂金 fund',
  area_share: '统筹区政府 government',
};
const AMOUNTS = Object.keys(HEADS) as (keyof typeof HEADS)[];

function schemeTable(
  title: string,
  areas: readonly AreaComparison[],
  total: SchemeTotal | undefined,
  nameOf: NameOf,
): string {
  const table = new Table({
    head: [title, '', ...Object.values(HEADS), '风险 risk'],
    style: { head: [], border: [] },
  });
  const rows = (name: string, outcome: SchemeTotal['outcome'], level: BeforeAfter) => {
    const cells = (when: keyof BeforeAfter) => [
      ...AMOUNTS.map((column) => amount(outcome[column][when] ?? '0')),
      levelText(level[when]),
    ];
    table.push([{ content: name, rowSpan: 2 }, '原 before', ...cells('before')], ['现 after', ...cells('after')]);
  };
  for (const { area, outcome, why } of areas) {
    rows(`${area} ${nameOf(area)}`, outcome, outcome.level);
    table.push([{ content: whyText(why), colSpan: AMOUNTS.length + 3 }]);
  }
  if (total !== undefined) rows('全区合计 region', total.outcome, { before: null, after: null });
  return table.toString();
}

const levelText = (level: string | null): string =>
  level === null ? '—' : `${RISK_LEVEL_NAMES[level as RiskLevel]} ${level}`;

/** The figures of the outcome, and those that lead to them. */
const MAIN_FIGURES: readonly string[] = [
  ...Object.values(OUTCOME),
  'levy.uncapped',
  'sharing.alpha',
  'evaluation.total',
];

/** The first figure that moved, then those of the following ones that people ask about, each with the value that decides it. */
function whyText(why: readonly MovedFigure[]): string {
  const main = why.filter(
    ({ figure, subject }, at) => at === 0 || (MAIN_FIGURES.includes(figure) && ['', '12', 'score'].includes(subject)),
  );
  const links = main.map(({ figure, subject, before, after, parameters }, at) => {
    const cause = at === 0 && parameters.length === 0 ? ['其他统筹区的变动 figures of other areas'] : parameters;
    const by = cause.length === 0 ? '' : `  ← ${cause.join('、')}`;
    return `${figure}${subject === '' ? '' : `（${subject}）`} ${before ?? '无'} → ${after ?? '无'}${by}`;
  });
  return `缘由 why：${links.join('\n  ⇒ ')}`;
}
