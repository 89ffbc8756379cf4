/** 缺口分担: how each deficit came about, and who paid it. */
import { SCHEMES, type Scheme } from '../../rules/vocabulary';
import { type Chart, PAYERS, barsHeight, base, inBoth, legend, nameAxis, valueAxis } from '../charts';
import { decimal } from '../../rules/money';
import { hasLetterOrDigit } from '../../rules/text';
import { grouped, height } from '../figures';
import { SCHEME_TEXT, type Section, areaText, causeText, chartHtml, heading, note } from '../section';
import { type Cell, type Column, table } from '../table';
import { type Html, type Language, type Text, markup, same, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf, sumOf } from '../year-facts';
import type { NamedArea } from '../../db/areas';

const PAYER_NAMES: Record<keyof typeof PAYERS, Text> = {
  own_surplus: text('自有累计结余', 'own surplus'),
  fund_share: text('调剂金', 'adjustment fund'),
  area_share: text('统筹区政府', 'area government'),
};
const PAYER_COLUMNS = Object.keys(PAYERS) as (keyof typeof PAYERS)[];

const areasInDeficit = (facts: YearFacts, scheme: Scheme): NamedArea[] =>
  areasOf(facts, scheme).filter(({ area }) => {
    const gap = figureOf(facts, 'yuan', 'sharing.csv', 'gap', { scheme, area });
    return gap !== null && decimal(gap.value).gt(0);
  });

function chart(facts: YearFacts, scheme: Scheme): Chart | null {
  const areas = areasInDeficit(facts, scheme);
  if (areas.length === 0) return null;
  const option = (language: Language): object => {
    const names = areas.map((area) => areaText(area)[language]);
    return {
      ...base,
      legend: legend(PAYER_COLUMNS.map((payer) => PAYER_NAMES[payer][language])),
      grid: { left: 150, right: 96, top: 34, bottom: 30 },
      xAxis: valueAxis(''),
      yAxis: nameAxis(names, { inverse: true }),
      series: PAYER_COLUMNS.map((payer) => ({
        type: 'bar',
        stack: 'gap',
        name: PAYER_NAMES[payer][language],
        barWidth: 16,
        itemStyle: { color: PAYERS[payer].colour, decal: PAYERS[payer].decal },
        data: areas.map(({ area }, i) => {
          const yuan = figureOf(facts, 'yuan', 'sharing.csv', payer, { scheme, area })?.value ?? '0.00';
          return { value: height(yuan), tip: `${names[i]}\n${PAYER_NAMES[payer][language]} ${grouped(yuan)}` };
        }),
      })),
    };
  };
  return {
    id: `sharing-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}：缺口由谁承担（亿元）`,
      `${SCHEME_TEXT[scheme].en}: who paid each deficit (× 10⁸ yuan)`,
    ),
    height: barsHeight(areas.length) + 10,
    option: inBoth(option),
  };
}

const yuanColumns = (names: Record<string, Text>): [Text, string][] =>
  Object.entries(names).map(([column, name]) => [name, column]);
const HOW = yuanColumns({
  income: text('收入', 'income'),
  expenditure: text('支出', 'expenditure'),
  levy: text('上解', 'levy'),
  gap: text('缺口', 'gap'),
  own_surplus: text('累计结余弥补', 'own surplus'),
  residual: text('尚余缺口', 'left to share'),
});
const WHO_BEFORE = yuanColumns({
  managerial: text('管理性缺口', 'managerial'),
  general: text('一般性缺口', 'general'),
});
const WHO_AFTER = yuanColumns({
  entitled: text('调剂金应承担', 'entitled'),
  fund_share: text('调剂金实付', 'fund paid'),
  area_share: text('政府承担', 'government'),
});

const figures = (columns: readonly [Text, string][]): Column[] => columns.map(([head]) => ({ head, kind: 'figure' }));
const cells = (facts: YearFacts, scheme: Scheme, area: string, columns: readonly [Text, string][]): Cell[] =>
  columns.map(([, column]) => figureOf(facts, 'yuan', 'sharing.csv', column, { scheme, area }));
const totals = (facts: YearFacts, scheme: Scheme, columns: readonly [Text, string][]): Cell[] =>
  columns.map(([, column]) => sumOf(facts, 'yuan', 'sharing.csv', column, { scheme }));

const how = (facts: YearFacts, scheme: Scheme): Html =>
  table({
    caption: text(
      `${SCHEME_TEXT[scheme].zh} 缺口的形成（元）`,
      `${SCHEME_TEXT[scheme].en}: how the gaps came about (yuan)`,
    ),
    columns: [{ head: text('统筹区', 'area'), kind: 'text' }, ...figures(HOW)],
    rows: areasOf(facts, scheme).map((area) => [areaText(area), ...cells(facts, scheme, area.area, HOW)]),
    totals: [[text('全区', 'region'), ...totals(facts, scheme, HOW)]],
  });

