/** 居民征缴: what came in day by day, and each area against the tax bureau's totals. */
import { decimal } from '../../rules/money';
import { UNKNOWN_AREA } from '../../rules/vocabulary';
import { ACCENT, type Chart, PAYERS, SECOND, barsHeight, base, inBoth, legend, nameAxis, valueAxis } from '../charts';
import { grouped, height, total } from '../figures';
import { type Section, areaText, chartHtml, note } from '../section';
import { type Cell, table } from '../table';
import { type Language, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, sumOf } from '../year-facts';

const WORDS = {
  daily: text('当日入账', 'on the day'),
  cumulative: text('累计', 'cumulative'),
  collected: text('个人缴费', 'paid by persons'),
  aid: text('资助', 'aid'),
};

/** Every calendar day from the first to the last, also those on which nothing came in. */
function everyDay(days: readonly string[]): string[] {
  const all: string[] = [];
  const last = Date.parse(days.at(-1) as string);
  for (let at = Date.parse(days[0] as string); at <= last; at += 86_400_000)
    all.push(new Date(at).toISOString().slice(0, 10));
  return all;
}

/** Day by day for all areas counted person by person; in 万元 where the total is less than one 亿元. */
function days(facts: YearFacts): Chart | null {
  const byDay = new Map<string, string[]>();
  for (const { day, amount } of facts.days) byDay.set(day, [...(byDay.get(day) ?? []), amount]);
  if (byDay.size === 0) return null;
  let toDate = '0.00';
  const points = everyDay([...byDay.keys()]).map((day) => {
    const amount = total(byDay.get(day) ?? []);
    toDate = total([toDate, amount]);
    return { day, amount, toDate };
  });
  const large = decimal(toDate).gte('100000000');
  const high = (yuan: string): number => height(yuan) * (large ? 1 : 10_000);
  const unit = large ? text('亿元', '× 10⁸ yuan') : text('万元', '× 10⁴ yuan');
  const option = (language: Language): object => ({
    ...base,
    legend: legend([WORDS.daily[language], WORDS.cumulative[language]]),
    grid: { left: 52, right: 56, top: 52, bottom: 28 },
    xAxis: nameAxis(
      points.map(({ day }) => day),
      { axisLabel: { color: '#66727f', fontSize: 11, hideOverlap: true, interval: 'auto' } },
    ),
    yAxis: [
      valueAxis(`${WORDS.daily[language]} · ${unit[language]}`, {
        nameTextStyle: { align: 'left', color: '#66727f', fontSize: 11, padding: [0, 0, 0, -44] },
      }),
      valueAxis(`${WORDS.cumulative[language]} · ${unit[language]}`, {
        splitLine: { show: false },
        nameTextStyle: { align: 'right', color: '#66727f', fontSize: 11, padding: [0, -48, 0, 0] },
      }),
    ],
    series: [
      {
        type: 'bar',
        name: WORDS.daily[language],
        itemStyle: { color: PAYERS.own_surplus.colour },
        barMaxWidth: 10,
        data: points.map(({ day, amount }) => ({
          value: high(amount),
          tip: `${day}\n${WORDS.daily[language]} ${grouped(amount)}`,
        })),
      },
      {
        type: 'line',
        name: WORDS.cumulative[language],
        yAxisIndex: 1,
        symbol: 'none',
        step: 'end',
        lineStyle: { width: 2, color: SECOND },
        itemStyle: { color: SECOND },
        data: points.map(({ day, toDate: amount }) => ({ value: high(amount), name: day })),
      },
    ],
  });
  return {
    id: 'collection-days',
    title: text('逐日入账（按人征缴的统筹区）', 'Collection by day, areas counted person by person'),
    height: 260,
    option: inBoth(option),
  };
}

