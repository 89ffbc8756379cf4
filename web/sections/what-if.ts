/** 假设测算: what differs under other values of law, as `fund run --what-if` found it. */
import { lawValueText } from '../../parameters';
import { RISK_LEVEL_NAMES, type RiskLevel, SCHEMES } from '../../rules/vocabulary';
import type { AreaComparison, BeforeAfter, Comparison, SchemeTotal } from '../../figures/what-if';
import { grouped } from '../figures';
import { SCHEME_TEXT, type Section, areaText, heading, note } from '../section';
import { type Cell, type Column, table } from '../table';
import { type Html, type Text, markup, same, text } from '../text';
import type { YearFacts } from '../year-facts';

/** The content of `what-if.json`; a file of an earlier release has no totals and no origins. */
export type WhatIf = Pick<Comparison, 'parameters' | 'changed' | 'areas'> & Partial<Comparison> & { year: number };

const AMOUNTS = {
  levy: text('上解', 'levy'),
  gap: text('缺口', 'gap'),
  own_surplus: text('自有结余', 'own surplus'),
  fund_share: text('调剂金', 'fund'),
  area_share: text('统筹区政府', 'government'),
} as const;

export const whatIf =
  (compared: WhatIf) =>
  (facts: YearFacts): Section => ({
    id: 'what-if',
    title: text('假设测算', 'What if'),
    lead: text(
      '同一数据包按另一组参数测算的结果，与本年度并列；不入账，不改变任何结果。由 fund run --what-if 生成。',
      'The same pack under other values of law, compared with this year; it enters no books and changes no result. Produced by fund run --what-if.',
    ),
    charts: [],
    html: markup`${parameters(compared)}${
      compared.changed
        ? [...SCHEMES.flatMap((scheme) => areas(facts, scheme, compared) ?? []), ...origins(compared)]
        : note(text('所有数字与原测算相同，没有变动。', 'Nothing changes.'))
    }`,
  });

const parameters = ({ parameters: changed }: WhatIf): Html =>
  table({
    caption: text('改变的参数', 'Changed values'),
    columns: [column('参数', 'parameter'), column('原', 'before'), column('现', 'after'), column('来源', 'source')],
    rows: changed.map(({ name, zh, before, after, source }) => [
      { html: markup`${zh}<code>${name}</code>`, sortBy: name },
      lawValueText(before),
      lawValueText(after),
      same(source),
    ]),
  });

/** Budgets that turn from submitted to directed, or back, though nobody asked for it. */
const origins = ({ origins: changed = [] }: WhatIf): Html[] =>
  SCHEMES.flatMap((scheme) => {
    const own = changed.filter((one) => one.scheme === scheme);
    if (own.length === 0) return [];
    const directed = own.filter(({ after }) => after === 'directed').length;
    const { zh, en } = SCHEME_TEXT[scheme];
    return [
      note(
        text(
          `连带变动（${zh}）：${directed} 个统筹区的预算改为以收定支，${own.length - directed} 个改为报送预算。`,
          `Also (${en.toLowerCase()}): the budgets of ${directed} areas become directed ones, of ${own.length - directed} submitted ones.`,
        ),
      ),
    ];
  });

function areas(facts: YearFacts, scheme: (typeof SCHEMES)[number], { areas: all, totals = [] }: WhatIf): Html | null {
  const moved = all.filter((compared) => compared.scheme === scheme && compared.why.length > 0);
  if (moved.length === 0) return null;
  const names = new Map(facts.areas.map((area) => [area.area, areaText(area)]));
  return markup`${heading(SCHEME_TEXT[scheme])}${table({
    caption: text('变动的统筹区：原 → 现（元）', 'Areas that change: before → after (yuan)'),
    columns: [
      column('统筹区', 'area'),
      ...Object.values(AMOUNTS).map((head): Column => ({ head, kind: 'figure' })),
      column('风险', 'risk'),
      column('最先变动的数字', 'what moved first'),
    ],
    rows: moved.map((compared) => areaRow(compared, names.get(compared.area) ?? same(compared.area))),
    totals: totals
      .filter((total) => total.scheme === scheme)
      .map(({ outcome }) => [text('全区合计', 'region'), ...amounts(outcome), null, null]),
    dense: true,
  })}`;
}

const amounts = (outcome: SchemeTotal['outcome']): Cell[] =>
  (Object.keys(AMOUNTS) as (keyof typeof AMOUNTS)[]).map((column) => change(outcome[column], amount));

function areaRow({ outcome, why }: AreaComparison, name: Text): Cell[] {
  const first = why[0];
  return [
    name,
    ...amounts(outcome),
    change(outcome.level, (level) => RISK_LEVEL_NAMES[level as RiskLevel]),
    first === undefined
      ? null
      : { html: markup`<code>${first.figure}</code> ${arrow(first, String)}`, sortBy: first.figure },
  ];
}

const column = (zh: string, en: string): Column => ({ head: text(zh, en), kind: 'text' });
const amount = (yuan: string): string => grouped(yuan);

const change = (compared: BeforeAfter, shown: (value: string) => string): Cell => ({
  html: arrow(compared, shown),
  sortBy: compared.after ?? '',
});

/** One value where nothing changed, else both, with the new one in bold. */
function arrow({ before, after }: BeforeAfter, shown: (value: string) => string): Html {
  const [was, is] = [before, after].map((value) => (value === null ? '—' : shown(value))) as [string, string];
  return was === is ? markup`${is}` : markup`<span class="was">${was}</span> → <strong>${is}</strong>`;
}