/** How α is made up, or why it is 0, from the inputs stored with it. */
function alphaReason(facts: YearFacts, scheme: Scheme, area: string): Text | null {
  const inputs = facts.alphas.find((alpha) => alpha.scheme === scheme && alpha.area === area)?.inputs;
  if (inputs === undefined) return null;
  const value = (name: string) => inputs[name]?.value;
  const amount = (name: string) => decimal(String(value(name) ?? '0'));
  if (value('unpaid') === true) return text('上解未缴，不予调剂', 'levy unpaid: no share');
  if (amount('days_late').gt(amount('days_allowed'))) {
    const days = amount('days_late').toFixed();
    const allowed = amount('days_allowed').toFixed();
    return text(
      `上解逾期 ${days} 日（限 ${allowed} 日），不予调剂`,
      `levy ${days} days late (${allowed} allowed): no share`,
    );
  }
  const hasTransition = hasLetterOrDigit(String(value('transition_document') ?? ''));
  if (value('own_policy_above') === true && !hasTransition)
    return text('自行提高待遇，不予调剂', 'benefits above the uniform ones: no share');
  if (value('audit_refused') === true) return text('拒绝审计，不予调剂', 'audit refused: no share');
  if (decimal(figureOf(facts, 'plain', 'sharing.csv', 'alpha', { scheme, area })?.value ?? '0').isZero()) {
    const below = amount('collection_below').toFixed(2);
    return text(`征缴率低于 ${below}，不予调剂`, `collection rate below ${below}: no share`);
  }
  const signed = (name: string): string => {
    const step = amount(name);
    return step.isNegative() ? ` − ${step.abs().toFixed(2)}` : ` + ${step.toFixed(2)}`;
  };
  const composed = `${amount('alpha0').toFixed(2)}${signed('d')}${signed('c')}${signed('k')}${value('p') === undefined ? '' : signed('p')}`;
  return same(composed);
}

/** A cause that was not stated counts as another reasonable one, with a finding; the report says that it was not stated. */
function causeOf(facts: YearFacts, scheme: Scheme, area: string): Text | null {
  const cause = causeText(rowsOf(facts, 'sharing.csv', { scheme, area })[0]?.cause ?? '');
  const isMissing = rowsOf(facts, 'findings.csv', { code: 'cause_missing', scheme, area }).length > 0;
  return cause !== null && isMissing ? text('未说明', 'not stated') : cause;
}

const who = (facts: YearFacts, scheme: Scheme): Html =>
  table({
    caption: text(`${SCHEME_TEXT[scheme].zh} 缺口的承担（元）`, `${SCHEME_TEXT[scheme].en}: who bears the gaps (yuan)`),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('原因', 'cause'), kind: 'text' },
      ...figures(WHO_BEFORE),
      { head: text('比例 α', 'α'), kind: 'figure' },
      ...figures(WHO_AFTER),
      { head: text('α 的由来', 'why α'), kind: 'text' },
    ],
    rows: areasInDeficit(facts, scheme).map((area): Cell[] => [
      areaText(area),
      causeOf(facts, scheme, area.area),
      ...cells(facts, scheme, area.area, WHO_BEFORE),
      figureOf(facts, 'plain', 'sharing.csv', 'alpha', { scheme, area: area.area }),
      ...cells(facts, scheme, area.area, WHO_AFTER),
      alphaReason(facts, scheme, area.area),
    ]),
    totals: [
      [
        text('全区', 'region'),
        null,
        ...totals(facts, scheme, WHO_BEFORE),
        null,
        ...totals(facts, scheme, WHO_AFTER),
        null,
      ],
    ],
  });

const ALPHA_NOTE = note(
  text(
    'α = 基准 + 赡养因素（职工：在职退休比；居民：60 岁以上占比）+ 征缴率 + 参保扩面 + 上年度绩效，依次列示，限于 share.min 与 share.max 之间；不予调剂的统筹区 α 为 0。未说明原因的缺口按其他合理支出。',
    'α = base + dependency (employees: in-service ratio; residents: share aged 60 and over) + collection + expansion + last year’s performance, in this order, between share.min and share.max; 0 for a disqualified area. A gap without a stated cause counts as “other reasonable”.',
  ),
);

export function sharing(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, 'sharing.csv', { scheme }).length > 0);
  const charts: Chart[] = [];
  const parts = schemes.map((scheme) => {
    const drawn = chart(facts, scheme);
    if (drawn !== null) charts.push(drawn);
    const none = note(text('没有统筹区收不抵支。', 'No area is in deficit.'));
    if (drawn === null) return markup`${heading(SCHEME_TEXT[scheme])}${none}${how(facts, scheme)}`;
    return markup`${heading(SCHEME_TEXT[scheme])}${chartHtml(drawn)}${how(facts, scheme)}${who(facts, scheme)}${ALPHA_NOTE}`;
  });
  return {
    id: 'sharing',
    title: text('缺口分担', 'Who paid each deficit'),
    lead: text(
      '“先用该地累计结余弥补缺口，累计结余不足的，由调剂金和统筹区政府按在职退休比、基金征收率、参保扩面任务完成情况等因素按比例承担”（A(六)）。管理性缺口由统筹区政府承担；调剂金不足时按应承担额同比例支付。',
      'The area’s own surplus comes first; what is left is shared between the adjustment fund and the area’s government, A(6). The government bears the managerial part; a fund that runs short pays in proportion.',
    ),
    charts,
    html: markup`${parts}`,
  };
}