function byArea(facts: YearFacts): Chart {
  const areas = areasOf(facts, 'resident').filter(({ area }) =>
    figureOf(facts, 'yuan', 'collection.csv', 'due', { area }),
  );
  const amounts = (column: 'collected' | 'aid') =>
    areas.map(({ area }) => figureOf(facts, 'yuan', 'collection.csv', column, { area })?.value ?? '0.00');
  const option = (language: Language): object => {
    const names = areas.map((area) => areaText(area)[language]);
    const bar = (column: 'collected' | 'aid', colour: string) => ({
      type: 'bar',
      stack: 'premium',
      name: WORDS[column][language],
      barWidth: 12,
      itemStyle: { color: colour },
      data: amounts(column).map((yuan, i) => ({
        value: height(yuan),
        tip: `${names[i]}\n${WORDS[column][language]} ${grouped(yuan)}`,
      })),
    });
    return {
      ...base,
      legend: legend([WORDS.collected[language], WORDS.aid[language]]),
      grid: { left: 150, right: 24, top: 30, bottom: 34 },
      xAxis: valueAxis(''),
      yAxis: nameAxis(names, { inverse: true }),
      series: [bar('collected', ACCENT), bar('aid', PAYERS.area_share.colour)],
    };
  };
  return {
    id: 'collection-areas',
    title: text('各统筹区征缴收入（亿元）', 'Premium collected by area (× 10⁸ yuan)'),
    height: barsHeight(areas.length),
    option: inBoth(option),
  };
}

export function collection(facts: YearFacts): Section {
  const daily = days(facts);
  const charts = [...(daily ? [daily] : []), byArea(facts)];
  const areas = areasOf(facts, 'resident').map((area) => ({ area: area.area, name: areaText(area) }));
  if (figureOf(facts, 'count', 'collection.csv', 'accepted_rows', { area: UNKNOWN_AREA })) {
    areas.push({ area: UNKNOWN_AREA, name: text('统筹区不明', 'no known area') });
  }
  const columns = [
    [text('登记', 'registered'), 'count', 'registered'],
    [text('已缴', 'paid'), 'count', 'paid'],
    [text('目标完成', 'of target'), 'percent', 'progress'],
    [text('两类人员参保率', 'low income'), 'percent', 'low_income_rate'],
    [text('个人缴费', 'paid by persons'), 'yuan', 'collected'],
    [text('资助', 'aid'), 'yuan', 'aid'],
    [text('待核对金额', 'quarantined'), 'yuan', 'quarantined_amount'],
    [text('税务数', 'tax bureau'), 'yuan', 'tax_amount'],
    [text('差额', 'difference'), 'yuan', 'difference'],
    [text('待核对行', 'quarantined rows'), 'count', 'quarantined_rows'],
  ] as const;
  return {
    id: 'collection',
    title: text('居民征缴', 'Resident collection'),
    lead: text(
      '待遇年度前一年 9 月至 12 月集中征缴（A(二)）。按人征缴的统筹区逐笔接收或转入待核对；其余统筹区以税务部门总数入账，其资助额不在此列（0），见决算。登记与缴费人数出自征缴明细；参保人数（6 月 30 日，insured.csv）是另一口径，用于补助、扩面与赡养比。',
      'Collected from September to December before the coverage year, A(2). Areas counted person by person accept each row or hold it in quarantine; the others book the tax bureau’s totals, and their aid is not shown here (0) but in the accounts. Registered and paid are counted from the rows of the collection; the insured of 30 June (insured.csv) are a different count, used for subsidy, expansion and dependency.',
    ),
    charts,
    html: markup`${charts.map(chartHtml)}${table({
      caption: text('居民征缴与税务对账（金额：元）', 'Collection against the tax bureau (yuan)'),
      dense: true,
      columns: [
        { head: text('统筹区', 'area'), kind: 'text' },
        ...columns.map(([head]) => ({ head, kind: 'figure' as const })),
      ],
      rows: areas.map(({ area, name }): Cell[] => [
        name,
        ...columns.map(([, unit, column]) => figureOf(facts, unit, 'collection.csv', column, { area })),
      ]),
      totals: [
        [
          text('合计', 'total'),
          ...columns.map(([, unit, column]) =>
            unit === 'percent' ? null : sumOf(facts, unit, 'collection.csv', column, {}),
          ),
        ],
      ],
    })}${note(
      text(
        '差额 = 税务数 −（个人缴费 + 待核对金额）。待核对行的原因见 quarantine.csv；差额须由具名人员处理或接受后方可结账。',
        'Difference = tax bureau − (paid by persons + quarantined). The reasons for quarantined rows are in quarantine.csv; a named person resolves or accepts a difference before the area closes.',
      ),
    )}`,
  };
}
