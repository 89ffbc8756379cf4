/** 决算: what every area's fund closed with on 31 December, in cash, and after the settlement of the year. */
import { PART_NAMES, SCHEMES, type Part, type Scheme, partsOf } from '../../rules/vocabulary';
import { ACCENT, type Chart, PALE, barsHeight, base, inBoth, legend, nameAxis, valueAxis } from '../charts';
import { grouped, height } from '../figures';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, sumOf } from '../year-facts';

const PART_TEXT: Record<Part, Text> = {
  pooled: text(PART_NAMES.pooled, 'pooled fund'),
  personal_account: text(PART_NAMES.personal_account, 'personal accounts'),
};

/** The lines of each table, by their names in `final_accounts.csv`. */
const IN_CASH: readonly [line: string, head: Text][] = [
  ['opening', text('上年结余', 'opening')],
  ['income', text('本年收入', 'income')],
  ['expenditure', text('本年支出', 'expenditure')],
  ['balance', text('本年收支结余', 'balance')],
  ['closing', text('12月31日结余', 'closing 31 Dec')],
];
const SETTLED: readonly [line: string, head: Text][] = [
  ['closing', text('12月31日结余', 'closing 31 Dec')],
  ['true_up', text('上解清算', 'levy true-up')],
  ['grant', text('调剂金补助', 'grant')],
  ['government_share', text('政府承担', 'government')],
  ['closing_after', text('清算后结余', 'after settlement')],
];

/** The two closings, in the order of the bars. */
const CLOSINGS = [
  { line: 'closing', name: text('12月31日（清算前）', '31 December, before the settlement'), colour: PALE },
  { line: 'closing_after', name: text('次年5月31日（清算后）', '31 May, after the settlement'), colour: ACCENT },
] as const;

const lineOf = (facts: YearFacts, of: { scheme: Scheme; area: string; part: Part }, line: string) =>
  figureOf(facts, 'yuan', 'final_accounts.csv', 'amount', { ...of, line });

function linesTable(
  facts: YearFacts,
  of: { scheme: Scheme; part: Part },
  lines: readonly [line: string, head: Text][],
  what: Text,
): Html {
  const { scheme, part } = of;
  const total = ([line]: readonly [string, Text]): Cell =>
    sumOf(facts, 'yuan', 'final_accounts.csv', 'amount', { ...of, line });
  const [inScheme, ofPart] = [SCHEME_TEXT[scheme], PART_TEXT[part]];
  return table({
    caption: text(`${inScheme.zh}${ofPart.zh}：${what.zh}（元）`, `${inScheme.en}, ${ofPart.en}: ${what.en} (yuan)`),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      ...lines.map(([, head]) => ({ head, kind: 'figure' as const })),
    ],
    rows: areasOf(facts, scheme).map((area): Cell[] => [
      areaText(area),
      ...lines.map(([line]) => lineOf(facts, { ...of, area: area.area }, line)),
    ]),
    totals: [[text('全区', 'region'), ...lines.map(total)]],
  });
}

/** Two bars for each area: what it filed, and what the settlement left it with. */
function chart(facts: YearFacts, scheme: Scheme): Chart {
  const areas = areasOf(facts, scheme);
  const option = (language: Language): object => {
    const names = areas.map((area) => areaText(area)[language]);
    return {
      ...base,
      legend: legend(CLOSINGS.map(({ name }) => name[language])),
      grid: { left: 150, right: 40, top: 34, bottom: 30 },
      xAxis: valueAxis(''),
      yAxis: nameAxis(names, { inverse: true }),
      series: CLOSINGS.map(({ line, name, colour }) => ({
        type: 'bar',
        name: name[language],
        barWidth: 8,
        itemStyle: { color: colour },
        data: areas.map(({ area }, i) => {
          const yuan = lineOf(facts, { scheme, area, part: 'pooled' }, line)?.value ?? '0.00';
          return { value: height(yuan), tip: `${names[i]}\n${name[language]} ${grouped(yuan)}` };
        }),
      })),
    };
  };
  return {
    id: `final-accounts-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}统筹基金：两种年末结余（亿元）`,
      `${SCHEME_TEXT[scheme].en}, pooled fund: the two closings (× 10⁸ yuan)`,
    ),
    height: barsHeight(areas.length) + 10,
    option: inBoth(option),
  };
}

/** The areas that recognise premiums in the year of receipt, and by which document; nothing where all go by coverage year. */
function recognitions({ cycle, areas }: YearFacts): Html[] {
  const name = 'books.premium_recognition';
  const own = (area: string) => cycle.parameters.find((parameter) => parameter.name === `${name}.${area}`);
  const general = cycle.parameters.find((parameter) => parameter.name === name);
  return areas
    .filter(({ schemes }) => schemes.includes('resident'))
    .flatMap((area) => {
      const held = own(area.area) ?? general;
      if (held?.value !== 'receipt_year') return [];
      const place = areaText(area);
      return [
        note(
          text(
            `${place.zh}居民保费按收付年度确认（${held.source}）：1月1日以前收到的在上一年度账上。`,
            `${place.en} recognises residents’ premiums in the year of receipt (${held.source}): what came in before 1 January is in the books of the year before.`,
          ),
        ),
      ];
    });
}

export function finalAccounts(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => areasOf(facts, scheme).length > 0);
  const charts = schemes.map((scheme) => chart(facts, scheme));
  const cash = text('12月31日决算（清算前）', 'final accounts of 31 December, before the settlement');
  const after = text('清算（次年5月31日）', 'the settlement, 31 May of the next year');
  const tablesOf = (scheme: Scheme, i: number): Html =>
    markup`${heading(SCHEME_TEXT[scheme])}${chartHtml(
      charts[i] as Chart,
    )}${partsOf(scheme).map((part) => linesTable(facts, { scheme, part }, IN_CASH, cash))}${linesTable(
      facts,
      { scheme, part: 'pooled' },
      SETTLED,
      after,
    )}`;
  return {
    id: 'final-accounts',
    title: text('决算：两种年末结余', 'Final accounts: two closings'),
    lead: text(
      '决算是12月31日的收付数：各统筹区上报的决算表即此数。上解清算、调剂金补助与统筹区政府承担部分于次年5月31日入账，其后的结余是下一年度的年初余额（RULES 9“Two closings”）。',
      'Final accounts show cash on 31 December, and that is what areas file. The levy true-up, the grant and the government’s part are booked on 31 May of the next year; the balance then is the opening balance of the next year (RULES 9, two closings).',
    ),
    charts,
    html: markup`${schemes.map(tablesOf)}${note(
      text(
        '收入、支出含上下级往来；未缴上解的统筹区，12月31日账上没有上解，全部列入清算。',
        'Income and expenditure include the items between levels. A levy that was withheld is not in the books of 31 December; all of it is in the settlement.',
      ),
    )}${recognitions(facts)}`,
  };
}
